using System.CommandLine;
using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads policies</c>: whether the policy files can be used, what they would change, what may stand in them.</summary>
static class PolicyCommands
{
    static readonly Argument<string> Of = new("M") { Description = "The municipality, by code or name" };

    static readonly Option<bool> Shared = new("--shared")
    {
        Description = "The schema of default.json, which is shared by all municipalities",
    };

    internal static Command Build() =>
        new("policies", "How each municipality leads its dialogue: check, preview, schema")
        {
            Check(),
            Preview(),
            Schema(),
        };

    static Command Check() =>
        Invocation.Command(
            "check",
            "Tell every fault of every policy file, with file, line and place",
            invocation =>
            {
                var home = invocation.Home;
                var files = ReadPolicies.Files(home.Policies).Select(file => Path.GetFileName(file)).ToList();
                var (hash, faults) = Read(home);
                invocation.Answer(
                    new
                    {
                        Home = home.Path,
                        Sound = faults.Count == 0,
                        Files = files,
                        Faults = faults,
                        Hash = hash,
                    },
                    output =>
                    {
                        foreach (var fault in faults)
                            output.WriteLine($"{fault}");
                        output.WriteLine(
                            Words.Text(
                                $"{files.Count} files in {home.Policies}, {(faults.Count == 0 ? "no faults" : Words.Text($"{faults.Count} faults"))}"
                            )
                        );
                    }
                );
                return faults.Count == 0 ? ExitCode.Done : ExitCode.Unusable;
            }
        );

    static Command Preview() =>
        Invocation.Command(
            "preview",
            "Show what tonight would change for a municipality because of its policy; nothing is written",
            invocation =>
            {
                var asked = ExportCommand.Code(invocation.Asked.GetRequiredValue(Of), Of.Name);
                var night = Night.Open(invocation).AsOfLatestScores();
                var contacts = new ContactNumbers();
                var scores = ScoreFile.ReadBare(night.Home.Path, night.AsOf.Day, contacts, invocation.Cancellation);
                using var store = LeadStore.Open(night.Home.Path);
                var preview = PreviewPolicies.Run(
                    night.Home,
                    store,
                    night.Facts(store, contacts),
                    scores,
                    night.Model.Description.BaseRate,
                    night.Policies,
                    asked
                );
                invocation.Answer(preview, output => Tell(preview, output));
                return ExitCode.Done;
            },
            Of
        );

    static Command Schema() =>
        Invocation.Command(
            "schema",
            "Print the JSON Schema of policy files, for editors",
            invocation =>
            {
                invocation.Screen.Output.WriteLine(PolicySchema.Text(invocation.Asked.GetValue(Shared)));
                return ExitCode.Done;
            },
            Shared
        );

    static (string? Hash, IReadOnlyList<PolicyFault> Faults) Read(Home home)
    {
        try
        {
            return (ReadPolicies.Run(home).Hash, []);
        }
        catch (FunnelException wrong) when (wrong.Faults.Count > 0)
        {
            return (null, wrong.Faults);
        }
    }

    static void Tell(PolicyPreview preview, TextWriter output)
    {
        var name = Municipality.Find(preview.Municipality)!.Name;
        output.WriteLine(
            Words.Text(
                $"{name} as of {preview.AsOf:yyyy-MM-dd}: {(preview.Changed ? "its policy is another than in the last run" : "its policy is that of the last run")}"
            )
        );
        if (!preview.Known)
            output.WriteLine(
                "The policies of the last run are not known; shown is what differs from where all stands."
            );
        output.WriteLine(Words.Text($"stages      {preview.Stages.Count} contacts would stand elsewhere"));
        foreach (var stage in preview.Stages)
            output.WriteLine(
                $"  {stage.Contact}  {Word(stage.Before, "elsewhere")} -> {Word(stage.After, "elsewhere")}"
            );
        output.WriteLine(
            Words.Text($"follow-ups  {preview.Planned.Count} more, {preview.Dropped.Count} fewer would be planned")
        );
        foreach (var followUp in preview.Planned)
            Tell(followUp, "+", output);
        foreach (var followUp in preview.Dropped)
            Tell(followUp, "-", output);
        output.WriteLine(Words.Text($"list        {preview.Places.Count} places would be other ones"));
        foreach (var place in preview.Places)
            output.WriteLine($"  {place.Contact}  {Rank(place.Before)} -> {Rank(place.After)}");
        output.WriteLine("Nothing was written.");
    }

    static void Tell(FollowUp followUp, string sign, TextWriter output) =>
        output.WriteLine(
            Words.Text(
                $"  {sign} {StockholmTime.Local(followUp.DueAt):yyyy-MM-dd HH:mm}  {Word<FollowUpKind>(followUp.Kind, "")}  {followUp.Contact}"
            )
        );

    static string Rank(int? rank) => rank is { } place ? Words.Text($"place {place}") : "not listed";

    static string Word<T>(T? word, string none)
        where T : struct, Enum => word is { } known ? $"{known}".ToLowerInvariant() : none;
}
