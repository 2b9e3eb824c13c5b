using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker;

/// <summary>The nightly run: ingest, train when there is no model yet, score, move, export.</summary>
/// <remarks>
/// Each step reads what the one before has written and replaces its own result whole, so a run that was killed is
/// finished by running again, and a second run of the same day changes nothing.
/// </remarks>
public sealed class NightlyRun(Home home, Screen screen, TimeProvider time, CancellationToken cancellation)
{
    /// <summary>How long to wait for another run that moves contacts.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Done, or done with something to look at.</summary>
    public int ExitCode { get; private set; }

    /// <summary>How long to wait for another ingest that writes the lake.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>True when a unit of the runs table stands for it already, and its worker says how it ends.</summary>
    public bool IsUnit { get; init; }

    /// <summary>Has others score parts of the night before it is scored as a whole; null scores all of it here.</summary>
    public Action<Night>? ScoreApart { get; init; }

    /// <param name="day">The day to run as of; null is today.</param>
    /// <param name="afterEverything">Run as of the day after the last fact instead: for past data.</param>
    public RunSummary Run(DateOnly? day, bool afterEverything = false)
    {
        var settings = HomeSettings.Load(home.Path);
        IngestInbox.RefuseNoHome(home);
        var hand = IsUnit ? null : new HandRun(home, "run", AsOf.Of(day, settings, time).Day, time);
        if (hand is not null)
            screen.StepBegun = hand.Step;
        try
        {
            var summary = Whole(settings, day, afterEverything, hand);
            hand?.Done(ExitCode == Cli.ExitCode.Done ? RunState.Done : RunState.Warned, NightCounts.Of(summary));
            return summary;
        }
        catch (Exception problem)
        {
            hand?.Failed(problem);
            throw;
        }
    }

    RunSummary Whole(HomeSettings settings, DateOnly? day, bool afterEverything, HandRun? hand)
    {
        var policies = ReadPolicies.Run(home);
        EraseRequested.Run(home, settings, screen, time, Wait, cancellation);
        var report = IngestInbox.Run(home, settings, screen, Wait, rebuild: false, cancellation);
        ExitCode = IngestInbox.ExitCodeOf(report, settings);
        // From here on no look between nights may move anybody: this night could not know of it.
        using var turn = NightTurn.Wait(home, Patience, time, cancellation);
        var lake = Lake.Open(home.Path);
        if (afterEverything)
        {
            var after = AsOf.AfterEverythingKnown(lake, settings, cancellation);
            if (after is { } known)
                hand?.AsOf(known);
            day = after;
        }
        var asOf = AsOf.Of(day, settings, time);

        using var store = LeadStore.Open(home.Path);
        AdvanceContacts.RefuseGoingBack(store.Watermark(), asOf.Day);
        var retention = Retain(settings, asOf);
        if (retention is not null)
            lake = Lake.Open(home.Path);
        var model = Champion(lake, settings, policies, asOf);
        return Night(new(home, settings, policies, lake, model, asOf, cancellation), store, report) with
        {
            Retention = retention,
        };
    }

    Retention? Retain(HomeSettings settings, AsOf asOf) =>
        settings.RetentionMonths == 0
            ? null
            : screen.Step(
                "retain",
                progress => KeepTraces.Run(home, settings, asOf.Day, time, Wait, progress, cancellation),
                Words.Of
            );

    StoredModel Champion(Lake lake, HomeSettings settings, PolicySet policies, AsOf asOf)
    {
        var registry = new ModelRegistry(home.Models);
        if (registry.Champion() is { } champion)
            return champion;
        var model = screen.Step(
            "train",
            progress =>
                TrainFromLake.Run(
                    home,
                    lake,
                    settings,
                    policies,
                    asOf,
                    new HistogramTrainer(),
                    freshGrades: true,
                    progress,
                    cancellation
                ),
            Words.Of
        );
        registry.Promote(model.Id);
        return model;
    }

    RunSummary Night(Night night, LeadStore store, IngestReport report)
    {
        ScoreApart?.Invoke(night);
        var facts = screen.Step("read", _ => night.Facts(store), Words.Of);
        var scores = screen.Step("score", progress => night.Score(facts, progress), done => Words.Of(done, facts));
        var funnel = screen.Step("funnel", _ => night.Advance(store, facts, scores), Words.Of);
        var lists = screen.Step("export", _ => WriteLists.Run(night, store, facts), Words.Of);
        return new RunSummary
        {
            Home = home.Path,
            AsOf = scores.AsOf,
            Contacts = facts.Standings.Count,
            Traces = RowCounts.Of(night.Lake),
            NewTraces = new(report.Read, report.Accepted, report.Rejected, report.Duplicate, report.Erased),
            Features = night.Model.Trees.Features.Count,
            Model = Words.Figures(night.Model),
            Scored = scores.Scores.Count,
            WithoutConsent = facts.WithoutConsent,
            Moved = funnel.Moved,
            FollowUps = funnel.FollowUps,
            Lists = lists,
            Seconds = screen.Seconds,
            Report = Path.Combine(night.Model.Folder, "report.html"),
            Warnings = [.. IngestInbox.Warnings(report, night.Settings), .. night.Model.Evaluation.Warnings],
        };
    }
}
