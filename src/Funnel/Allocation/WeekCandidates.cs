using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>The candidates of a week, by contact, and what closes which municipality to them.</summary>
/// <remarks>
/// Of two million candidates most are too unlikely for every list. Only those are kept who may get a place, by likelihood
/// or by lot, share a household with one who may, or hold one; but for those there by lot they become
/// <see cref="Prospect"/>s. The candidates are gone through twice, and once more when one who was not kept is asked about.
/// </remarks>
sealed class WeekCandidates
{
    readonly PolicySet _policies;
    readonly Func<ContactId, IReadOnlyList<double>> _shares;
    readonly int _seed;
    readonly DateOnly _asOf;
    readonly IEnumerable<Candidate> _open;
    readonly Dictionary<ContactId, Candidate> _kept = [];
    readonly List<(Candidate Candidate, Prospect Prospect)> _likely = [];
    readonly HashSet<string> _likelyHouseholds = new(StringComparer.Ordinal);
    readonly HashSet<(string Household, int Municipality)> _closed = [];

    public WeekCandidates(
        IEnumerable<Candidate> candidates,
        IReadOnlyList<Place> given,
        Func<ContactId, IReadOnlyList<double>> shares,
        PolicySet policies,
        int seed,
        DateOnly asOf
    )
    {
        (_policies, _shares, _seed, _asOf) = (policies, shares, seed, asOf);
        _open = candidates.Where(c => c.Stage <= Stage.Action);
        var least = policies.All.Min(policy => policy.ListLift);
        foreach (var candidate in _open.Where(c => c.Household is not null))
        {
            if (IsLikely(candidate, least))
                _likelyHouseholds.Add(candidate.Household!);
            foreach (var municipality in candidate.DeclinedBy ?? [])
                _closed.Add((candidate.Household!, municipality));
        }
        var holders = given.Select(place => place.Contact).ToHashSet();
        foreach (var one in _open.Where(c => Competes(c) || IsTried(c)))
            if (!_kept.TryAdd(one.Contact, one))
                throw new InvalidOperationException($"contact {one.Contact} is proposed twice");
        Ordered = [.. _kept.Values.OrderBy(c => c.Contact)];
        foreach (var one in Ordered)
        {
            if (Competes(one))
            {
                _likely.Add((one, ProspectOf(one)));
                AnyHeldOut |= IsHeldOut(one);
            }
        }

        bool Competes(Candidate one) => IsLikely(one, least) || IsWithLikely(one) || holders.Contains(one.Contact);

        bool IsTried(Candidate one) =>
            one.Carrier != 0 && Draw.IsTried(one.Contact, one.Stage, policies.For(one.Carrier), seed);
    }

    /// <summary>Those who are kept, by contact.</summary>
    public IReadOnlyList<Candidate> Ordered { get; }

    public bool AnyHeldOut { get; }

    public Candidate this[ContactId contact] => _kept[contact];

    /// <summary>Null when the contact is not kept.</summary>
    public Candidate? Find(ContactId contact) => _kept.GetValueOrDefault(contact);

    public IReadOnlyList<double> Shares(ContactId contact) => _shares(contact);

    /// <summary>Whether the contact is still on the list where it was given a place.</summary>
    public bool Keeps(Place place) => Find(place.Contact) is { } one && !one.WasDeclinedBy(place.Municipality);

    /// <summary>Whether somebody of the household may be likely enough for a list.</summary>
    public bool IsWithLikely(Candidate one) => one.Household is { } household && _likelyHouseholds.Contains(household);

    /// <summary>Whether the household was handed back by this municipality, be it with another of its members.</summary>
    public bool IsClosed(Candidate one, int municipality) =>
        one.WasDeclinedBy(municipality)
        || one.Household is { } household && _closed.Contains((household, municipality));

    public bool IsHeldOut(Candidate one) =>
        one.Carrier != 0 && Draw.IsHeldOut(one.Contact, one.Stage, _policies.For(one.Carrier), _seed);

    /// <summary>Those who take part in the assignment.</summary>
    /// <param name="withHeldOut">Whether those whom their carrier holds out compete as if they were not.</param>
    public IReadOnlyList<Prospect> Prospects(bool withHeldOut) =>
        [
            .. _likely.Select(one =>
                withHeldOut || !IsHeldOut(one.Candidate)
                    ? one.Prospect
                    : one.Prospect with
                    {
                        Bars = [.. one.Prospect.Bars!.Select(bar => bar == Bar.None ? Bar.HeldOut : bar)],
                    }
            ),
        ];

    /// <summary>The contact with its household, as they would compete; empty when it is no candidate.</summary>
    public IReadOnlyList<Prospect> HouseholdOf(ContactId contact) =>
        (Find(contact) ?? _open.FirstOrDefault(c => c.Contact == contact)) is not { } one ? []
        : one.Household is null ? [ProspectOf(one)]
        :
        [
            .. _open
                .Where(c => string.Equals(c.Household, one.Household, StringComparison.Ordinal))
                .OrderBy(c => c.Contact)
                .Select(ProspectOf),
        ];

    public bool FitsBetterElsewhere(Candidate one, int municipality)
    {
        var shares = _shares(one.Contact);
        var best = double.NegativeInfinity;
        var own = 0.0;
        for (var place = 0; place < _policies.All.Count; place++)
        {
            if (_policies.All[place].Municipality == municipality)
                own = shares[place];
            else if (!one.WasDeclinedBy(_policies.All[place].Municipality))
                best = Math.Max(best, shares[place]);
        }
        return best > own + 1e-12;
    }

    /// <summary>What closes one municipality's list to one candidate, its carrier's hold-out aside.</summary>
    public Bar BarAt(Policy policy, Candidate one) =>
        one.WasDeclinedBy(policy.Municipality) ? Bar.Declined
        : one.LastPlace is { } last && _asOf.DayNumber - last.DayNumber < policy.RelistDays ? Bar.Resting
        : !IsLikely(one, policy.ListLift) ? Bar.Unlikely
        : policy.Municipality != one.Carrier && Draw.IsHeldOut(one.Contact, one.Stage, policy, _seed) ? Bar.HeldOut
        : Bar.None;

    static bool IsLikely(Candidate one, double lift) => one.Stage == Stage.Action || one.Likelihood.Lift >= lift;

    Prospect ProspectOf(Candidate one) =>
        new(
            one.Contact,
            one.Likelihood.Value,
            _shares(one.Contact),
            [.. _policies.All.Select(policy => BarAt(policy, one))],
            one.Household
        );
}
