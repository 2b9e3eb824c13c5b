using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Steps.Packed;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>What a run of the funnel came to.</summary>
/// <param name="Repeated">True when the same day, lake, model and policies had been run before: nothing was written.</param>
/// <param name="Moved">Changes of stage, first entries included.</param>
/// <param name="FollowUps">Newly planned.</param>
/// <param name="Leads">Places on this week's lists.</param>
public sealed record FunnelOutcome(bool Repeated, int Moved, int FollowUps, int Leads);

/// <summary>Moves every scored contact through the funnel, gives out the week's places, plans follow-ups: one transaction.</summary>
public static class AdvanceContacts
{
    /// <param name="baseRate">Share of positives the model was trained on.</param>
    /// <param name="seed">The home's, which decides who is held out and explored.</param>
    /// <exception cref="WorkerException">The store has already seen a later day.</exception>
    public static FunnelOutcome Run(
        LeadStore store,
        NightFacts facts,
        ScoreRun scores,
        double baseRate,
        PolicySet policies,
        int seed,
        Watermark mark
    )
    {
        var week = IsoWeek.Of(mark.AsOf).ToString();
        var before = store.Watermark();
        if (before == mark)
            return new(Repeated: true, 0, 0, store.ListPlaces(week).Count);
        RefuseGoingBack(before, mark.AsOf);
        var night = new FunnelNight(store, facts, scores, baseRate, policies, seed, mark.AsOf, week);
        night.Advance();
        night.GivePlaces();
        var rows = store.CommitFunnel(night.Commit(mark));
        return new(Repeated: false, rows.Changes, rows.FollowUps, night.Leads);
    }

    /// <exception cref="WorkerException">The funnel has already been run as of a later day.</exception>
    internal static void RefuseGoingBack(Watermark? before, DateOnly asOf)
    {
        if (before?.AsOf > asOf)
        {
            throw new WorkerException(
                Words.Text(
                    $"The funnel has been run as of {before.AsOf:yyyy-MM-dd}; it cannot be run as of {asOf:yyyy-MM-dd}, because it only goes forward. Choose that day or a later one with --as-of."
                )
            );
        }
    }
}

