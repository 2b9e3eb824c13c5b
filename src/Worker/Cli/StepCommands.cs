using System.CommandLine;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary>The steps of the nightly run, one at a time: <c>ingest</c>, <c>score</c>, <c>funnel</c>, <c>export</c>.</summary>
static class StepCommands
{
    static readonly Option<bool> _rebuild = new("--rebuild")
    {
        Description = "Make the lake anew from the inbox, after its manifest was lost or damaged",
    };

    internal static Command Ingest() =>
        Invocation.Command(
            "ingest",
            "Bring the inbox into the lake",
            invocation =>
            {
                var home = invocation.Home;
                var settings = HomeSettings.Load(home.Path);
                var report = IngestInbox.Run(
                    home,
                    settings,
                    invocation.Screen,
                    invocation.Asked.GetValue(Waits.Option),
                    invocation.Asked.GetValue(_rebuild),
                    invocation.Cancellation
                );
                invocation.Answer(Answer(home, report), output => Tell(report, settings, output));
                return IngestInbox.ExitCodeOf(report, settings);
            },
            Waits.Option,
            _rebuild
        );

    internal static Command Score() =>
        Invocation.Command(
            "score",
            "Score every consenting contact with the champion",
            invocation =>
            {
                var night = Night.Open(invocation);
                var facts = night.Facts();
                var scores = invocation.Screen.Step(
                    "score",
                    progress => night.Score(facts, progress),
                    done => Words.Of(done, facts)
                );
                invocation.Answer(
                    new
                    {
                        Home = night.Home.Path,
                        scores.AsOf,
                        Model = scores.ModelId,
                        Scored = scores.Scores.Count,
                        facts.WithoutConsent,
                        Path = ScoreFile.Folder(night.Home.Path, scores.AsOf),
                    },
                    output => output.WriteLine($"Scores: {ScoreFile.Folder(night.Home.Path, scores.AsOf)}")
                );
                return ExitCode.Done;
            },
            RunCommands.AsOfOption
        );

    internal static Command Funnel() =>
        Invocation.Command(
            "funnel",
            "Move stages by the day's scores, give out the week's places, plan follow-ups",
            invocation =>
            {
                using var turn = NightTurn.Wait(
                    invocation.Home,
                    TimeSpan.FromMinutes(30),
                    TimeProvider.System,
                    invocation.Cancellation
                );
                var night = Night.Open(invocation);
                var contacts = new ContactNumbers();
                var scores = ScoreFile.ReadBare(night.Home.Path, night.AsOf.Day, contacts, invocation.Cancellation);
                using var store = LeadStore.Open(night.Home.Path);
                var facts = night.Facts(store, contacts);
                var funnel = invocation.Screen.Step("funnel", _ => night.Advance(store, facts, scores), Words.Of);
                invocation.Answer(
                    new
                    {
                        Home = night.Home.Path,
                        scores.AsOf,
                        funnel.Repeated,
                        funnel.Moved,
                        funnel.FollowUps,
                        funnel.Leads,
                    },
                    _ => { }
                );
                return ExitCode.Done;
            },
            RunCommands.AsOfOption
        );

    static object Answer(Home home, IngestReport report) =>
        new
        {
            Home = home.Path,
            report.Generation,
            report.Changed,
            report.Read,
            report.Accepted,
            report.Rejected,
            report.Duplicate,
            report.Erased,
            report.Files,
            report.Warnings,
        };

    static void Tell(IngestReport report, HomeSettings settings, TextWriter output)
    {
        foreach (var file in report.Files.Where(file => file.State == FileState.Ingested))
            output.WriteLine(
                Words.Text(
                    $"  {file.Path}: {file.Read:N0} read = {file.Accepted:N0} accepted + {file.Rejected:N0} rejected + {file.Duplicate:N0} duplicate{Words.OfErased(file.Erased)} ({file.Format})"
                )
            );
        foreach (var warning in IngestInbox.Warnings(report, settings))
            output.WriteLine($"Look at: {warning}");
    }
}
