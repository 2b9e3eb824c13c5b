using LeadScoring.Funnel;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>The plan of the week's places once more, to look at. Nothing is written.</summary>
/// <remarks>
/// Places that the day's night gave count as free, so that the plan is the one the lists were made from. When something has
/// changed since (a second run of the day, another policy), it would come out otherwise; then all places of the week are kept
/// and the plan is of what would be given beside them. Either way it never contradicts the lists.
/// </remarks>
public static class AllocateTonight
{
    public static PlanWeek Run(Night night, LeadStore store, NightFacts facts, ScoreRun scores)
    {
        var week = IsoWeek.Of(scores.AsOf).ToString();
        var (positions, latest, given) = (store.Positions(), store.LastPlaces(week), store.ListPlaces(week));
        var prior = MatchContacts.Prior(facts);
        var plan = Plan([.. given.Where(place => place.EnteredOn < scores.AsOf)]);
        var today = given.Where(place => place.EnteredOn >= scores.AsOf).ToList();
        return today.Count == 0 || IsSame(plan, today) ? plan : Plan(given);

        PlanWeek Plan(IReadOnlyList<ListPlace> before) =>
            GivePlaces.Plan(
                scores.Likelihoods(night.Model.Description.BaseRate),
                contact => positions.GetValueOrDefault(contact) ?? Newcomer(contact, scores.AsOf),
                facts,
                prior,
                before,
                latest,
                night.Policies,
                night.Settings.Seed,
                scores.AsOf
            );
    }

    /// <summary>Why a scored contact is not among those who are offered, null when it is.</summary>
    internal static string? Obstacle(
        NightFacts facts,
        IReadOnlyDictionary<ContactId, FunnelPosition> positions,
        ContactId contact
    ) =>
        facts.Standings.GetValueOrDefault(contact) is not { MayScore: true } standing ? "no consent to profiling"
        : !standing.MayShare ? "no consent to being shown to a municipality"
        : positions.GetValueOrDefault(contact) is { Stage: > Stage.Action } position ? $"stage {position.Stage}"
        : null;

    static bool IsSame(PlanWeek plan, IEnumerable<ListPlace> places) =>
        plan
            .Result.Offers.Select(offer => (offer.Contact, offer.Municipality))
            .ToHashSet()
            .SetEquals(places.Select(place => (place.Contact, place.Municipality)));

    /// <summary>One who is scored and whom no run of the funnel has met yet.</summary>
    static FunnelPosition Newcomer(ContactId contact, DateOnly asOf) =>
        new(contact, Stage.Attention, asOf, null, 0, 0, Cause.Entered, null, asOf);
}
