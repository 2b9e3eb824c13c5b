using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>
/// Gives out the places of a week: those given earlier are kept, the explored get their share, and all others go by one
/// global assignment with the most expected movers (<see cref="AllocateLeads"/>).
/// </summary>
/// <remarks>
/// A contact that is held out by its carrier gets no place anywhere, one that is held out by another municipality none
/// there. Who would have got one is worked out beside it, so that the effect of a place can be measured. A place that is
/// given is kept through the week, whatever is drawn for a new stage: the draw counts when a place is given.
/// </remarks>
public sealed class PlanWeek
{
    readonly WeekCandidates _candidates;
    readonly ExploreSome _explored;
    readonly AllocateLeads _exact;
    readonly IReadOnlyList<Place> _given;
    readonly PolicySet _policies;
    readonly DateOnly _asOf;

    /// <param name="candidates">In any order, each contact once; gone through more than once, so they may be made as they are asked for.</param>
    /// <param name="given">All places given in the week before, those of contacts who have left since included.</param>
    /// <param name="shares">How a contact leans to the 14 in the order of their codes; asked only of those who matter.</param>
    /// <param name="seed">The home's, which decides who is held out and explored.</param>
    public PlanWeek(
        IEnumerable<Candidate> candidates,
        IReadOnlyList<Place> given,
        Func<ContactId, IReadOnlyList<double>> shares,
        PolicySet policies,
        int seed,
        DateOnly asOf
    )
    {
        (_given, _policies, _asOf) = ([.. given.Distinct()], policies, asOf);
        _candidates = new(candidates, _given, shares, policies, seed, asOf);
        _explored = new(_candidates, _given, policies, seed, asOf);
        var quotas = policies
            .All.Select(policy => new Quota(
                policy.Municipality,
                policy.PlacesOn(asOf) - _explored.In(policy.Municipality),
                policy.FloorOn(asOf)
            ))
            .ToList();
        var wanted = AllocateLeads.Among(_candidates.Prospects(withHeldOut: true), quotas, _given);
        _exact = _candidates.AnyHeldOut
            ? AllocateLeads.Among(_candidates.Prospects(withHeldOut: false), quotas, _given)
            : wanted;
        Result = Gather();
        Drawn = [.. AtStake(wanted.Result.Offers).Concat(_explored.Drawn)];
        Lists = [.. policies.All.Select(List)];
    }

    /// <summary>What is given now, and what one more place would add.</summary>
    public LeadAllocation Result { get; }

    /// <summary>The 14 lists in the order of the codes: places kept and places new.</summary>
    public IReadOnlyList<MunicipalityList> Lists { get; }

    /// <summary>For whom a place was at stake, the held out included.</summary>
    public IReadOnlyList<DrawnContact> Drawn { get; }

    /// <summary>Why this contact is offered to its municipality, or to nobody.</summary>
    public AllocationReason Why(ContactId contact)
    {
        var reason = _exact.Why(contact);
        if (_explored.Offers.FirstOrDefault(offer => offer.Contact == contact) is { } offer)
            return reason with { Cause = AllocationCause.Explored, Municipality = offer.Municipality };
        return reason.Cause == AllocationCause.NotProposed && _candidates.HouseholdOf(contact) is { Count: > 0 } members
            ? AllocateLeads
                .Among(members, [.. _policies.All.Select(p => new Quota(p.Municipality, 0))], _given)
                .Why(contact)
            : reason;
    }

    LeadAllocation Gather()
    {
        var offers = _exact.Result.Offers.Concat(_explored.Offers).ToList();
        var byMunicipality = _exact.Result.ByMunicipality.Select(one =>
            one with
            {
                Capacity = _policies.For(one.Municipality).PlacesOn(_asOf),
                Explored = _explored.In(one.Municipality),
                Filled = one.Filled + _explored.In(one.Municipality),
                ExpectedMovers = offers.Where(o => o.Municipality == one.Municipality).Sum(o => o.ExpectedMovers),
            }
        );
        return new(
            [.. byMunicipality],
            [.. offers.OrderBy(offer => offer.Municipality).ThenBy(offer => offer.Part)],
            offers.Sum(offer => offer.ExpectedMovers)
        );
    }

    /// <summary>Rows of the trial; nobody in Action is drawn, and who has no carrier is nobody's to hold out.</summary>
    IEnumerable<DrawnContact> AtStake(IReadOnlyList<Offer> offers) =>
        offers
            .Select(offer => _candidates[offer.Contact])
            .Where(one => Draw.IsDrawnFrom(one.Stage) && one.Carrier != 0)
            .OrderBy(one => one.Contact)
            .Select(one => new DrawnContact(
                one.Contact,
                one.Carrier,
                one.Stage,
                _candidates.IsHeldOut(one) ? Part.HeldOut : Part.Usual,
                _asOf,
                one.Likelihood.Value
            ));

    MunicipalityList List(Policy policy)
    {
        var code = policy.Municipality;
        var kept = _given
            .Where(place => place.Municipality == code && _candidates.Keeps(place))
            .Select(place => (Candidate: _candidates[place.Contact], place.Part, IsNew: false));
        var fresh = Result
            .Offers.Where(offer => offer.Municipality == code)
            .Select(offer => (Candidate: _candidates[offer.Contact], offer.Part, IsNew: true));
        var leads = kept.Concat(fresh)
            .OrderBy(lead => lead.Part == Part.Explored)
            .ThenByDescending(lead => lead.Candidate.Likelihood.Value)
            .ThenBy(lead => lead.Candidate.Contact)
            .Select((lead, i) => Lead(lead.Candidate, code, i + 1, lead.IsNew, lead.Part))
            .ToList();
        var used = _given.Count(place => place.Municipality == code) + leads.Count(lead => lead.IsNew);
        return new(code, policy.PlacesOn(_asOf), used, leads);
    }

    Lead Lead(Candidate one, int municipality, int rank, bool isNew, Part part) =>
        new(
            municipality,
            rank,
            one.Contact,
            one.Likelihood,
            one.Stage,
            one.Household,
            isNew,
            _candidates.FitsBetterElsewhere(one, municipality),
            part
        );
}
