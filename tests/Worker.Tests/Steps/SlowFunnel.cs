using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>A night of the funnel the slow way: a dictionary of everything about everybody, and every scored contact a candidate.</summary>
/// <remarks>A position that differs in its as-of day alone counts as unchanged here too.</remarks>
static class SlowFunnel
{
#pragma warning disable MA0051 // one long method is the point: nothing clever between a night and its rows
    public static CommittedRows Run(
        LeadStore store,
        NightFacts facts,
        ScoreRun scores,
        double baseRate,
        PolicySet policies,
        int seed,
        Watermark mark
    )
    {
        var (asOf, week) = (mark.AsOf, IsoWeek.Of(mark.AsOf).ToString());
        var before = store.Positions().ToDictionary(pair => pair.Key, pair => pair.Value);
        var given = store.ListPlaces(week);
        var latest = store.LastPlaces(week);
        var scored = scores.Scores.ToDictionary(s => s.Score.Contact, s => s.Score.Likelihood);
        var contacts = scored.Keys.Union(before.Keys).Order().ToList();
        var fits = MatchContacts.Run(contacts, facts, policies);
        var now = new Dictionary<ContactId, FunnelPosition>();
        List<StageChange> changes = [];
        List<FollowUp> followUps = [];
        foreach (var contact in contacts)
        {
            var step = AdvanceFunnel.Advance(
                before.GetValueOrDefault(contact),
                contact,
                facts.Signals.GetValueOrDefault(contact, []),
                scored.TryGetValue(contact, out var value) ? new(value, baseRate, scores.ModelId) : null,
                fits.GetValueOrDefault(contact),
                policies,
                asOf,
                given
                    .Where(place => place.Contact == contact)
                    .OrderByDescending(place =>
                        facts.Standings.GetValueOrDefault(contact)?.DeclinedBy.Contains(place.Municipality) == true
                    )
                    .ThenBy(place => place.EnteredOn)
                    .LastOrDefault()
                    ?.Municipality
                    ?? 0,
                facts.Seasons.GetValueOrDefault(contact)
            );
            now.Add(contact, step.Position);
            followUps.AddRange(step.FollowUps.Where(planned => !GivePlaces.IsHeldOutCall(planned, policies, seed)));
            if (step.Change is { } change)
                changes.Add(change);
        }
        List<ListPlace> places = [];
        var plan = GivePlaces.Plan(
            scores.Likelihoods(baseRate),
            now.GetValueOrDefault,
            facts,
            MatchContacts.Prior(facts),
            given,
            latest,
            policies,
            seed,
            asOf
        );
        foreach (var lead in plan.Lists.SelectMany(list => list.Leads))
        {
            var since = given
                .FirstOrDefault(place => place.Municipality == lead.Municipality && place.Contact == lead.Contact)
                ?.EnteredOn;
            places.Add(
                new(
                    week,
                    lead.Municipality,
                    lead.Contact,
                    lead.Rank,
                    since ?? asOf,
                    lead.Household,
                    HasLeft: false,
                    lead.Part
                )
            );
            if (!lead.IsNew)
                continue;
            var position = now[lead.Contact];
            now[lead.Contact] = position with
            {
                Municipality = lead.Municipality,
                RunnerUp =
                    fits[lead.Contact].Best == lead.Municipality
                        ? fits[lead.Contact].RunnerUp
                        : fits[lead.Contact].Best,
            };
            followUps.Add(PlanFollowUps.ForPlace(lead, policies.For(lead.Municipality), asOf));
        }
        return store.CommitFunnel(
            new(mark)
            {
                Positions =
                [
                    .. now.Values.Where(p =>
                        p != (before.GetValueOrDefault(p.Contact) ?? p with { Cause = "" }) with { AsOf = asOf }
                    ),
                ],
                Changes = changes,
                FollowUps = followUps,
                Places = places,
                Drawn = plan.Drawn,
                Unshared = [.. now.Keys.Where(contact => MayScore(contact) && !MayShare(contact))],
                Withdrawn = [.. now.Keys.Where(contact => !MayScore(contact))],
            }
        );

        bool MayShare(ContactId contact) => facts.Standings.GetValueOrDefault(contact)?.MayShare == true;
        bool MayScore(ContactId contact) => facts.Standings.GetValueOrDefault(contact)?.MayScore == true;
    }
}
