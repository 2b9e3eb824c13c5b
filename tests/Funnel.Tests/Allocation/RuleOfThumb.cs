using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>Rules one could follow by hand instead of an allocation, with the same places, floors and households.</summary>
static class RuleOfThumb
{
    /// <summary>The most likely contact chooses first.</summary>
    public static double ByLikelihood(IReadOnlyList<Prospect> prospects, IReadOnlyList<Quota> quotas) =>
        InTurn(prospects.OrderByDescending(p => p.Likelihood).ThenBy(p => p.Contact), quotas);

    /// <summary>Whoever came first chooses first; the ids say when somebody came.</summary>
    public static double FirstCome(IReadOnlyList<Prospect> prospects, IReadOnlyList<Quota> quotas) =>
        InTurn(prospects.OrderBy(p => p.Contact), quotas);

    /// <summary>The pair of contact and municipality that gains most is made first.</summary>
    public static double ByPair(IReadOnlyList<Prospect> prospects, IReadOnlyList<Quota> quotas)
    {
        var pairs = prospects
            .SelectMany(p => quotas.Select((_, place) => (Prospect: p, Place: place, Gain: p.Gain(place))))
            .Where(pair => pair.Gain > 0)
            .OrderByDescending(pair => pair.Gain)
            .ThenBy(pair => pair.Prospect.Contact)
            .ThenBy(pair => pair.Place)
            .ToList();
        var seats = new Seats(quotas);
        foreach (var (prospect, place, _) in pairs)
            if (seats.IsBelowFloor(place))
                seats.Take(prospect, place);
        foreach (var (prospect, place, _) in pairs)
            seats.Take(prospect, place);
        return seats.Movers;
    }

    /// <summary>Floors are filled first; then each in turn goes where it fits best of what is left.</summary>
    static double InTurn(IEnumerable<Prospect> turn, IReadOnlyList<Quota> quotas)
    {
        var (seats, ordered) = (new Seats(quotas), turn.ToList());
        for (var place = 0; place < quotas.Count; place++)
            foreach (var prospect in ordered.TakeWhile(_ => seats.IsBelowFloor(place)))
                seats.Take(prospect, place);
        foreach (var prospect in ordered)
        {
            var places = Enumerable.Range(0, quotas.Count).Where(place => prospect.Gain(place) > 0);
            foreach (var place in places.OrderByDescending(prospect.Gain))
                if (seats.Take(prospect, place))
                    break;
        }
        return seats.Movers;
    }

    sealed class Seats(IReadOnlyList<Quota> quotas)
    {
        readonly int[] _filled = new int[quotas.Count];
        readonly HashSet<ContactId> _contacts = [];
        readonly HashSet<string> _households = new(StringComparer.Ordinal);

        public double Movers { get; private set; }

        public bool IsBelowFloor(int place) => _filled[place] < Math.Min(quotas[place].Floor, quotas[place].Capacity);

        public bool Take(Prospect prospect, int place)
        {
            if (_filled[place] >= quotas[place].Capacity || prospect.Gain(place) < 0)
                return false;
            if (_contacts.Contains(prospect.Contact) || prospect.Household is { } h && _households.Contains(h))
                return false;
            _contacts.Add(prospect.Contact);
            if (prospect.Household is { } household)
                _households.Add(household);
            _filled[place]++;
            Movers += prospect.Gain(place) / Prospect.MoversUnit;
            return true;
        }
    }
}
