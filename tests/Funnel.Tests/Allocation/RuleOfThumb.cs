using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>Rules one could follow by hand instead of an allocation, with the same places, floors and households.</summary>
static class RuleOfThumb
{
    /// <summary>The most likely contact chooses first.</summary>
    public static double ByLikelihood(IReadOnlyList<Prospect> prospects, IReadOnlyList<Quota> quotas) =>
        InTurn(MostLikely(prospects), quotas).Movers;

    public static IReadOnlyList<(ContactId, int)> PairsByLikelihood(
        IReadOnlyList<Prospect> prospects,
        IReadOnlyList<Quota> quotas
    ) => InTurn(MostLikely(prospects), quotas).Pairs;

    /// <summary>The same, but only the best fit and the runner-up are asked: how lists were planned at first.</summary>
    public static IReadOnlyList<(ContactId, int)> PairsByTwoChoices(
        IReadOnlyList<Prospect> prospects,
        IReadOnlyList<Quota> quotas
    ) => InTurn(MostLikely(prospects), quotas, choices: 2).Pairs;

    public static IReadOnlyList<(ContactId, int)> PairsFirstCome(
        IReadOnlyList<Prospect> prospects,
        IReadOnlyList<Quota> quotas
    ) => InTurn(prospects.OrderBy(p => p.Contact), quotas).Pairs;

    /// <summary>Whoever came first chooses first; the ids say when somebody came.</summary>
    public static double FirstCome(IReadOnlyList<Prospect> prospects, IReadOnlyList<Quota> quotas) =>
        InTurn(prospects.OrderBy(p => p.Contact), quotas).Movers;

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
    static Seats InTurn(IEnumerable<Prospect> turn, IReadOnlyList<Quota> quotas, int choices = 14)
    {
        var (seats, ordered) = (new Seats(quotas), turn.ToList());
        for (var place = 0; place < quotas.Count; place++)
            foreach (var prospect in ordered.TakeWhile(_ => seats.IsBelowFloor(place)))
                seats.Take(prospect, place);
        foreach (var prospect in ordered)
        {
            var places = Enumerable.Range(0, quotas.Count).Where(place => prospect.Gain(place) > 0);
            foreach (var place in places.OrderByDescending(prospect.Gain).Take(choices))
                if (seats.Take(prospect, place))
                    break;
        }
        return seats;
    }

    static IEnumerable<Prospect> MostLikely(IEnumerable<Prospect> prospects) =>
        prospects.OrderByDescending(p => p.Likelihood).ThenBy(p => p.Contact);

    sealed class Seats(IReadOnlyList<Quota> quotas)
    {
        readonly int[] _filled = new int[quotas.Count];
        readonly HashSet<ContactId> _contacts = [];
        readonly HashSet<string> _households = new(StringComparer.Ordinal);

        public double Movers { get; private set; }

        public List<(ContactId, int)> Pairs { get; } = [];

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
            Pairs.Add((prospect.Contact, quotas[place].Municipality));
            Movers += prospect.Gain(place) / Prospect.MoversUnit;
            return true;
        }
    }
}
