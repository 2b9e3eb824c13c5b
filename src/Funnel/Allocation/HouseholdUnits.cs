using LeadScoring.Funnel.Capacity;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>
/// The units that are allocated: households, and contacts without one. In each municipality the member who gains most
/// there stands for the household; what one member was declined by is closed to all of them.
/// </summary>
sealed class HouseholdUnits
{
    static readonly int Places = Municipality.All.Count;

    readonly List<List<Prospect>> _units = [];
    readonly Dictionary<ContactId, int> _unitOf = [];
    readonly Dictionary<ContactId, Place> _seated = [];

    /// <summary>By unit, then by municipality in the order of the codes: the best member's gain.</summary>
    public int[] Gains { get; }

    HouseholdUnits(IEnumerable<Prospect> prospects, IReadOnlyList<Place> given)
    {
        var ordered = prospects.OrderBy(prospect => prospect.Contact).ToList();
        var households = Seated(ordered, given);
        var units = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var prospect in ordered.Where(prospect => !IsSeated(prospect, households)))
        {
            var unit = _units.Count;
            if (prospect.Household is { } household && !units.TryAdd(household, unit))
                unit = units[household];
            if (!_unitOf.TryAdd(prospect.Contact, unit))
                throw new InvalidOperationException($"contact {prospect.Contact} is proposed twice");
            if (unit == _units.Count)
                _units.Add([]);
            _units[unit].Add(prospect);
        }
        Gains = new int[_units.Count * Places];
        for (var unit = 0; unit < _units.Count; unit++)
        for (var place = 0; place < Places; place++)
            Gains[unit * Places + place] = Best(unit, place);
    }

    public static HouseholdUnits Of(IEnumerable<Prospect> prospects, IReadOnlyList<Place> given) =>
        new(prospects, given);

    public int Gain(int unit, int place) => Gains[unit * Places + place];

    /// <summary>Who stands for the unit there: of equal members the one with the lowest id.</summary>
    public ContactId Member(int unit, int place) =>
        _units[unit].First(member => member.Gain(place) == Gain(unit, place)).Contact;

    public int? UnitOf(ContactId contact) => _unitOf.TryGetValue(contact, out var unit) ? unit : null;

    /// <summary>The place of this week that the contact or another of its household holds.</summary>
    public Place? PlaceOf(ContactId contact) => _seated.TryGetValue(contact, out var place) ? place : null;

    public IReadOnlyList<Bar> BarsOf(ContactId contact) =>
        _units[_unitOf[contact]].First(member => member.Contact == contact).Bars ?? [];

    int Best(int unit, int place)
    {
        var best = SolveTransport.Barred;
        foreach (var member in _units[unit])
        {
            if (member.Bars?[place] == Bar.Declined)
                return SolveTransport.Barred;
            best = Math.Max(best, member.Gain(place));
        }
        return best;
    }

    bool IsSeated(Prospect prospect, Dictionary<string, Place> households)
    {
        if (_seated.ContainsKey(prospect.Contact))
            return true;
        if (prospect.Household is not { } household || !households.TryGetValue(household, out var place))
            return false;
        _seated.Add(prospect.Contact, place);
        return true;
    }

    /// <summary>Notes who holds a place that was not handed back, and gives the households that hold one.</summary>
    Dictionary<string, Place> Seated(List<Prospect> ordered, IReadOnlyList<Place> given)
    {
        var known = ordered.ToLookup(prospect => prospect.Contact);
        var households = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var place in given.OrderBy(place => place.Contact).ThenBy(place => place.Municipality))
        {
            var holder = known[place.Contact].FirstOrDefault();
            if (holder?.Bars is { } bars && bars[Municipality.IndexOf(place.Municipality)] == Bar.Declined)
                continue;
            _seated[place.Contact] = place;
            if ((holder?.Household ?? place.Household) is { } household)
                households[household] = place;
        }
        return households;
    }
}
