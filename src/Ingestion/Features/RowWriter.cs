using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Reads a row's values off the tallies: each measure's formula and when it is NaN.</summary>
/// <remarks>
/// A contact without any known trace has NaN everywhere but in the register's columns. With traces, counts and sums
/// are 0 or more; a recency, last value, share or trend without anything to measure is NaN.
/// What there is much of is gathered by index, measure by measure; the others are worked out one by one.
/// </remarks>
sealed class RowWriter
{
    readonly FeaturePlan _plan;
    readonly Tallies _tallies;
    readonly int _width; // of a window
    readonly int _cells; // from the first cell of a row to behind its last
    readonly Gather[] _counts;
    readonly Gather[] _decays;
    readonly Gather[] _recencies;
    readonly Gather[] _sums;
    readonly Share[] _shares;
    readonly Gather[] _others;
    readonly Gather[] _ofContact;

    public RowWriter(FeaturePlan plan, Tallies tallies)
    {
        (_plan, _tallies) = (plan, tallies);
        var slots = plan.Slots.Total;
        _width = Tallies.Width(plan);
        _cells = ((plan.Planned.Length - 1) * FeatureRows.TileRows) + 1;
        _counts = Gathers(IsCount, f => (f.Ring * _width) + f.Slot);
        _decays = Gathers(
            measure => measure == Measure.Decay,
            f =>
                ((((f.HalfLife / HalfLives.Lanes) * slots) + f.Slot) * HalfLives.Lanes) + (f.HalfLife % HalfLives.Lanes)
        );
        _recencies = Gathers(measure => measure == Measure.Recency, f => f.Slot);
        _sums = Gathers(measure => measure == Measure.Sum, f => (f.Ring * slots) + f.Slot);
        _shares =
        [
            .. Gathers(measure => measure == Measure.Share, f => f.Ring * _width)
                .Zip(plan.Planned.Where(f => f.Measure == Measure.Share))
                .Select(p => new Share(
                    p.First.Cell,
                    p.First.Index + p.Second.Slot,
                    p.First.Index,
                    p.First.Index + p.Second.NoneSlot
                )),
        ];
        _others = Columns(measure =>
            measure is Measure.Last or Measure.Trend or Measure.Tenure or Measure.SameMonth
            || measure == Measure.DeclaredMunicipality
        );
        _ofContact = Columns(measure => measure >= Measure.Country);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in ContactProfile profile, long asOf, bool anyTrace, Span<float> cells)
    {
        if (anyTrace)
            OfTraces(asOf, cells);
        else
            FillOfTraces(cells);
        foreach (var (cell, column) in _ofContact)
            cells[cell] = OfContact(_plan.Planned[column], profile, asOf);
    }

    // Every index was laid out for these arrays, so that there is no bound to check; the farthest cell stands for all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void OfTraces(long asOf, Span<float> row)
    {
        fixed (float* cells = row[.._cells])
        fixed (int* counts = _tallies.Windows)
        fixed (double* sums = _tallies.SumWindows)
        fixed (long* latest = _tallies.Latest)
        fixed (Vector256<double>* groups = _tallies.Decays)
        {
            var decays = (double*)groups;
            foreach (var (cell, index) in _counts)
                cells[cell] = counts[index];
            foreach (var (cell, index) in _decays)
                cells[cell] = (float)decays[index];
            foreach (var (cell, index) in _sums)
                cells[cell] = (float)sums[index];
            foreach (var (cell, slot) in _recencies)
                cells[cell] = Days(asOf, latest[slot]);
            foreach (var (cell, part, all, none) in _shares)
                cells[cell] = Ratio(counts[part], counts[all] - counts[none]);
        }
        foreach (var (cell, column) in _others)
            row[cell] = OfTraces(_plan.Planned[column], asOf);
    }

    void FillOfTraces(Span<float> cells)
    {
        for (var column = 0; column < _plan.Planned.Length; column++)
            cells[column * FeatureRows.TileRows] = float.NaN;
    }

    static bool IsCount(Measure measure) =>
        measure
            is Measure.Count
                or Measure.ActiveDays
                or Measure.Sessions
                or Measure.Automated
                or Measure.Kinds
                or Measure.Channels
                or Measure.Themes
                or Measure.Municipalities;

    Gather[] Gathers(Func<Measure, bool> where, Func<PlannedFeature, int> index) =>
        Array.ConvertAll(Columns(where), c => c with { Index = index(_plan.Planned[c.Index]) });

    // the index is the column itself
    Gather[] Columns(Func<Measure, bool> where) =>
        [
            .. Enumerable
                .Range(0, _plan.Planned.Length)
                .Where(column => where(_plan.Planned[column].Measure))
                .Select(column => new Gather(column * FeatureRows.TileRows, column)),
        ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    float OfTraces(in PlannedFeature f, long asOf)
    {
        unchecked
        {
            return f.Measure switch
            {
                Measure.Last => _tallies.LastAt[f.Slot] == Tallies.Never ? float.NaN : _tallies.LastValue[f.Slot],
                Measure.Trend => Trend(_tallies.Windows[f.Ring * _width], _tallies.Windows[f.WiderRing * _width]),
                Measure.Tenure => Days(asOf, _tallies.First),
                Measure.SameMonth => Ratio(_tallies.SameMonth, _tallies.Counts[SlotTable.Whole]),
                Measure.DeclaredMunicipality => _tallies.DeclaredSlot == 0
                    ? float.NaN
                    : _tallies.DeclaredSlot - _plan.Slots.Range(Dimension.Municipality).First - 1,
                _ => throw new InvalidOperationException($"{f.Measure} is not worked out by itself."),
            };
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    // traces of the window over the mean of the three windows of the same length before it
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Trend(int window, int wider) => wider == window ? float.NaN : (float)(3.0 * window / (wider - window));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Ratio(int part, int whole) => whole == 0 ? float.NaN : (float)((double)part / whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Days(long asOf, long at) =>
        at == Tallies.Never ? float.NaN : (float)(unchecked(asOf - at) / (double)LocalCalendar.Day);

    /// <summary>A cell of the row and where its number is taken from.</summary>
    readonly record struct Gather(int Cell, int Index);

    readonly record struct Share(int Cell, int Part, int All, int None);
}
