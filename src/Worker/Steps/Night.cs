using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>All that the steps after the ingest share: home, settings, policies, lake, model and day.</summary>
public sealed record Night(
    Home Home,
    HomeSettings Settings,
    PolicySet Policies,
    Lake Lake,
    StoredModel Model,
    AsOf AsOf,
    CancellationToken Cancellation
)
{
    /// <summary>The night a command line asks for, with the champion.</summary>
    /// <exception cref="WorkerException">The home has no champion.</exception>
    public static Night Open(Invocation invocation)
    {
        var home = invocation.Home;
        var settings = HomeSettings.Load(home.Path);
        var asOf = AsOf.Of(invocation.Asked.GetValue(RunCommands.AsOfOption), settings, TimeProvider.System);
        var model =
            new ModelRegistry(home.Models).Champion()
            ?? throw new WorkerException(
                $"{home.Models} has no champion. Train one with leads train, or promote one with leads promote MODEL."
            );
        var lake = Lake.Open(home.Path);
        return new(home, settings, ReadPolicies.Run(home), lake, model, asOf, invocation.Cancellation);
    }

    /// <summary>The same home as of the latest day that has scores.</summary>
    /// <exception cref="WorkerException">Nothing has been scored yet.</exception>
    public Night AsOfLatestScores()
    {
        var day =
            ScoreFile.Latest(Home.Path)
            ?? throw new WorkerException($"{Home.Scores} holds no scores yet. Run leads run, or leads score.");
        return this with { AsOf = AsOf.Of(day, Settings, TimeProvider.System) };
    }

    /// <summary>What the lake knew as of the night.</summary>
    /// <param name="store">Whose watermark says which signals an earlier run has seen; null reads all.</param>
    public NightFacts Facts(LeadStore? store = null) => Facts(store, new ContactNumbers());

    /// <inheritdoc cref="Facts(LeadStore?)"/>
    /// <param name="contacts">Numbers that some contacts have already, as those that are scored.</param>
    internal NightFacts Facts(LeadStore? store, ContactNumbers contacts)
    {
        (int, DateTime)? seen = store?.Watermark() is { } mark
            ? (mark.Generation, AsOf.Of(mark.AsOf, Settings, TimeProvider.System).Instant)
            : null;
        var clicks = MachineRules.Load(Home.Path).Clicks;
        return NightFacts.Read(Lake, Settings, clicks, AsOf.Instant, seen, contacts, Cancellation);
    }

    /// <summary>What the lake knew of one contact as of the night, where it is known how all lean.</summary>
    internal NightFacts FactsOf(ContactId contact, RegionalPrior leaning) =>
        NightFacts.ReadOne(
            Lake,
            Settings,
            MachineRules.Load(Home.Path).Clicks,
            AsOf.Instant,
            contact,
            leaning,
            Cancellation
        );

    public ScoreRun Score(NightFacts facts, IProgress<StepProgress> progress) =>
        ScoreTonight.Run(this, facts, progress);

    public FunnelOutcome Advance(LeadStore store, NightFacts facts, ScoreRun scores)
    {
        var outcome = AdvanceContacts.Run(
            store,
            facts,
            scores,
            Model.Description.BaseRate,
            Policies,
            Settings.Seed,
            new Watermark(scores.AsOf, Lake.Generation, Model.Id, Policies.Hash)
        );
        KeepPolicies.Run(Home);
        return outcome;
    }
}
