using System.Text.Json.Nodes;

namespace LeadScoring.Architecture.Tests;

/// <summary>The portal will speak Swedish, so culture data must be there; files and commands stay invariant by code.</summary>
public sealed class CultureTests
{
    const string Setting = "InvariantGlobalization";

    [Test]
    public void No_build_file_turns_cultures_off() =>
        Assert.That(
            TurningOff(Repository.Under("", ".csproj", ".props", ".targets", ".rsp", "runtimeconfig.template.json")),
            Is.Empty
        );

    [Test]
    public void The_built_command_runs_with_cultures()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "leads.runtimeconfig.json");
        Assert.That(RunsInvariant(File.ReadAllText(file)), Is.False);
    }

    [TestCase("<InvariantGlobalization>true</InvariantGlobalization>")]
    [TestCase("{ \"configProperties\": { \"System.Globalization.Invariant\": true } }")]
    public void Turning_cultures_off_in_a_build_file_is_found(string text) =>
        Assert.That(TurningOff([new TextFile("src/A/A.csproj", text)]), Is.EqualTo(new[] { "src/A/A.csproj" }));

    [TestCase(true)]
    [TestCase(false)]
    public void Turning_cultures_off_in_a_built_command_is_found(bool off) =>
        Assert.That(
            RunsInvariant(
                $$"""
                { "runtimeOptions": { "configProperties": { "System.Globalization.Invariant": {{(
                    off ? "true" : "false"
                )}} } } }
                """
            ),
            Is.EqualTo(off)
        );

    static IEnumerable<string> TurningOff(IEnumerable<TextFile> files) =>
        from file in files
        where
            file.Text.Contains(Setting, StringComparison.OrdinalIgnoreCase)
            || file.Text.Contains("System.Globalization.Invariant", StringComparison.Ordinal)
        select file.Path;

    static bool RunsInvariant(string runtimeConfig) =>
        JsonNode.Parse(runtimeConfig)?["runtimeOptions"]?["configProperties"]?["System.Globalization.Invariant"]
            is { } off
        && off.GetValue<bool>();
}
