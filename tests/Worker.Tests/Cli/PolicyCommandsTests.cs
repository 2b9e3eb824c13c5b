using System.Text.Json;
using LeadScoring.Funnel.Policies;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Tests.Cli;

/// <summary><c>leads policies</c> as it is typed.</summary>
public sealed class PolicyCommandsTests
{
    readonly TemporaryHome _home = new();

    [TearDown]
    public void Empty_it()
    {
        if (Directory.Exists(_home.File("policies")))
            Directory.Delete(_home.File("policies"), recursive: true);
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void A_home_without_policies_has_nothing_wrong()
    {
        var (code, output, _) = Leads("check");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("0 files in ").And.Contain("no faults"));
    }

    [Test]
    public void All_faults_of_all_files_are_told_and_end_with_2()
    {
        Write("default.json", "{\n  \"dueHour\": 3\n}");
        Write(
            "kiruna.json",
            "{\n  \"municipality\": 2584,\n  \"quietHours\": { \"from\": \"25:00\" },\n  \"kaps\": {}\n}"
        );
        var (code, output, _) = Leads("check");

        Assert.That(code, Is.EqualTo(ExitCode.Unusable));
        Assert.That(
            output.Split('\n')[..2],
            Is.EqualTo([
                "default.json line 2 $.dueHour: found 3, expected a whole number from 7 to 17",
                "kiruna.json line 3 $.quietHours.from: found '25:00', expected a time from '00:00' to '23:59'",
            ])
        );
        Assert.That(output, Does.Contain("kiruna.json line 4 $.kaps: found an unknown field"));
        Assert.That(output, Does.Contain("2 files in ").And.Contain("3 faults"));
    }

    [Test]
    public void As_JSON_every_fault_has_file_line_and_path()
    {
        Write("kiruna.json", "{\n  \"municipality\": 2584,\n  \"late\": { \"days\": 0 }\n}");
        var (code, output, _) = Leads("check", "--json");
        var answer = JsonDocument.Parse(output).RootElement;
        var fault = answer.GetProperty("faults")[0];

        Assert.That(code, Is.EqualTo(ExitCode.Unusable));
        Assert.That(answer.GetProperty("sound").GetBoolean(), Is.False);
        Assert.That(fault.GetProperty("file").GetString(), Is.EqualTo("kiruna.json"));
        Assert.That(fault.GetProperty("line").GetInt32(), Is.EqualTo(3));
        Assert.That(fault.GetProperty("path").GetString(), Is.EqualTo("$.late.days"));
    }

    [Test]
    public void Sound_files_are_told_with_their_hash()
    {
        Write("kiruna.json", """{ "municipality": 2584, "shares": { "holdOut": 0.2 } }""");
        var (code, output, _) = Leads("check", "--json");
        var answer = JsonDocument.Parse(output).RootElement;

        Assert.That(code, Is.Zero);
        Assert.That(
            answer.GetProperty("hash").GetString(),
            Has.Length.EqualTo(64).And.Not.EqualTo(PolicySet.BuiltIn.Hash)
        );
    }

    [Test]
    public void The_schema_is_printed_as_it_is_published()
    {
        Assert.That(Leads("schema").Output.TrimEnd(), Is.EqualTo(PolicySchema.Text()));
        Assert.That(Leads("schema", "--shared").Output.TrimEnd(), Is.EqualTo(PolicySchema.Text(shared: true)));
    }

    [Test]
    public void A_preview_of_nowhere_says_where_there_is_one()
    {
        var (code, _, error) = Leads("preview", "Stockholm");

        Assert.That(code, Is.EqualTo(ExitCode.Unusable));
        Assert.That(error, Does.Contain("M Stockholm: expected a code or name of the 14").And.Contain("2584 Kiruna"));
    }

    void Write(string name, string text)
    {
        Directory.CreateDirectory(_home.File("policies"));
        File.WriteAllText(_home.File("policies", name), text);
    }

    (int Code, string Output, string Error) Leads(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = LeadsCommand
            .RunAsync(["policies", .. arguments, "--home", _home.Path], output, error)
            .GetAwaiter()
            .GetResult();
        return (code, output.ToString(), error.ToString());
    }
}
