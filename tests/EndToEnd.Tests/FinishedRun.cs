using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>One undisturbed <c>leads run</c> of the sample, shared by all tests; they work on twins of its home.</summary>
[SetUpFixture]
public sealed class FinishedRun
{
    static readonly Lazy<(SampleHome Home, JsonElement Summary)> Once = new(Run);

    internal static SampleHome Home => Once.Value.Home;

    /// <summary>What <c>leads run --json</c> printed.</summary>
    internal static JsonElement Summary => Once.Value.Summary;

    [OneTimeTearDown]
    public void Remove()
    {
        if (Once.IsValueCreated)
            Once.Value.Home.Dispose();
    }

    static (SampleHome Home, JsonElement Summary) Run()
    {
        var home = SampleHome.Make();
        return (home, Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf, "--json").Json);
    }
}
