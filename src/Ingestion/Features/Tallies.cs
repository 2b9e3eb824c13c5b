using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>What a contact's traces add up to; a kernel's scratch, reused row after row.</summary>
/// <remarks>
/// <c>Counts[slot]</c> counts what was met so far, the earliest traces first; behind the slots stand the numbers of
/// <see cref="Tally"/>. At a window's edge a copy is put aside: a window holds the whole less what was met before it,
/// <c>Counts[slot] - Before[ring * width + slot]</c>. <c>Decays[group * slots + slot]</c> holds four
/// half-lives. Sums are not taken from each other, or a rest would remain where there is nothing: they are put aside
/// stretch by stretch and added up from the latest, <c>SumWindows[ring * slots + slot]</c>.
/// </remarks>
sealed class Tallies
{
    public const long Never = long.MinValue;

    const int Lanes = 8; // of a vector of counts

    readonly int _slots;
    readonly int _width;
    readonly int[] _sumRings;
    readonly bool[] _countsDifferent;
    readonly Eight[] _different;
    readonly (int First, int Count) _kinds;
    readonly int[] _decayedSlots; // by group of half-lives, slots up to the last that may have decayed traces
    int _nextSum; // index into _sumRings of the window that begins next

    public Tallies(FeaturePlan plan)
    {
        var rings = plan.RingEnds.Length;
        _slots = plan.Slots.Total;
        _width = Width(plan);
        _sumRings = plan.SumRings;
        _countsDifferent = plan.CountsDifferent;
        _kinds = plan.Slots.Range(Dimension.Kind);
        _different =
        [
            .. Eights(Tally.Kinds, plan.Slots.Range(Dimension.Kind)),
            .. Eights(Tally.Channels, plan.Slots.Range(Dimension.Channel)),
            .. Eights(Tally.Themes, plan.Slots.Range(Dimension.Theme)),
            .. Eights(Tally.Municipalities, plan.Slots.Range(Dimension.Municipality)),
        ];
        _decayedSlots = [.. plan.DecayedDimensions.Select(decayed => DecayedSlots(plan.Slots, decayed))];
        Counts = new int[_width + Lanes];
        Before = new int[(rings * _width) + Lanes];
        Sums = new double[Whole(_kinds.First + _kinds.Count, Vector256<double>.Count)];
        SumWindows = new double[rings * _slots];
        Decays = new Vector256<double>[plan.DecayedDimensions.Length * _slots];
        Latest = new long[Whole(_slots, Vector256<long>.Count) + Vector256<float>.Count];
        LastAt = new long[_slots + Vector256<long>.Count];
        LastValue = new float[_slots];
        LastAt.AsSpan().Fill(Never);
    }

    // a dimension's slots but that of traces without a value, cut into vectors as the counts are
    static IEnumerable<Eight> Eights(Tally tally, (int First, int Count) slots)
    {
        var (first, end) = (slots.First + 1, slots.First + slots.Count);
        for (var begin = first / Lanes * Lanes; begin < end; begin += Lanes)
        {
            var mask = 0u;
            for (var slot = Math.Max(begin, first); slot < Math.Min(begin + Lanes, end); slot++)
                mask |= 1u << (slot - begin);
            yield return new Eight(tally, begin, mask);
        }
    }

    static int DecayedSlots(SlotTable slots, DecayedDimension decayed)
    {
        var end = SlotTable.Whole + 1;
        foreach (var dimension in FeaturePlan.Decayable)
        {
            if ((decayed & FeaturePlan.Flag(dimension)) != DecayedDimension.None)
                end = slots.Range(dimension).First + slots.Range(dimension).Count;
        }
        return end;
    }

    /// <summary>Traces of people by slot, and the numbers behind; a vector may be read from any of them.</summary>
    public int[] Counts { get; }

    /// <summary>By ring, what of <see cref="Counts"/> was met before its window.</summary>
    public int[] Before { get; }

    /// <summary>Sums of values by slot of a kind, since the last edge of a window that is asked for sums.</summary>
    public double[] Sums { get; }
    public double[] SumWindows { get; }
    public Vector256<double>[] Decays { get; }

    /// <summary>Instant of the latest trace by slot.</summary>
    public long[] Latest { get; }

    /// <summary>Instant and value of the latest trace with a value, by slot of its kind.</summary>
    public long[] LastAt { get; }
    public float[] LastValue { get; }

    /// <summary>Traces in the as-of's month of the year.</summary>
    public int SameMonth { get; set; }

    /// <summary>Instant of the first trace.</summary>
    public long First { get; set; }
    public long DeclaredAt { get; set; }
    public int DeclaredSlot { get; set; }

