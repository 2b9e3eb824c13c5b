using System.Diagnostics;

namespace LeadScoring.Architecture.Tests;

/// <summary>What <c>.ci/run</c> says last and how it exits, with a made-up <c>dotnet</c> in place of the real one.</summary>
[Platform(Exclude = "Win", Reason = ".ci/run is a bash script")]
public sealed class CiRunTests
{
    string _clone = "";

    [SetUp]
    public void MakeASmallClone()
    {
        _clone = Directory.CreateTempSubdirectory("leads-ci-").FullName;
        Put(".ci/run", Repository.Read(".ci/run").Text, executable: true);
        Put("tests/One.Tests/One.Tests.csproj", "<Project />");
        Put("tests/Two.Tests/Two.Tests.csproj", "<Project />");
        Put("bin/chromium", "#!/bin/sh\n", executable: true);
    }

    [TearDown]
    public void RemoveIt() => Directory.Delete(_clone, recursive: true);

    [Test]
    public void Counts_are_summed_over_all_projects() =>
        Assert.That(Run([Trx("One", 3, 3, 0), Trx("Two", 4, 4, 0)]), Is.EqualTo((0, "7 passed, 0 failed")));

    [Test]
    public void Skipped_is_what_was_not_executed() =>
        Assert.That(Run([Trx("One", 3, 3, 0), Trx("Two", 6, 4, 0)]), Is.EqualTo((0, "7 passed, 0 failed, 2 skipped")));

    [Test]
    public void A_failed_test_fails_the_run() =>
        Assert.That(Run([Trx("One", 3, 3, 1), Trx("Two", 4, 4, 0)], test: 1), Is.EqualTo((1, "6 passed, 1 failed")));

    [Test]
    public void A_failed_test_fails_the_run_even_when_dotnet_does_not_say_so() =>
        Assert.That(Run([Trx("One", 3, 3, 1), Trx("Two", 4, 4, 0)]), Is.EqualTo((1, "6 passed, 1 failed")));

    [Test]
    public void A_project_without_results_is_a_failure() =>
        Assert.That(Run([Trx("One", 3, 3, 0)]), Is.EqualTo((1, "3 passed, 1 failed")));

    [Test]
    public void A_project_whose_tests_were_all_skipped_is_a_failure() =>
        Assert.That(Run([Trx("One", 3, 3, 0), Trx("Two", 2, 0, 0)]), Is.EqualTo((1, "3 passed, 1 failed, 2 skipped")));

    [Test]
    public void A_host_that_died_after_some_tests_is_a_failure() =>
        Assert.That(
            Run([Trx("One", 3, 3, 0), Trx("Two", 2, 2, 0, outcome: "Failed")], test: 1),
            Is.EqualTo((1, "5 passed, 1 failed"))
        );

    [Test]
    public void A_badly_formatted_file_fails_the_run_and_the_tests_are_run_all_the_same() =>
        Assert.That(Run([Trx("One", 3, 3, 0), Trx("Two", 4, 4, 0)], format: 1), Is.EqualTo((1, "7 passed, 0 failed")));

    [Test]
    public void A_failed_build_leaves_every_project_without_results() =>
        Assert.That(Run([Trx("One", 3, 3, 0), Trx("Two", 4, 4, 0)], build: 1), Is.EqualTo((1, "0 passed, 2 failed")));

    [Test]
    public void Results_of_an_earlier_run_do_not_count()
    {
        Put("artifacts/test-results/old.trx", Trx("Two", 100, 100, 0));
        Assert.That(Run([Trx("One", 3, 3, 0)]), Is.EqualTo((1, "3 passed, 1 failed")));
    }

    /// <summary>Runs the script with a <c>dotnet</c> whose format, build and test steps exit as told.</summary>
    (int ExitCode, string LastLine) Run(string[] results, int format = 0, int build = 0, int test = 0)
    {
        for (var i = 0; i < results.Length; i++)
            Put($"ready/{i}.trx", results[i]);
        Put(
            "bin/dotnet",
            $"""
            #!/bin/sh
            case "$1" in
              csharpier) exit {format} ;;
              build) exit {build} ;;
              test) cp ready/*.trx artifacts/test-results/; exit {test} ;;
            esac

            """,
            executable: true
        );
        var start = new ProcessStartInfo(Path.Combine(_clone, ".ci/run"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(_clone, "bin")}:{start.Environment["PATH"]}";
        using var process = Process.Start(start) ?? throw new InvalidOperationException(".ci/run did not start");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.TrimEnd('\n').Split('\n')[^1]);
    }

    static string Trx(string project, int total, int executed, int failed, string? outcome = null) =>
        $"""
            <TestRun>
              <UnitTest storage="/x/leadscoring.{project.ToLowerInvariant()}.tests.dll" />
              <ResultSummary outcome="{outcome ?? (failed > 0 ? "Failed" : "Completed")}">
                <Counters total="{total}" executed="{executed}" passed="{executed
                - failed}" failed="{failed}" error="0" />
              </ResultSummary>
            </TestRun>
            """;

    void Put(string path, string text, bool executable = false)
    {
        var file = Path.Combine(_clone, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (executable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
