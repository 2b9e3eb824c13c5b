using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Computes all features of a contact as of an instant in one pass over its traces, the earliest first.</summary>
/// <remarks>
/// Only traces with <c>at</c> and <c>known_at</c> strictly before the instant are seen; those of machines,
/// <see cref="MachineClicks"/> among them, count in <c>automated</c> only. Each trace is tallied once whatever the windows
/// (<see cref="Tallies"/>). One kernel a thread: it owns its scratch. What passes for every trace is compiled in full at
/// once, for a night is too short to wait for it.
/// </remarks>
sealed class FeatureKernel
{
    const long SessionGap = 30 * 60 * 1_000_000L;

    /// <summary>So far in the past that everything lies a session's gap behind it.</summary>
    const long NoneYet = long.MinValue / 2;

    /// <summary>Bits of infinity: above them, the sign left out, is NaN.</summary>
    const int Infinity = 0x7F80_0000;

    readonly FeaturePlan _plan;
    readonly Tallies _tallies;
    readonly RowWriter _writer;
    readonly HalfLives _halfLives;
    readonly MachineClicks _clicks;
    readonly DecayedDimension[] _decayed;
    readonly long[] _ringEnds;
    readonly bool _anyValues;
    readonly bool[] _declares; // by slot of a kind
    readonly int _slots;
    readonly int _noMunicipality;

    // the walk's state
    int _next; // the window that begins next
    int _open; // from here down to the next, windows in which nobody has left a trace yet
    long _latest; // µs of a person's latest trace
    bool _any;

    public FeatureKernel(FeaturePlan plan)
    {
        _plan = plan;
        _tallies = new Tallies(plan);
        _writer = new RowWriter(plan, _tallies);
        _halfLives = new HalfLives(plan.HalfLifeDays);
        _clicks = new MachineClicks(plan.Clicks);
        (_decayed, _ringEnds, _anyValues) = (plan.DecayedDimensions, plan.RingEnds, plan.AnyValues);
        _slots = plan.Slots.Total;
        _declares = new bool[_slots];
        foreach (var slot in plan.DeclaringSlots)
            _declares[slot] = true;
        _noMunicipality = plan.Slots.Range(Dimension.Municipality).First;
    }

    /// <summary>Fills a row of the plan's features; says whether any trace was known at the instant.</summary>
    /// <param name="asOf">µs since 1970.</param>
    /// <param name="cells">One value a feature in the plan's order, and cells behind (<see cref="FeatureTile.Beyond"/>).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Compute(in TraceRows traces, in ContactProfile profile, long asOf, Span<float> cells)
    {
        _tallies.Clear();
        _next = _open = _ringEnds.Length - 1;
        _any = false;
        var count = Before(traces.At, asOf);
        Walk(_clicks.Mark(traces, count, asOf), count, asOf);
        if (_any)
        {
            _tallies.Latest[SlotTable.Whole] = _latest == NoneYet ? Tallies.Never : _latest;
            _tallies.End(_next);
        }
        _writer.Write(profile, asOf, _any, cells);
        return _any;
    }

    // By pointers: every code has a slot and every slot its place in the tallies, so there is no bound to check. What
    // every trace changes is kept in locals, for they lie in registers: so it is one long method.
#pragma warning disable MA0051
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void Walk(in TraceRows traces, int count, long asOf)
    {
        var month = count == 0 ? 0 : _plan.Calendar.MonthOf(asOf);
        var (groups, slotCount, anyValues, noMunicipality) = (_decayed.Length, _slots, _anyValues, _noMunicipality);
        var (whole, sessions, sameMonth, inMonth) = (0, 0, 0, 0);
        var (earlier, edge, dayEnd) = (NoneYet, long.MinValue, long.MinValue);
        var (all, decayed) = (Vector256<double>.Zero, groups == 0 ? DecayedDimension.None : _decayed[0]);
        fixed (long* at = traces.At)
        fixed (long* knownAt = traces.KnownAt)
        fixed (ushort* kind = traces.Kind)
        fixed (ushort* channel = traces.Channel)
        fixed (ushort* theme = traces.Theme)
        fixed (ushort* municipality = traces.Municipality)
        fixed (long* latest = _tallies.Latest)
        fixed (ushort* slotOf = _plan.Slots.OfCodes)
        fixed (float* value = traces.Value)
        fixed (byte* automated = traces.Automated)
        fixed (bool* declares = _declares)
        fixed (int* counts = _tallies.Counts)
        fixed (double* sums = _tallies.Sums)
        fixed (long* lastAt = _tallies.LastAt)
        fixed (float* lastValue = _tallies.LastValue)
        fixed (Vector256<double>* decays = _tallies.Decays)
        {
            unchecked
            {
                for (var index = 0; index < count; index++)
                {
                    var time = at[index];
                    if (knownAt[index] >= asOf)
                        continue;
                    if (time >= edge)
                    {
                        (counts[SlotTable.Whole], counts[slotCount + (int)Tally.Sessions]) = (whole, sessions);
                        edge = BeginWindows(time, asOf);
                    }
                    if (automated[index] != 0)
                    {
                        counts[slotCount + (int)Tally.Automated]++;
                        continue;
                    }
                    var slots = new Slots(
                        slotOf[SlotTable.KindCodes + kind[index]],
                        slotOf[SlotTable.ChannelCodes + channel[index]],
                        slotOf[SlotTable.ThemeCodes + theme[index]],
                        slotOf[SlotTable.MunicipalityCodes + municipality[index]]
                    );
                    whole++;
                    Count(counts, latest, slots, time);
                    if (groups != 0)
                    {
                        var weights = _halfLives.Weights(0, asOf - time);
                        all += weights;
                        Decay(decays, weights, decayed, slots);
                        for (var group = 1; group < groups; group++)
                            Decay(decays + (group * slotCount), group, asOf - time, slots);
                    }
                    if (anyValues)
                        Add(value[index], time, sums + slots.Kind, lastAt + slots.Kind, lastValue + slots.Kind);
                    if (declares[slots.Kind] & slots.Municipality != noMunicipality)
                        Declare(time, slots.Municipality);
                    // a trace begins a session when the one before it is more than 30 minutes older, or none
                    sessions += time - earlier > SessionGap ? 1 : 0;
                    if (time >= dayEnd)
                        inMonth = BeginDay(time, month, earlier == NoneYet, out dayEnd);
                    else if (_open > _next)
                        GoOnWithDay();
                    sameMonth += inMonth;
                    earlier = time;
                }
                (counts[SlotTable.Whole], counts[slotCount + (int)Tally.Sessions]) = (whole, sessions);
                if (groups != 0)
                    decays[SlotTable.Whole] = all;
            }
        }
        (_latest, _tallies.SameMonth) = (earlier, sameMonth);
    }
#pragma warning restore MA0051

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Count(int* counts, long* latest, in Slots slots, long time)
    {
        unchecked
        {
            counts[slots.Kind]++;
            counts[slots.Channel]++;
            counts[slots.Theme]++;
            counts[slots.Municipality]++;
            latest[slots.Kind] = time;
            latest[slots.Channel] = time;
            latest[slots.Theme] = time;
            latest[slots.Municipality] = time;
        }
    }

