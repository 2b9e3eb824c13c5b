using LeadScoring.Funnel.Capacity;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>
/// Offers contacts to municipalities so that the expected movers of all offers together are the most there can be under
/// the week's places: one offer a household, floors first.
/// </summary>
/// <remarks>
/// Everything is put in the order of contact ids before it is looked at, so the order of the input changes nothing; of
/// two contacts alike the one with the lower id is offered first.
/// </remarks>
public sealed class AllocateLeads
{
    readonly IReadOnlyList<Quota> _quotas;
    readonly HouseholdUnits _units;
    readonly int[] _used;
    readonly TransportSolution _solution;

    AllocateLeads(IReadOnlyList<Quota> quotas, HouseholdUnits units, int[] used)
    {
        (_quotas, _units, _used) = (quotas, units, used);
        int[] free = [.. quotas.Select((quota, place) => Math.Max(0, quota.Capacity - used[place]))];
        int[] floors = [.. quotas.Select((quota, place) => Math.Max(0, quota.Floor - used[place]))];
        _solution = SolveTransport.Solve(units.Gains, free, floors);
        Result = Gather();
    }

    /// <summary>The allocation.</summary>
    public LeadAllocation Result { get; }

    /// <param name="quotas">One for each of the 14, in the order of the codes.</param>
    /// <param name="given">Places of the week given before: they stay used, and their contacts are not offered again.</param>
    public static AllocateLeads Among(
        IReadOnlyList<Prospect> prospects,
        IReadOnlyList<Quota> quotas,
        IReadOnlyList<Place> given
    )
    {
        if (!quotas.Select(quota => quota.Municipality).SequenceEqual(Municipality.All.Select(m => m.Code)))
            throw new InvalidOperationException("an allocation takes one quota for each of the 14, by code");
        var places = given.Distinct().ToList();
        int[] used = [.. quotas.Select(quota => places.Count(place => place.Municipality == quota.Municipality))];
        return new(quotas, HouseholdUnits.Of(prospects, places), used);
    }

    /// <summary>Why this contact is offered to its municipality, or to nobody.</summary>
    public AllocationReason Why(ContactId contact)
    {
        if (_units.PlaceOf(contact) is { } place)
        {
            var own = place.Contact == contact;
            return new(
                contact,
                own ? AllocationCause.HasPlace : AllocationCause.SameHousehold,
                own ? place.Municipality : 0,
                own ? null : place.Contact,
                null,
                null
            );
        }
        if (_units.UnitOf(contact) is not { } unit)
            return new(contact, AllocationCause.NotProposed, 0, null, null, null);
        var bids = Bids(unit);
        var at = _solution.Sinks[unit];
        if (at == TransportSolution.Nobody)
            return new(contact, NobodysCause(contact, bids), 0, null, null, bids.FirstOrDefault());
        var chosen = bids.First(bid => bid.Municipality == _quotas[at].Municipality);
        var runnerUp = bids.FirstOrDefault(bid => bid != chosen);
        var standsIn = _units.Member(unit, at);
        return standsIn == contact
            ? new(contact, AllocationCause.Offered, chosen.Municipality, null, chosen, runnerUp)
            : new(contact, AllocationCause.SameHousehold, 0, standsIn, chosen, runnerUp);
    }

    /// <summary>The unit's municipalities by what they leave over, best first.</summary>
    List<Bid> Bids(int unit) =>
        [
            .. _quotas
                .Select(
                    (quota, place) =>
                        (quota.Municipality, Gain: (long)_units.Gain(unit, place), Price: _solution.Duals[place])
                )
                .Where(bid => bid.Gain != SolveTransport.Barred)
                .OrderByDescending(bid => bid.Gain - bid.Price)
                .ThenBy(bid => bid.Municipality)
                .Select(bid => new Bid(
                    bid.Municipality,
                    Movers(bid.Gain),
                    Movers(bid.Price),
                    Movers(bid.Gain - bid.Price)
                )),
        ];

    AllocationCause NobodysCause(ContactId contact, List<Bid> bids)
    {
        if (bids.Count > 0)
            return AllocationCause.NoCapacity;
        var bars = _units.BarsOf(contact);
        return bars.Contains(Bar.HeldOut) ? AllocationCause.HeldOut
            : bars.Contains(Bar.Unlikely) ? AllocationCause.Unlikely
            : bars.Contains(Bar.Resting) ? AllocationCause.Resting
            : AllocationCause.Declined;
    }

    LeadAllocation Gather()
    {
        var offers = _solution
            .Sinks.Select((place, unit) => (place, unit))
            .Where(sent => sent.place != TransportSolution.Nobody)
            .OrderBy(sent => sent.place)
            .ThenByDescending(sent => _units.Gain(sent.unit, sent.place))
            .ThenBy(sent => _units.Member(sent.unit, sent.place))
            .ToList();
        var gained = new long[_quotas.Count];
        foreach (var (place, unit) in offers)
            gained[place] += _units.Gain(unit, place);
        return new(
            [
                .. _quotas.Select(
                    (quota, place) =>
                        new MunicipalityAllocation(
                            quota.Municipality,
                            quota.Capacity,
                            quota.Floor,
                            _used[place],
                            _solution.Filled[place],
                            Movers(gained[place]),
                            Movers(Math.Max(0, _solution.Duals[place])),
                            Movers(_solution.FloorPrices[place])
                        )
                ),
            ],
            [
                .. offers.Select(sent => new Offer(
                    _units.Member(sent.unit, sent.place),
                    _quotas[sent.place].Municipality,
                    Movers(_units.Gain(sent.unit, sent.place))
                )),
            ],
            Movers(_solution.Gain)
        );
    }

    static double Movers(long gain) => gain / Prospect.MoversUnit;
}
