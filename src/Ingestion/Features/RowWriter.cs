using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Reads a row's values off the tallies: each measure's formula and when it is NaN.</summary>
/// <remarks>
/// A contact without any known trace has NaN everywhere but in the register's columns. With traces, counts and sums
/// are 0 or more; a recency, last value, share or trend without anything to measure is NaN.
/// A row is written in the order of <see cref="FeaturePlan.Order"/>. Places whose numbers stand side by side in the tallies
/// are written as one vector, which may reach over the places behind: those are written later.
/// </remarks>
sealed class RowWriter
{
    readonly LocalCalendar _calendar;
    readonly Tallies _tallies;
    readonly int _places;
    readonly int _municipalities; // the slot of the first one
    readonly Counts[] _counts;
    readonly Shares[] _shares;
    readonly Gather[] _recencies;
    readonly Gather[] _decays;
    readonly Gather[] _sums;
    readonly Gather[] _lasts;
    readonly Trend[] _trends;

    // the places of measures that a plan has once or not at all
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
        (_calendar, _tallies, _places) = (plan.Calendar, tallies, plan.Order.Length);
        var (slots, width) = (plan.Slots.Total, Tallies.Width(plan));
        _municipalities = plan.Slots.Range(Dimension.Municipality).First + 1;
        _counts = Each(
            f => FeaturePlan.IsCount(f.Measure),
            (place, f) => new Counts((uint)place, (uint)f.Slot, (uint)((f.Ring * width) + f.Slot)),
            Vector256<int>.Count
        );
        _shares = Each(
            f => f.Measure == Measure.Share,
            (place, f) => new Shares(place, f.Slot, f.NoneSlot, f.Ring * width),
            Vector256<float>.Count
        );
        _recencies = Each(f => f.Measure == Measure.Recency, (place, f) => Of(place, f.Slot), Vector256<float>.Count);
        _decays = Each(f => f.Measure == Measure.Decay, (place, f) => Of(place, LaneOf(f, slots)));
        _sums = Each(f => f.Measure == Measure.Sum, (place, f) => Of(place, (f.Ring * slots) + f.Slot));
        _lasts = Each(f => f.Measure == Measure.Last, (place, f) => Of(place, f.Slot));
        _trends = Each(
            f => f.Measure == Measure.Trend,
            (place, f) => new Trend(place, f.Ring * width, f.WiderRing * width)
        );
        _tenure = Places(Measure.Tenure);
        _sameMonth = Places(Measure.SameMonth);
        _declared = Places(Measure.DeclaredMunicipality);
        _country = Places(Measure.Country);
        _language = Places(Measure.Language);
        _householdSize = Places(Measure.HouseholdSize);
        _age = Places(Measure.Age);
        _registered = Places(Measure.Registered);

        int[] Places(Measure measure) => Each(f => f.Measure == measure, (place, _) => place);

        // of places that one vector writes, the first
        T[] Each<T>(Func<PlannedFeature, bool> where, Func<int, PlannedFeature, T> make, int lanes = 1)
        {
            List<T> each = [];
            var begun = -1; // place
            for (var place = 0; place < _places; place++)
            {
                if (
                    !where(At(place))
                    || (begun >= 0 && place - begun < lanes && IsBehind(At(begun), At(place), place - begun))
                )
                    continue;
                each.Add(make(place, At(place)));
                begun = place;
            }
            return [.. each];
        }

