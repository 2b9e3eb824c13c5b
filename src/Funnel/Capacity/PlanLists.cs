using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Capacity;

/// <summary>
/// Gives out the places of the week, greedily: the most likely candidate chooses first, its best fit and, when that
/// list is full, its runner-up. Ties go by contact id, so the same candidates give the same lists in any order.
/// </summary>
/// <remarks>Greedy is not the assignment with the most expected movers; it is the one everybody can follow by hand.</remarks>
public static class PlanLists
{
    /// <summary>The 14 lists, in the order of the codes.</summary>
    /// <param name="given">
    /// All places given out in the ISO week of <paramref name="asOf"/>, those of contacts who have left since included.
    /// </param>
    public static IReadOnlyList<MunicipalityList> Plan(
        IReadOnlyList<Candidate> candidates,
        IReadOnlyList<Place> given,
        PolicySet policies,
        DateOnly asOf
    )
    {
        var places = new Places(given, candidates, policies);
        var ranked = candidates
            .Where(c => c.Stage <= Stage.Action)
            .OrderByDescending(c => c.Likelihood.Value)
            .ThenBy(c => c.Contact)
            .ToList();
        foreach (var candidate in ranked.Where(c => !places.Keep(c) && !IsResting(c, policies, asOf)))
            if (!places.Give(candidate, candidate.Fit.Best))
                places.Give(candidate, candidate.Fit.RunnerUp);
        return places.Lists();
    }

    static bool IsResting(Candidate candidate, PolicySet policies, DateOnly asOf) =>
        candidate.LastPlace is { } last
        && asOf.DayNumber - last.DayNumber < policies.For(candidate.Fit.Best).RelistDays;
}

/// <summary>The places of the week while they are given out.</summary>
sealed class Places
{
    readonly PolicySet _policies;
    readonly Dictionary<ContactId, int> _held = [];
    readonly Dictionary<string, ContactId> _households = new(StringComparer.Ordinal);
    readonly Dictionary<int, int> _used;
    readonly Dictionary<int, List<Lead>> _leads;

    public Places(IReadOnlyList<Place> given, IReadOnlyList<Candidate> candidates, PolicySet policies)
    {
        _policies = policies;
        _used = policies.All.ToDictionary(p => p.Municipality, _ => 0);
        _leads = policies.All.ToDictionary(p => p.Municipality, _ => new List<Lead>());
        foreach (var place in given.Distinct())
        {
            _used[place.Municipality]++;
            _held[place.Contact] = place.Municipality;
            if (place.Household is { } household)
                _households[household] = place.Contact;
        }
        foreach (var candidate in candidates.Where(c => _held.ContainsKey(c.Contact)))
            if (candidate.Household is { } household)
                _households[household] = candidate.Contact;
    }

    /// <summary>Whether the candidate has a place of this week already; it is then on that list again.</summary>
    public bool Keep(Candidate candidate)
    {
        if (!_held.TryGetValue(candidate.Contact, out var municipality) || HasDeclined(candidate, municipality))
            return false;
        Add(candidate, municipality, isNew: false);
        return true;
    }

    /// <summary>Gives a free place, when there is one and the candidate may have it.</summary>
    public bool Give(Candidate candidate, int municipality)
    {
        if (!_used.TryGetValue(municipality, out var taken) || HasDeclined(candidate, municipality))
            return false;
        var policy = _policies.For(municipality);
        var isLikely = candidate.Stage == Stage.Action || candidate.Likelihood.Lift >= policy.ListLift;
        if (!isLikely || taken >= policy.WeeklyCapacity)
            return false;
        if (candidate.Household is { } household && !IsFree(household, candidate.Contact))
            return false;
        _used[municipality]++;
        Add(candidate, municipality, isNew: true);
        return true;
    }

    public IReadOnlyList<MunicipalityList> Lists() =>
        [
            .. _policies.All.Select(p => new MunicipalityList(
                p.Municipality,
                p.WeeklyCapacity,
                _used[p.Municipality],
                _leads[p.Municipality]
            )),
        ];

    /// <summary>Candidates come by likelihood, so the next one added ranks below those before.</summary>
    void Add(Candidate c, int municipality, bool isNew) =>
        _leads[municipality]
            .Add(
                new(
                    municipality,
                    _leads[municipality].Count + 1,
                    c.Contact,
                    c.Likelihood,
                    c.Stage,
                    c.Household,
                    isNew,
                    IsRunnerUp: municipality != c.Fit.Best
                )
            );

    /// <summary>Takes the household for this contact unless another member holds a place.</summary>
    bool IsFree(string household, ContactId contact) =>
        _households.TryAdd(household, contact) || _households[household] == contact;

    static bool HasDeclined(Candidate candidate, int municipality) =>
        candidate.DeclinedBy?.Contains(municipality) == true;
}
