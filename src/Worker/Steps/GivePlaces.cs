using LeadScoring.Funnel;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>Plans the places of a week; the nightly lists, the preview of policies and <c>leads allocation</c> all come from here.</summary>
static class GivePlaces
{
    /// <param name="scored">Each scored contact with its likelihood, in any order.</param>
    /// <param name="positions">Where a contact stands, null when the funnel has not met it.</param>
    /// <param name="prior">How all contacts that may be scored lean.</param>
    /// <param name="given">Places given in the week before, which are kept.</param>
    /// <param name="latest">The latest place of each contact in an earlier week.</param>
    /// <param name="seed">The home's, which decides who is held out and explored.</param>
    internal static PlanWeek Plan(
        IEnumerable<(ContactId Contact, Likelihood Likelihood)> scored,
        Func<ContactId, FunnelPosition?> positions,
        NightFacts facts,
        RegionalPrior prior,
        IReadOnlyList<ListPlace> given,
        IReadOnlyDictionary<ContactId, ListPlace> latest,
        PolicySet policies,
        int seed,
        DateOnly asOf
    )
    {
        return new(
            Candidates(),
            [.. given.Select(place => new Place(place.Municipality, place.Contact, place.Household, place.Part))],
            contact => MatchMunicipalities.Shares(facts.Shown(contact), prior),
            policies,
            seed,
            asOf
        );

        // Made as they are asked for: there may be millions, and few are kept.
        IEnumerable<Candidate> Candidates()
        {
            foreach (var (contact, likelihood) in scored)
                if (
                    facts.Standings.GetValueOrDefault(contact) is { MayShare: true } at
                    && positions(contact) is { } position
                )
                    yield return CandidateOf(position, likelihood, at, latest.GetValueOrDefault(contact));
        }
    }

    /// <summary>Each scored contact with its likelihood beside the model's base rate.</summary>
    internal static IEnumerable<(ContactId Contact, Likelihood Likelihood)> Likelihoods(
        this ScoreRun scores,
        double baseRate
    ) =>
        scores.Scores.Select(score =>
            (score.Score.Contact, new Likelihood(score.Score.Likelihood, baseRate, scores.ModelId))
        );

    /// <summary>Whether it is a call to somebody who is held out: nobody is to call, so none is planned.</summary>
    internal static bool IsHeldOutCall(FollowUp planned, PolicySet policies, int seed) =>
        planned.Kind == FollowUpKind.Call
        && Draw.IsHeldOut(planned.Contact, planned.Stage, policies.For(planned.Municipality), seed);

    static Candidate CandidateOf(
        FunnelPosition position,
        Likelihood likelihood,
        Standing standing,
        ListPlace? latest
    ) =>
        new(
            position.Contact,
            likelihood,
            position.Stage,
            position.Municipality,
            standing.Household,
            Rests(latest, standing),
            standing.DeclinedBy
        );

    /// <summary>
    /// Day of the latest place, null when there was none or it came to nothing: the municipality handed the contact back, so
    /// that another may have it at once, or never got through.
    /// </summary>
    internal static DateOnly? Rests(ListPlace? latest, Standing standing) =>
        latest is null || standing.DeclinedBy.Contains(latest.Municipality) ? null
        : standing.MissedAt is { } at && StockholmTime.Day(at) >= latest.EnteredOn ? null
        : latest.EnteredOn;
}