/// <summary>One run of the funnel over all contacts, held together until it is committed.</summary>
sealed class FunnelNight(
    LeadStore store,
    NightFacts facts,
    ScoreRun scores,
    double baseRate,
    PolicySet policies,
    int seed,
    DateOnly asOf,
    string week
)
{
    readonly IReadOnlyDictionary<ContactId, FunnelPosition> _before = store.Positions(facts.Contacts);
    readonly IReadOnlyList<ListPlace> _given = store.ListPlaces(week);
    readonly MovedAhead _ahead = new(store, asOf);
    readonly RegionalPrior _prior = MatchContacts.Prior(facts);

    /// <summary>Who stands otherwise than before; the others, nearly all of them on a usual night, are not written.</summary>
    readonly PackedPositions _changed = new(facts.Contacts);
    readonly PackedChanges _changes = new(facts.Contacts);
    readonly PackedFollowUps _followUps = new(facts.Contacts);
    readonly List<ListPlace> _places = [];
    IReadOnlyList<DrawnContact> _drawn = [];
    readonly PackedContacts _unshared = new(facts.Contacts);
    readonly PackedContacts _withdrawn = new(facts.Contacts);

    internal int Leads => _places.Count;

    internal void Advance()
    {
        var places = Carriers(_given, facts);
        foreach (var (contact, scored) in ScoredAndKnown())
        {
            var before = _before.GetValueOrDefault(contact);
            var (start, place) = _ahead.From(contact, before, places.GetValueOrDefault(contact));
            Likelihood? likelihood = scored is { } value ? new(value, baseRate, scores.ModelId) : null;
            var fit = MatchContacts.One(contact, facts, _prior, policies);
            var step = AdvanceFunnel.Advance(
                start,
                contact,
                facts.Signals.GetValueOrDefault(contact, []),
                likelihood,
                fit,
                policies,
                asOf,
                place,
                facts.Seasons.GetValueOrDefault(contact)
            );
            step = _ahead.Seen(step, before, likelihood, fit, policies, places.GetValueOrDefault(contact));
            if (before is null || step.Position != before with { AsOf = asOf })
                _changed.Put(step.Position);
            foreach (var planned in step.FollowUps)
                if (!Steps.GivePlaces.IsHeldOutCall(planned, policies, seed))
                    _followUps.Add(planned);
            if (step.Change is { } change)
                _changes.Add(change);
            var standing = facts.Standings.GetValueOrDefault(contact);
            if (standing?.MayScore != true)
                _withdrawn.Add(contact);
            else if (!standing.MayShare)
                _unshared.Add(contact);
        }
    }

    /// <summary>Whoever is scored or stands somewhere already, by contact, with the likelihood of the scored.</summary>
    IEnumerable<(ContactId Contact, double? Likelihood)> ScoredAndKnown()
    {
        var contacts = facts.Contacts;
        var likelihoods = new List<double>(contacts.Count);
        foreach (var score in scores.Scores)
        {
            var number = contacts.Of(score.Score.Contact);
            while (likelihoods.Count <= number)
                likelihoods.Add(double.NaN);
            if (!double.IsNaN(likelihoods[number]))
                throw new InvalidOperationException($"contact {score.Score.Contact} is scored twice");
            likelihoods[number] = score.Score.Likelihood;
        }
        var everybody = scores.Scores.Select(score => score.Score.Contact);
        foreach (var number in contacts.InOrder(everybody.Concat(_before.Keys.Where(known => Scored(known) is null))))
            yield return (contacts[number], At(number));

        double? Scored(ContactId contact) => At(contacts.Of(contact));

        double? At(int number) =>
            number < likelihoods.Count && !double.IsNaN(likelihoods[number]) ? likelihoods[number] : null;
    }

    internal void GivePlaces()
    {
        var plan = Steps.GivePlaces.Plan(
            scores.Likelihoods(baseRate),
            Now,
            facts,
            _prior,
            _given,
            store.LastPlaces(week),
            policies,
            seed,
            asOf
        );
        _drawn = plan.Drawn;
        var entered = _given.ToDictionary(place => (place.Municipality, place.Contact), place => place.EnteredOn);
        foreach (var lead in plan.Lists.SelectMany(list => list.Leads))
        {
            var since = entered.GetValueOrDefault((lead.Municipality, lead.Contact), asOf);
            _places.Add(
                new(week, lead.Municipality, lead.Contact, lead.Rank, since, lead.Household, HasLeft: false, lead.Part)
            );
            if (lead.IsNew)
                Take(lead);
        }
    }

    internal FunnelCommit Commit(Watermark mark) =>
        new(mark)
        {
            Positions = _changed,
            Changes = _changes,
            FollowUps = _followUps,
            Places = _places,
            Drawn = _drawn,
            Ahead = _ahead.Left,
            KnownAhead = _ahead.Known,
            Leaning = _prior,
            Unshared = _unshared,
            Withdrawn = _withdrawn,
        };

    /// <summary>Whose list each contact is on this week; one that was handed back may be on another's since.</summary>
    internal static Dictionary<ContactId, int> Carriers(IReadOnlyList<ListPlace> given, NightFacts facts)
    {
        var carriers = new Dictionary<ContactId, int>();
        foreach (var place in given.OrderByDescending(WasHandedBack).ThenBy(place => place.EnteredOn))
            carriers[place.Contact] = place.Municipality;
        return carriers;

        bool WasHandedBack(ListPlace place) =>
            facts.Standings.GetValueOrDefault(place.Contact)?.DeclinedBy.Contains(place.Municipality) == true;
    }

    /// <summary>Where a contact stands after the run, null when the funnel has not met it.</summary>
    FunnelPosition? Now(ContactId contact) => _changed.GetValueOrDefault(contact) ?? _before.GetValueOrDefault(contact);

    void Take(Lead lead)
    {
        var position = Now(lead.Contact)!;
        var fit = MatchContacts.One(lead.Contact, facts, _prior, policies)!;
        var runnerUp = fit.Best == lead.Municipality ? fit.RunnerUp : fit.Best;
        var taken = position with { Municipality = lead.Municipality, RunnerUp = runnerUp };
        if (taken != position)
            _changed.Put(taken with { AsOf = asOf });
        _followUps.Add(PlanFollowUps.ForPlace(lead, policies.For(lead.Municipality), asOf));
    }
}
