using LeadScoring.Funnel;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>
/// The allocation of the night's scored contacts. Places given before the day are kept; those that the night itself gave
/// count as free, so that its lists can be compared with the allocation. Nothing is written.
/// </summary>
public static class AllocateTonight
{
    public static AllocateLeads Run(Night night, LeadStore store, NightFacts facts, ScoreRun scores)
    {
        var week = IsoWeek.Of(scores.AsOf).ToString();
        var (positions, latest) = (store.Positions(), store.LastPlaces(week));
        var prior = MatchContacts.Prior(facts);
        var prospects = scores
            .Scores.Select(score => score.Score)
            .Where(score => Obstacle(facts, positions, score.Contact) is null)
            .Select(score =>
            {
                var standing = facts.Standings[score.Contact];
                var likelihood = new Likelihood(score.Likelihood, night.Model.Description.BaseRate, scores.ModelId);
                var stage = positions.GetValueOrDefault(score.Contact)?.Stage ?? Stage.Attention;
                var rests = FunnelNight.Rests(latest.GetValueOrDefault(score.Contact), standing);
                return new Prospect(
                    score.Contact,
                    score.Likelihood,
                    MatchMunicipalities.Shares(facts.Evidence.GetValueOrDefault(score.Contact, []), prior),
                    [
                        .. night.Policies.All.Select(policy =>
                            Bar(policy, standing, likelihood, stage, rests, scores.AsOf)
                        ),
                    ],
                    standing.Household
                );
            });
        return AllocateLeads.Among(
            [.. prospects],
            [
                .. night.Policies.All.Select(policy => new Quota(
                    policy.Municipality,
                    policy.PlacesOn(scores.AsOf),
                    policy.FloorOn(scores.AsOf)
                )),
            ],
            [
                .. store
                    .ListPlaces(week)
                    .Where(place => place.EnteredOn < scores.AsOf)
                    .Select(place => new Place(place.Municipality, place.Contact, place.Household)),
            ]
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

    static Bar Bar(
        Policy policy,
        Standing standing,
        Likelihood likelihood,
        Stage stage,
        DateOnly? lastPlace,
        DateOnly asOf
    ) =>
        standing.DeclinedBy.Contains(policy.Municipality) ? Funnel.Allocation.Bar.Declined
        : lastPlace is { } last && asOf.DayNumber - last.DayNumber < policy.RelistDays ? Funnel.Allocation.Bar.Resting
        : stage != Stage.Action && likelihood.Lift < policy.ListLift ? Funnel.Allocation.Bar.Unlikely
        : Funnel.Allocation.Bar.None;
}