    /// <summary>Numbers of a window, filled up to whole vectors.</summary>
    public static int Width(FeaturePlan plan) => Whole(plan.Slots.Total + FeaturePlan.TallyNumbers, Lanes);

    static int Whole(int numbers, int lanes) => (numbers + lanes - 1) / lanes * lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Clear()
    {
        Fill(Counts, Counts.Length, Vector256<int>.Zero);
        Fill(Latest, Latest.Length, Vector256.Create(Never));
        for (var group = 0; group < _decayedSlots.Length; group++)
        {
            foreach (ref var decay in Decays.AsSpan(group * _slots, _decayedSlots[group]))
                decay = Vector256<double>.Zero;
        }
        if (_sumRings.Length > 0)
            Fill(Sums, Sums.Length, Vector256<double>.Zero);
        Fill(LastAt, _kinds.First + _kinds.Count, Vector256.Create(Never));
        First = DeclaredAt = Never;
        DeclaredSlot = SameMonth = 0;
        _nextSum = _sumRings.Length - 1;
    }

    // a few vectors, for which calling the runtime takes longer than it takes
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fill<T>(T[] array, int count, Vector256<T> with)
    {
        ref var first = ref array.AsSpan(0, Whole(count, Vector256<T>.Count))[0];
        for (var index = 0; index < count; index += Vector256<T>.Count)
            with.StoreUnsafe(ref first, (nuint)index);
    }

    /// <summary>A window begins: what was met so far is not in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginWindow(int ring)
    {
        ref var before = ref Before.AsSpan(ring * _width, _width)[0];
        ref var counts = ref Counts[0];
        for (var index = 0; index < _width; index += Lanes)
            Vector256.LoadUnsafe(ref counts, (nuint)index).StoreUnsafe(ref before, (nuint)index);
        if (_nextSum >= 0 && ring == _sumRings[_nextSum])
            PutSumsAside(--_nextSum + 2);
    }

    /// <summary>A day that has begun before a window goes on in it, and counts there too.</summary>
    public void AddDay(int ring) => Before[(ring * _width) + _slots + (int)Tally.Days]--;

    /// <summary>All traces are met: works out what is not counted on the way.</summary>
    /// <param name="open">The widest window that has not begun, as nothing lies in it; -1 is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void End(int open)
    {
        unchecked
        {
            for (var ring = open; ring >= 0; ring--)
                BeginWindow(ring);
            for (var ring = 0; ring < _countsDifferent.Length; ring++)
            {
                if (_countsDifferent[ring])
                    CountDifferent(Before.AsSpan(ring * _width, _width));
            }
            if (_sumRings.Length == 0)
                return;
            PutSumsAside(0);
            for (var index = 1; index < _sumRings.Length; index++)
            {
                var (narrow, wide) = (_sumRings[index - 1] * _slots, _sumRings[index] * _slots);
                for (var kind = _kinds.First; kind < _kinds.First + _kinds.Count; kind++)
                    SumWindows[wide + kind] += SumWindows[narrow + kind];
            }
        }
    }

    // as those of a window without the narrower ones; what is before the widest is dropped
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void PutSumsAside(int index)
    {
        var sums = Sums.AsSpan(_kinds.First, _kinds.Count);
        if (index < _sumRings.Length)
            sums.CopyTo(SumWindows.AsSpan((_sumRings[index] * _slots) + _kinds.First));
        sums.Clear();
    }

    // Nothing else is counted there, so that what a window has of them is taken from nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void CountDifferent(Span<int> before)
    {
        unchecked
        {
            var numbers = before[_slots..];
            foreach (var (tally, slot, mask) in _different)
            {
                var more = Vector256.GreaterThan(
                    Vector256.Create<int>(Counts.AsSpan(slot)),
                    Vector256.Create<int>(before[slot..])
                );
                numbers[(int)tally] -= BitOperations.PopCount(more.ExtractMostSignificantBits() & mask);
            }
        }
    }

    /// <summary>Eight slots, and which of them have a value of a dimension.</summary>
    readonly record struct Eight(Tally Tally, int Slot, uint Mask);
}

/// <summary>Numbers of a window that are not counts of a slot.</summary>
enum Tally
{
    /// <summary>Different local days.</summary>
    Days,

    /// <summary>Sessions begun.</summary>
    Sessions,

    /// <summary>Traces of machines.</summary>
    Automated,

    /// <summary>Different kinds; channels, themes and municipalities likewise.</summary>
    Kinds,
    Channels,
    Themes,
    Municipalities,
}
