using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Reads a row's values off the tallies: each measure's formula and when it is NaN.</summary>
/// <remarks>
/// A contact without any known trace has NaN everywhere but in the register's columns. With traces, counts and sums
/// are 0 or more; a recency, last value, share or trend without anything to measure is NaN.
/// Everything is laid out once, measure by measure; counts of windows that hold nothing are not even looked up.
/// </remarks>
sealed class RowWriter
{
    readonly LocalCalendar _calendar;
    readonly Tallies _tallies;
    readonly int _cells; // from the first cell of a row to behind its last
    readonly int _columns;
    readonly int _municipalities; // the slot of the first one
    readonly Gather[][] _counts; // by window
    readonly Gather[] _decays;
    readonly Gather[] _recencies;
    readonly Gather[] _sums;
    readonly Gather[] _lasts;
    readonly Share[] _shares;
    readonly Trend[] _trends;

    // the cells of measures that a plan has once or not at all
    readonly int[] _tenure;
    readonly int[] _sameMonth;
    readonly int[] _declared;
    readonly int[] _country;
    readonly int[] _language;
    readonly int[] _householdSize;
    readonly int[] _age;
    readonly int[] _registered;

    (long AsOf, int Year) _year = (long.MinValue, 0);

    public RowWriter(FeaturePlan plan, Tallies tallies)
    {
        (_calendar, _tallies) = (plan.Calendar, tallies);
        var (slots, width) = (plan.Slots.Total, Tallies.Width(plan));
        _columns = plan.Planned.Length;
        _cells = ((_columns - 1) * FeatureRows.TileRows) + 1;
        _municipalities = plan.Slots.Range(Dimension.Municipality).First + 1;
        _counts = new Gather[plan.RingEnds.Length][];
        for (var ring = 0; ring < _counts.Length; ring++)
            _counts[ring] = Each(
                f => IsCount(f.Measure) && f.Ring == ring,
                (cell, f) => Of(cell, (ring * width) + f.Slot)
            );
        _decays = Each(
            f => f.Measure == Measure.Decay,
            (cell, f) =>
                Of(
                    cell,
                    ((((f.HalfLife / HalfLives.Lanes) * slots) + f.Slot) * HalfLives.Lanes)
                        + (f.HalfLife % HalfLives.Lanes)
                )
        );
        _recencies = Each(f => f.Measure == Measure.Recency, (cell, f) => Of(cell, f.Slot));
        _sums = Each(f => f.Measure == Measure.Sum, (cell, f) => Of(cell, (f.Ring * slots) + f.Slot));
        _lasts = Each(f => f.Measure == Measure.Last, (cell, f) => Of(cell, f.Slot));
        _shares = Each(
            f => f.Measure == Measure.Share,
            (cell, f) => new Share(cell, (f.Ring * width) + f.Slot, f.Ring * width, (f.Ring * width) + f.NoneSlot)
        );
        _trends = Each(
            f => f.Measure == Measure.Trend,
            (cell, f) => new Trend(cell, f.Ring * width, f.WiderRing * width)
        );
        _tenure = Cells(Measure.Tenure);
        _sameMonth = Cells(Measure.SameMonth);
        _declared = Cells(Measure.DeclaredMunicipality);
        _country = Cells(Measure.Country);
        _language = Cells(Measure.Language);
        _householdSize = Cells(Measure.HouseholdSize);
        _age = Cells(Measure.Age);
        _registered = Cells(Measure.Registered);

        int[] Cells(Measure measure) => Each(f => f.Measure == measure, (cell, _) => cell);

        T[] Each<T>(Func<PlannedFeature, bool> where, Func<int, PlannedFeature, T> make)
        {
            List<T> each = [];
            for (var column = 0; column < _columns; column++)
            {
                if (where(plan.Planned[column]))
                    each.Add(make(column * FeatureRows.TileRows, plan.Planned[column]));
            }
            return [.. each];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in ContactProfile profile, long asOf, bool anyTrace, Span<float> cells)
    {
        if (anyTrace)
            OfTraces(asOf, cells);
        else
            FillOfTraces(cells);
        OfContact(profile, asOf, cells);
    }

    // Every index was laid out for these arrays, so that there is no bound to check; the farthest cell stands for all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void OfTraces(long asOf, Span<float> row)
    {
        fixed (float* cells = row[.._cells])
        fixed (int* counts = _tallies.Windows)
        fixed (double* sums = _tallies.SumWindows)
        fixed (long* latest = _tallies.Latest)
        fixed (long* lastAt = _tallies.LastAt)
        fixed (float* lastValue = _tallies.LastValue)
        fixed (Vector256<double>* groups = _tallies.Decays)
        {
            var decays = (double*)groups;
            for (var ring = 0; ring < _tallies.EmptyWindows; ring++)
            {
                foreach (var (cell, _) in _counts[ring])
                    cells[cell] = 0;
            }
            for (var ring = _tallies.EmptyWindows; ring < _counts.Length; ring++)
            {
                foreach (var (cell, index) in _counts[ring])
                    cells[cell] = counts[index];
            }
            foreach (var (cell, index) in _decays)
                cells[cell] = (float)decays[index];
            foreach (var (cell, index) in _sums)
                cells[cell] = (float)sums[index];
            foreach (var (cell, slot) in _recencies)
                cells[cell] = Days(asOf, latest[slot]);
            foreach (var (cell, slot) in _lasts)
                cells[cell] = NaNIf(lastAt[slot] == Tallies.Never, lastValue[slot]);
            foreach (var (cell, part, all, none) in _shares)
                cells[cell] = Ratio(counts[part], counts[all] - counts[none]);
            // traces of the window over the mean of the three windows of the same length before it
            foreach (var (cell, window, wider) in _trends)
            {
                var before = counts[wider] - counts[window];
                cells[cell] = before == 0 ? float.NaN : (float)(3.0 * counts[window] / before);
            }
            foreach (var cell in _tenure)
                cells[cell] = Days(asOf, _tallies.First);
            foreach (var cell in _sameMonth)
                cells[cell] = Ratio(_tallies.SameMonth, _tallies.Counts[SlotTable.Whole]);
            foreach (var cell in _declared)
                cells[cell] = NaNIf(_tallies.DeclaredSlot == 0, _tallies.DeclaredSlot - _municipalities);
        }
    }

    void FillOfTraces(Span<float> cells)
    {
        for (var column = 0; column < _columns; column++)
            cells[column * FeatureRows.TileRows] = float.NaN;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void OfContact(in ContactProfile profile, long asOf, Span<float> cells)
    {
        foreach (var cell in _country)
            cells[cell] = profile.Country;
        foreach (var cell in _language)
            cells[cell] = profile.Language;
        foreach (var cell in _householdSize)
            cells[cell] = profile.HouseholdSize;
        foreach (var cell in _age)
            cells[cell] = YearOf(asOf) - profile.BirthYear;
        foreach (var cell in _registered)
            cells[cell] = profile.RegisteredAt < asOf ? Days(asOf, profile.RegisteredAt) : float.NaN;
    }

    // rows of one instant follow each other
    int YearOf(long asOf)
    {
        if (_year.AsOf != asOf)
            _year = (asOf, _calendar.YearOf(asOf));
        return _year.Year;
    }

    static bool IsCount(Measure measure) => measure == Measure.Count || FeaturePlan.TallyOf(measure) is not null;

    // nothing of nothing is NaN
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Ratio(int part, int whole) => (float)((double)part / whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Days(long asOf, long at) =>
        NaNIf(at == Tallies.Never, (float)(unchecked(asOf - at) / (double)LocalCalendar.Day));

    // Which of a contact's cells are missing is a matter of chance, so the processor is not made to guess.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float NaNIf(bool missing, float value)
    {
        var mask = -(missing ? 1 : 0);
        var bits = BitConverter.SingleToInt32Bits(value);
        return BitConverter.Int32BitsToSingle((bits & ~mask) | (BitConverter.SingleToInt32Bits(float.NaN) & mask));
    }

    static Gather Of(int cell, int index) => new((uint)cell, (uint)index);

    /// <summary>A cell of the row and where its number is taken from; without a sign, an index needs no widening.</summary>
    readonly record struct Gather(uint Cell, uint Index);

    readonly record struct Share(int Cell, int Part, int All, int None);

    readonly record struct Trend(int Cell, int Window, int Wider);
}
