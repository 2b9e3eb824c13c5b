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
    readonly Source[][] _sources; // by measure, all that are counted under Count
    (long AsOf, int Year) _year = (long.MinValue, 0);

    public RowWriter(FeaturePlan plan, Tallies tallies)
    {
        (_calendar, _tallies, _places) = (plan.Calendar, tallies, plan.Order.Length);
        _municipalities = plan.Slots.Range(Dimension.Municipality).First + 1;
        var (slots, width) = (plan.Slots.Total, Tallies.Width(plan));
        var sources = new List<Source>[(int)Measure.Registered + 1];
        for (var measure = 0; measure < sources.Length; measure++)
            sources[measure] = [];
        var begun = 0; // the place that a vector begins at
        for (var place = 0; place < _places; place++)
        {
            var (first, feature) = (plan.Planned[plan.Order[begun]], plan.Planned[plan.Order[place]]);
            if (place > begun && place - begun < Lanes(feature.Measure) && IsBehind(first, feature, place - begun))
                continue;
            begun = place;
            sources[(int)OrCount(feature.Measure)].Add(SourceOf(place, feature, slots, width));
        }
        _sources = Array.ConvertAll(sources, own => own.ToArray());
    }

    // how many places one vector writes
    static int Lanes(Measure measure) =>
        OrCount(measure) is Measure.Count or Measure.Share or Measure.Recency ? Vector256<float>.Count : 1;

    static Measure OrCount(Measure measure) => FeaturePlan.IsCount(measure) ? Measure.Count : measure;

    // whether a feature stands as far behind another in the tallies as in the row
    static bool IsBehind(in PlannedFeature one, in PlannedFeature other, int places) =>
        other.Slot - one.Slot == places
        && other.Ring == one.Ring
        && other.NoneSlot == one.NoneSlot
        && OrCount(other.Measure) == OrCount(one.Measure);

    static Source SourceOf(int place, in PlannedFeature feature, int slots, int width) =>
        feature.Measure switch
        {
            Measure.Decay => new Source(
                place,
                ((((feature.HalfLife / HalfLives.Lanes) * slots) + feature.Slot) * HalfLives.Lanes)
                    + (feature.HalfLife % HalfLives.Lanes)
            ),
            Measure.Sum => new Source(place, (feature.Ring * slots) + feature.Slot),
            Measure.Trend => new Source(place, feature.Ring * width, feature.WiderRing * width),
            _ => new Source(place, feature.Slot, feature.NoneSlot, feature.Ring * width),
        };

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
                foreach (var (place, slot, _, ring) in Of(Measure.Count))
                    Floats(counts + slot, before + ring + slot).Store(cells + place);
                foreach (var (place, slot, none, ring) in Of(Measure.Share))
                {
                    // exact to 2^24 traces, as counts are; nothing of nothing is NaN
                    var all =
                        counts[SlotTable.Whole] - counts[none] - before[ring + SlotTable.Whole] + before[ring + none];
                    (Floats(counts + slot, before + ring + slot) / Vector256.Create((float)all)).Store(cells + place);
                }
                foreach (var (place, slot, _, _) in Of(Measure.Recency))
                    Days(asOf, latest + slot).Store(cells + place);
                foreach (var (place, index, _, _) in Of(Measure.Decay))
                    cells[place] = (float)decays[index];
                foreach (var (place, index, _, _) in Of(Measure.Sum))
                    cells[place] = (float)sums[index];
                foreach (var (place, slot, _, _) in Of(Measure.Last))
                    cells[place] = NaNIf(lastAt[slot] == Tallies.Never, lastValue[slot]);
                // traces of the window over the mean of the three windows of the same length before it
                foreach (var (place, window, wider, _) in Of(Measure.Trend))
                {
                    var earlier = before[window] - before[wider];
                    var later = counts[SlotTable.Whole] - before[window];
                    cells[place] = earlier == 0 ? float.NaN : (float)(3.0 * later / earlier);
                }
                foreach (var (place, _, _, _) in Of(Measure.Tenure))
                    cells[place] = Days(asOf, _tallies.First);
                foreach (var (place, _, _, _) in Of(Measure.SameMonth))
                    cells[place] = Ratio(_tallies.SameMonth, _tallies.Counts[SlotTable.Whole]);
                foreach (var (place, _, _, _) in Of(Measure.DeclaredMunicipality))
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
        foreach (var (place, _, _, _) in Of(Measure.Country))
            cells[place] = profile.Country;
        foreach (var (place, _, _, _) in Of(Measure.Language))
            cells[place] = profile.Language;
        foreach (var (place, _, _, _) in Of(Measure.HouseholdSize))
            cells[place] = profile.HouseholdSize;
        foreach (var (place, _, _, _) in Of(Measure.Age))
            cells[place] = YearOf(asOf) - profile.BirthYear;
        foreach (var (place, _, _, _) in Of(Measure.Registered))
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ReadOnlySpan<Source> Of(Measure measure) => _sources[(int)measure];

    /// <summary>A place, or the first of some, and where its number is taken from.</summary>
    /// <param name="Index">The slot, or for decays, sums and trends the index in their array.</param>
    /// <param name="Other">Shares: the slot of traces without a value; trends: the index of the wider window.</param>
    /// <param name="Ring">Where what was met before the window begins.</param>
    readonly record struct Source(int Place, int Index, int Other = 0, int Ring = 0);
}
