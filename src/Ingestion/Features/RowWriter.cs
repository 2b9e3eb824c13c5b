namespace LeadScoring.Ingestion.Features;

/// <summary>Reads a row's values off the tallies: each measure's formula and when it is NaN.</summary>
/// <remarks>
/// A contact without any known trace has NaN everywhere but in the register's columns. With traces, counts and sums
/// are 0 or more; a recency, last value, share or trend without anything to measure is NaN.
/// The many counts, decays and recencies are gathered by index, measure by measure; the others are worked out one by one.
/// </remarks>
sealed class RowWriter
{
    readonly FeaturePlan _plan;
    readonly Tallies _tallies;
    readonly int _slots;
    readonly int _all; // the ring of all time
    readonly Gather[] _counts;
    readonly Gather[] _decays;
    readonly Gather[] _recencies;
    readonly int[] _others;
    readonly int[] _ofContact;

    public RowWriter(FeaturePlan plan, Tallies tallies)
    {
        (_plan, _tallies, _slots) = (plan, tallies, plan.Slots.Total);
        _all = (plan.RingEnds.Length - 1) * _slots;
        _counts = Gathers(Measure.Count, f => (f.Ring * _slots) + f.Slot);
        _decays = Gathers(Measure.Decay, f => (f.HalfLife * _slots) + f.Slot);
        _recencies = Gathers(Measure.Recency, f => f.Slot);
        _others = Columns(m => m < Measure.Country && m is not (Measure.Count or Measure.Decay or Measure.Recency));
        _ofContact = Columns(measure => measure >= Measure.Country);
    }

    public void Write(in ContactProfile profile, long asOf, bool anyTrace, Span<float> row)
    {
        unchecked
        {
            if (!anyTrace)
            {
                row.Fill(float.NaN);
            }
            else
            {
                var (counts, decays, latest) = (_tallies.Counts, _tallies.Decays, _tallies.Latest);
                foreach (var (column, index) in _counts)
                    row[column] = counts[index];
                foreach (var (column, index) in _decays)
                    row[column] = (float)decays[index];
                foreach (var (column, index) in _recencies)
                    row[column] = Days(asOf, latest[index]);
                foreach (var column in _others)
                    row[column] = OfTraces(_plan.Planned[column], asOf);
            }
            foreach (var column in _ofContact)
                row[column] = OfContact(_plan.Planned[column], profile, asOf);
        }
    }

    Gather[] Gathers(Measure measure, Func<PlannedFeature, int> index) =>
        [.. Columns(m => m == measure).Select(column => new Gather(column, index(_plan.Planned[column])))];

    int[] Columns(Func<Measure, bool> where) =>
        [.. Enumerable.Range(0, _plan.Planned.Length).Where(column => where(_plan.Planned[column].Measure))];

    float OfTraces(in PlannedFeature f, long asOf)
    {
        unchecked
        {
            var window = f.Ring * _slots;
            return f.Measure switch
            {
                Measure.Sum => (float)_tallies.Sums[window + f.Slot],
                Measure.Share => Ratio(
                    _tallies.Counts[window + f.Slot],
                    _tallies.Counts[window] - _tallies.Counts[window + f.First]
                ),
                Measure.Last => _tallies.LastAt[f.Slot] == Tallies.Never ? float.NaN : _tallies.LastValue[f.Slot],
                Measure.ActiveDays => _tallies.ActiveDays[f.Ring],
                Measure.Sessions => _tallies.Sessions[f.Ring],
                Measure.Kinds or Measure.Channels or Measure.Themes or Measure.Municipalities => Different(f, window),
                Measure.Trend => Trend(_tallies.Counts[window], _tallies.Counts[f.WiderRing * _slots]),
                Measure.Automated => _tallies.Automated[f.Ring],
                Measure.Tenure => Days(asOf, _tallies.First),
                Measure.SameMonth => Ratio(_tallies.Months[_plan.Calendar.MonthOf(asOf)], _tallies.Counts[_all]),
                Measure.DeclaredMunicipality => _tallies.DeclaredSlot == 0
                    ? float.NaN
                    : _tallies.DeclaredSlot - _plan.Slots.Range(Dimension.Municipality).First - 1,
                _ => throw new InvalidOperationException($"{f.Measure} is not worked out by itself."),
            };
        }
    }

    float OfContact(in PlannedFeature f, in ContactProfile profile, long asOf) =>
        f.Measure switch
        {
            Measure.Country => profile.Country,
            Measure.Language => profile.Language,
            Measure.HouseholdSize => profile.HouseholdSize,
            Measure.Age => _plan.Calendar.YearOf(asOf) - profile.BirthYear,
            Measure.Registered => profile.RegisteredAt < asOf ? Days(asOf, profile.RegisteredAt) : float.NaN,
            _ => throw new InvalidOperationException($"{f.Measure} is not computed from the register."),
        };

    float Different(in PlannedFeature f, int window)
    {
        var different = 0;
        foreach (var count in _tallies.Counts.AsSpan(window + f.First + 1, f.Count - 1))
            different += count > 0 ? 1 : 0;
        return different;
    }

    // traces of the window over the mean of the three windows of the same length before it
    static float Trend(int window, int wider) => wider == window ? float.NaN : (float)(3.0 * window / (wider - window));

    static float Ratio(int part, int whole) => whole == 0 ? float.NaN : (float)((double)part / whole);

    static float Days(long asOf, long at) =>
        at == Tallies.Never ? float.NaN : (float)((asOf - at) / (double)LocalCalendar.Day);

    readonly record struct Gather(int Column, int Index);
}
