using LeadScoring.Funnel;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Steps.Ahead;

/// <summary>Looks between nights whose facts a test gives, as <see cref="AdvanceAhead"/> does them with those of a lake.</summary>
static class LooksBetween
{
    /// <param name="day">The day it is; the last night's own, unless the nights since have failed.</param>
    /// <returns>Who was looked at.</returns>
    public static IReadOnlyCollection<ContactId> Look(
        LeadStore store,
        NightFacts facts,
        IReadOnlyDictionary<ContactId, Likelihood> likelihoods,
        DateOnly day,
        PolicySet? policies = null,
        int seed = 1
    )
    {
        var night = store.Watermark()!;
        var run = new RunAhead(store, facts, likelihoods, policies ?? PolicySet.BuiltIn, seed, day);
        run.Advance(facts.Signals.Keys.Order());
        if (day == night.AsOf)
            run.GivePlaces();
        store.CommitFunnel(run.Commit(night, new(night.AsOf, night.Generation, day, 1, 1, "")));
        return run.Contacts;
    }
}