        PlannedFeature At(int place) => plan.Planned[plan.Order[place]];
    }

    // whether a feature stands as far behind another in the tallies as in the row
    static bool IsBehind(in PlannedFeature one, in PlannedFeature other, int places) =>
        other.Slot - one.Slot == places && other.Ring == one.Ring && other.NoneSlot == one.NoneSlot;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in ContactProfile profile, long asOf, bool anyTrace, Span<float> cells)
    {
        if (anyTrace)
            OfTraces(asOf, cells);
        else
            cells[.._places].Fill(float.NaN);
        OfContact(profile, asOf, cells);
    }

    // Every index was laid out for these arrays, so that there is no bound to check; the farthest place stands for all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void OfTraces(long asOf, Span<float> row)
    {
        fixed (float* cells = row[..(_places + FeatureTile.Beyond)])
        fixed (int* counts = _tallies.Counts)
        fixed (int* before = _tallies.Before)
        fixed (double* sums = _tallies.SumWindows)
        fixed (long* latest = _tallies.Latest)
        fixed (long* lastAt = _tallies.LastAt)
        fixed (float* lastValue = _tallies.LastValue)
        fixed (Vector256<double>* groups = _tallies.Decays)
        {
            unchecked
            {
                var decays = (double*)groups;
                foreach (var (place, slot, index) in _counts)
                    Floats(counts + slot, before + index).Store(cells + place);
                foreach (var (place, slot, none, ring) in _shares)
                {
                    // exact to 2^24 traces, as counts are; nothing of nothing is NaN
                    var all =
                        counts[SlotTable.Whole] - counts[none] - before[ring + SlotTable.Whole] + before[ring + none];
                    (Floats(counts + slot, before + ring + slot) / Vector256.Create((float)all)).Store(cells + place);
                }
                foreach (var (place, slot) in _recencies)
                    Days(asOf, latest + slot).Store(cells + place);
                foreach (var (place, index) in _decays)
                    cells[place] = (float)decays[index];
                foreach (var (place, index) in _sums)
                    cells[place] = (float)sums[index];
                foreach (var (place, slot) in _lasts)
                    cells[place] = NaNIf(lastAt[slot] == Tallies.Never, lastValue[slot]);
                // traces of the window over the mean of the three windows of the same length before it
                foreach (var (place, window, wider) in _trends)
                {
                    var earlier = before[window] - before[wider];
                    var later = counts[SlotTable.Whole] - before[window];
                    cells[place] = earlier == 0 ? float.NaN : (float)(3.0 * later / earlier);
                }
                foreach (var place in _tenure)
                    cells[place] = Days(asOf, _tallies.First);
                foreach (var place in _sameMonth)
                    cells[place] = Ratio(_tallies.SameMonth, _tallies.Counts[SlotTable.Whole]);
                foreach (var place in _declared)
                    cells[place] = NaNIf(_tallies.DeclaredSlot == 0, _tallies.DeclaredSlot - _municipalities);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector256<float> Floats(int* counts, int* before) =>
        Vector256.ConvertToSingle(Vector256.Load(counts) - Vector256.Load(before));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void OfContact(in ContactProfile profile, long asOf, Span<float> cells)
    {
        foreach (var place in _country)
            cells[place] = profile.Country;
        foreach (var place in _language)
            cells[place] = profile.Language;
        foreach (var place in _householdSize)
            cells[place] = profile.HouseholdSize;
        foreach (var place in _age)
            cells[place] = YearOf(asOf) - profile.BirthYear;
        foreach (var place in _registered)
            cells[place] = profile.RegisteredAt < asOf ? Days(asOf, profile.RegisteredAt) : float.NaN;
    }

    // rows of one instant follow each other
    int YearOf(long asOf)
    {
        if (_year.AsOf != asOf)
            _year = (asOf, _calendar.YearOf(asOf));
        return _year.Year;
    }

    // nothing of nothing is NaN
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Ratio(int part, int whole) => (float)((double)part / whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Days(long asOf, long at) =>
        NaNIf(at == Tallies.Never, (float)(unchecked(asOf - at) / (double)LocalCalendar.Day));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector256<float> Days(long asOf, long* at) =>
        Vector256.Narrow(Days(asOf, Vector256.Load(at)), Days(asOf, Vector256.Load(at + Vector256<long>.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Days(long asOf, Vector256<long> at)
    {
        var days = Vector256.ConvertToDouble(Vector256.Create(asOf) - at) / Vector256.Create((double)LocalCalendar.Day);
        var never = Vector256.Equals(at, Vector256.Create(Tallies.Never)).AsDouble();
        return Vector256.ConditionalSelect(never, Vector256.Create(double.NaN), days);
    }

    // Which of a contact's cells are missing is a matter of chance, so the processor is not made to guess.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float NaNIf(bool missing, float value)
    {
        var mask = -(missing ? 1 : 0);
        var bits = BitConverter.SingleToInt32Bits(value);
        return BitConverter.Int32BitsToSingle((bits & ~mask) | (BitConverter.SingleToInt32Bits(float.NaN) & mask));
    }

    static int LaneOf(in PlannedFeature decay, int slots) =>
        ((((decay.HalfLife / HalfLives.Lanes) * slots) + decay.Slot) * HalfLives.Lanes)
        + (decay.HalfLife % HalfLives.Lanes);

    static Gather Of(int place, int index) => new((uint)place, (uint)index);

    /// <summary>A place of the row and where its number is taken from; without a sign, an index needs no widening.</summary>
    readonly record struct Gather(uint Place, uint Index);

    /// <summary>The first of some counts: its slot, and where what was met before its window begins is.</summary>
    readonly record struct Counts(uint Place, uint Slot, uint Index);

    readonly record struct Shares(int Place, int Slot, int None, int Ring);

    readonly record struct Trend(int Place, int Window, int Wider);
}
