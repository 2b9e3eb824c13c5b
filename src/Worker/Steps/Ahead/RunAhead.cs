using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps.Ahead;

/// <summary>The contacts of one look between nights, held together until they are committed.</summary>
/// <param name="facts">Of those who were heard and of their households, with all signals since the last night.</param>
/// <param name="likelihoods">Of the last night, or as of now for whom it has not scored.</param>
/// <param name="seed">The home's, which decides who is held out and explored.</param>
/// <param name="asOf">The day it is.</param>
sealed class RunAhead(
    LeadStore store,
    NightFacts facts,
    IReadOnlyDictionary<ContactId, Likelihood> likelihoods,
    PolicySet policies,
    int seed,
    DateOnly asOf
)
{
    readonly string _week = IsoWeek.Of(asOf).ToString();
    readonly IReadOnlyList<ListPlace> _given = store.ListPlaces(IsoWeek.Of(asOf).ToString());
    readonly IReadOnlyDictionary<ContactId, AheadStart> _starts = store.Ahead();
    readonly RegionalPrior _prior = MatchContacts.Prior(facts);
    readonly SortedDictionary<ContactId, FunnelPosition> _now = [];
    readonly List<AheadStart> _newStarts = [];
    readonly List<StageChange> _changes = [];
    readonly List<FollowUp> _followUps = [];
    readonly List<ListPlace> _places = [];
    IReadOnlyList<DrawnContact> _drawn = [];

    /// <summary>New places.</summary>
    internal int Leads => _places.Count;

    /// <summary>Who was looked at.</summary>
    internal IReadOnlyCollection<ContactId> Contacts => _now.Keys;

    internal void Advance(IEnumerable<ContactId> heard)
    {
        var places = FunnelNight.Carriers(_given, facts);
        foreach (var contact in heard)
        {
            var visible = store.PositionOf(contact);
            // Whom a night would not score it would not let in either.
            if (
                FastLane.Takes(facts.Signals.GetValueOrDefault(contact, []))
                && (visible is not null || likelihoods.ContainsKey(contact))
            )
                Advance(contact, visible, places.GetValueOrDefault(contact));
        }
    }

    /// <summary>Free places only: those given are kept, and none but those who were heard can get one.</summary>
    internal void GivePlaces()
    {
        var latest = store.LastPlaces(_week);
        var plan = Steps.GivePlaces.Plan(
            _now.Keys.Where(likelihoods.ContainsKey)
                .Select(contact => (contact, likelihoods[contact]))
                .Concat(Households(latest).Select(contact => (contact, new Likelihood(0, 0.5, "")))),
            contact => _now.GetValueOrDefault(contact) ?? Bystander(contact),
            facts,
            _prior,
            _given,
            latest,
            policies,
            seed,
            asOf
        );
        _drawn = [.. plan.Drawn.Where(drawn => _now.ContainsKey(drawn.Contact))];
        foreach (var lead in plan.Lists.SelectMany(list => list.Leads))
            if (lead.IsNew && _now.ContainsKey(lead.Contact))
                Take(lead);
    }

    internal FunnelCommit Commit(Watermark night, AheadLook look) =>
        new(night)
        {
            Positions = _now.Values,
            Changes = _changes,
            FollowUps = _followUps,
            Places = _places,
            Drawn = _drawn,
            Look = look,
            Ahead = _newStarts,
            Unshared =
            [
                .. _now.Keys.Where(c => facts.Standings.GetValueOrDefault(c) is { MayScore: true, MayShare: false }),
            ],
            Withdrawn = [.. _now.Keys.Where(c => facts.Standings.GetValueOrDefault(c)?.MayScore != true)],
        };

    /// <summary>Others who have or had a place and live with one who was heard.</summary>
    internal static IReadOnlyList<ContactId> Households(
        IEnumerable<ListPlace> places,
        IEnumerable<ContactId> heard,
        NightFacts facts
    )
    {
        var own = heard.ToHashSet();
        var homes = own.Select(contact => facts.Standings.GetValueOrDefault(contact)?.Household)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. places
                .Where(place => place.Household is { } home && homes.Contains(home) && !own.Contains(place.Contact))
                .Select(place => place.Contact)
                .Distinct()
                .Order(),
        ];
    }

    void Advance(ContactId contact, FunnelPosition? visible, int place)
    {
        var isMoved = _starts.TryGetValue(contact, out var start);
        if (!isMoved)
            _newStarts.Add(start = new(contact, place, visible));
        Likelihood? likelihood = likelihoods.TryGetValue(contact, out var scored) ? scored : null;
        var fit = MatchContacts.One(contact, facts, _prior, policies);
        var step = AdvanceFunnel.Advance(
            start!.Position,
            contact,
            facts.Signals[contact],
            likelihood,
            fit,
            policies,
            asOf,
            start.Place,
            facts.Seasons.GetValueOrDefault(contact)
        );
        if (isMoved && visible is not null)
            step = FastLane.From(step, visible, likelihood, fit, policies, place);
        _now.Add(contact, step.Position);
        _followUps.AddRange(step.FollowUps.Where(planned => !Steps.GivePlaces.IsHeldOutCall(planned, policies, seed)));
        if (step.Change is { } change)
            _changes.Add(change);
    }

    void Take(Lead lead)
    {
        var behind = _given.Concat(_places).Where(place => place.Municipality == lead.Municipality);
        var rank = 1 + behind.Select(place => place.Rank).DefaultIfEmpty(0).Max();
        _places.Add(new(_week, lead.Municipality, lead.Contact, rank, asOf, lead.Household, HasLeft: false, lead.Part));
        var fit = MatchContacts.One(lead.Contact, facts, _prior, policies)!;
        var runnerUp = fit.Best == lead.Municipality ? fit.RunnerUp : fit.Best;
        _now[lead.Contact] = _now[lead.Contact] with { Municipality = lead.Municipality, RunnerUp = runnerUp };
        _followUps.Add(PlanFollowUps.ForPlace(lead, policies.For(lead.Municipality), asOf));
    }

    IEnumerable<ContactId> Households(IReadOnlyDictionary<ContactId, ListPlace> latest) =>
        Households(_given.Concat(latest.Values), _now.Keys, facts);

    /// <summary>One who competes for nothing, and is there so that who handed it back is closed to its household.</summary>
    FunnelPosition? Bystander(ContactId contact) =>
        store.PositionOf(contact) is { Stage: <= Stage.Action } position
            ? position with
            {
                Stage = Stage.Attention,
                Municipality = 0,
            }
            : null;
}