    /// <summary>Begins all windows up to the one that an instant lies in; says at which instant the next begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    long BeginWindows(long time, long asOf)
    {
        unchecked
        {
            var edge = _any ? asOf - _ringEnds[_next] : long.MinValue;
            _any = true;
            while (time >= edge)
            {
                _tallies.BeginWindow(_next--);
                edge = _next < 0 ? long.MaxValue : asOf - _ringEnds[_next];
            }
            return edge;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Decay(
        Vector256<double>* decays,
        Vector256<double> weights,
        DecayedDimension dimensions,
        in Slots slots
    )
    {
        unchecked
        {
            if ((dimensions & DecayedDimension.Kind) != DecayedDimension.None)
                decays[slots.Kind] += weights;
            if ((dimensions & DecayedDimension.Channel) != DecayedDimension.None)
                decays[slots.Channel] += weights;
            if ((dimensions & DecayedDimension.Theme) != DecayedDimension.None)
                decays[slots.Theme] += weights;
            if ((dimensions & DecayedDimension.Municipality) != DecayedDimension.None)
                decays[slots.Municipality] += weights;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    unsafe void Decay(Vector256<double>* decays, int group, long age, in Slots slots)
    {
        unchecked
        {
            var weights = _halfLives.Weights(group, age);
            decays[SlotTable.Whole] += weights;
            Decay(decays, weights, _decayed[group], slots);
        }
    }

    // Whether there is a value is a matter of chance, so the processor is not made to guess: the mask is all ones or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Add(float value, long at, double* sum, long* lastAt, float* lastValue)
    {
        unchecked
        {
            var bits = BitConverter.SingleToInt32Bits(value);
            var mask = ((bits & int.MaxValue) - Infinity - 1) >> 31;
            *sum += BitConverter.Int32BitsToSingle(bits & mask);
            var last = BitConverter.SingleToInt32Bits(*lastValue);
            if (*lastAt == at)
                bits = BitConverter.SingleToInt32Bits(Math.Max(value, *lastValue));
            *lastValue = BitConverter.Int32BitsToSingle((bits & mask) | (last & ~mask));
            *lastAt += (at - *lastAt) & mask;
        }
    }

    // the last one, and of one instant the largest
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Declare(long at, int municipality)
    {
        _tallies.DeclaredSlot =
            at == _tallies.DeclaredAt ? Math.Max(_tallies.DeclaredSlot, municipality) : municipality;
        _tallies.DeclaredAt = at;
    }

    /// <summary>Begins a local day; 1 when it is in the as-of's month.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int BeginDay(long at, int month, bool isFirst, out long end)
    {
        unchecked
        {
            var day = _plan.Calendar.DayOf(at, out end);
            _tallies.Counts[_slots + (int)Tally.Days]++;
            if (isFirst)
                _tallies.First = at;
            _open = _next;
            return _plan.Calendar.MonthOfDay(day) == month ? 1 : 0;
        }
    }

    // the first trace in a window, on a day that began before it
    void GoOnWithDay()
    {
        for (; _open > _next; _open--)
            _tallies.AddDay(_open);
    }

    // the number of traces with at < asOf
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Before(ReadOnlySpan<long> at, long asOf)
    {
        unchecked
        {
            if (at.Length == 0 || at[^1] < asOf)
                return at.Length;
            var (low, high) = (0, at.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (at[middle] < asOf)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }

    /// <summary>Where a trace is counted.</summary>
    readonly record struct Slots(int Kind, int Channel, int Theme, int Municipality);
}
