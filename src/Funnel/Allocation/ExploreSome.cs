using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>
/// Gives the week's share of places kept for it to contacts whom the likelihood alone would give none: drawn for it, below
/// the least lift of every list, and nobody of their household likelier. Who comes first is a matter of chance.
/// </summary>
sealed class ExploreSome
{
    readonly Dictionary<int, int> _given = [];
    readonly List<Offer> _offers = [];
    readonly List<DrawnContact> _drawn = [];

    public ExploreSome(
        WeekCandidates candidates,
        IReadOnlyList<Place> given,
        PolicySet policies,
        int seed,
        DateOnly asOf
    )
    {
        var free = policies.All.ToDictionary(
            policy => policy.Municipality,
            policy => Free(policy, [.. given.Where(place => place.Municipality == policy.Municipality)], seed, asOf)
        );
        var (holders, homes) = Seated(candidates, given);
        var turns = candidates
            .Ordered.Where(one => free.GetValueOrDefault(one.Carrier) > 0 && !holders.Contains(one.Contact))
            .Where(one => MayBeTried(candidates, one, policies, seed))
            .Select(one => (Candidate: one, Turn: Draw.Turn(one.Contact, one.Carrier, IsoWeek.Of(asOf), seed)))
            .OrderBy(turn => turn.Turn)
            .ThenBy(turn => turn.Candidate.Contact)
            .Select(turn => turn.Candidate);
        foreach (var one in turns)
        {
            if (free[one.Carrier] == 0 || one.Household is { } home && homes.Contains(home))
                continue;
            var isHeldOut = candidates.IsHeldOut(one);
            var part = isHeldOut ? Part.HeldOut : Part.Explored;
            _drawn.Add(new(one.Contact, one.Carrier, one.Stage, part, asOf, one.Likelihood.Value));
            if (isHeldOut)
                continue;
            free[one.Carrier]--;
            _given[one.Carrier] = In(one.Carrier) + 1;
            if (one.Household is { } household)
                homes.Add(household);
            _offers.Add(new(one.Contact, one.Carrier, Movers(candidates, one), Part.Explored));
        }
    }

    /// <summary>By municipality's turn.</summary>
    public IReadOnlyList<Offer> Offers => _offers;

    /// <summary>Those offered, and the held out who would have been.</summary>
    public IReadOnlyList<DrawnContact> Drawn => _drawn;

    /// <summary>How many are offered to this municipality.</summary>
    public int In(int municipality) => _given.GetValueOrDefault(municipality);

    static int Free(Policy policy, IReadOnlyList<Place> given, int seed, DateOnly asOf) =>
        Math.Max(
            0,
            Math.Min(
                ExploredPlaces.On(asOf, policy, seed) - given.Count(place => place.Part == Part.Explored),
                policy.PlacesOn(asOf) - given.Count
            )
        );

    static bool MayBeTried(WeekCandidates candidates, Candidate one, PolicySet policies, int seed)
    {
        var policy = policies.For(one.Carrier);
        return Draw.IsTried(one.Contact, one.Stage, policy, seed)
            && !candidates.IsWithLikely(one)
            && !candidates.IsClosed(one, one.Carrier)
            && candidates.BarAt(policy, one) == Bar.Unlikely
            && policies.All.All(other => candidates.BarAt(other, one) != Bar.None);
    }

    /// <summary>Contacts and households that hold a place of the week which was not handed back.</summary>
    static (HashSet<ContactId> Holders, HashSet<string> Homes) Seated(
        WeekCandidates candidates,
        IReadOnlyList<Place> given
    )
    {
        var holders = new HashSet<ContactId>();
        var homes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in given)
        {
            var holder = candidates.Find(place.Contact);
            if (holder?.WasDeclinedBy(place.Municipality) == true)
                continue;
            holders.Add(place.Contact);
            if ((holder?.Household ?? place.Household) is { } home)
                homes.Add(home);
        }
        return (holders, homes);
    }

    static double Movers(WeekCandidates candidates, Candidate one) =>
        one.Likelihood.Value * candidates.Shares(one.Contact)[Municipality.IndexOf(one.Carrier)];
}
