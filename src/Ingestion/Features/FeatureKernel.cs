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

    // the walk's state: the window that begins next, and the trace of a person met before
    int _next;
    int _open; // from here down to the next, windows in which nobody has left a trace yet
    long _edge; // µs at which the next window begins
    long _earlierAt;
    long _dayEnd; // µs at which its local day ends
    int _inMonth; // 1 when that day is in the as-of's month
    int _sameMonth;
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
    /// <param name="cells">One value a feature, <see cref="FeatureRows.TileRows"/> cells apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Compute(in TraceRows traces, in ContactProfile profile, long asOf, Span<float> cells)
    {
        _tallies.Clear();
        (_next, _earlierAt, _dayEnd, _edge) = (_ringEnds.Length - 1, NoneYet, long.MinValue, long.MinValue);
        (_open, _inMonth, _sameMonth, _any) = (_next, 0, 0, false);
        var count = Before(traces.At, asOf);
        Walk(_clicks.Mark(traces, count, asOf), count, asOf);
        if (_any)
        {
            while (_next >= 0)
                BeginWindow(asOf);
            _tallies.Latest[SlotTable.Whole] = _earlierAt == NoneYet ? Tallies.Never : _earlierAt;
            _tallies.SameMonth = _sameMonth;
            _tallies.End();
        }
        _writer.Write(profile, asOf, _any, cells);
        return _any;
    }

    // By pointers: every code has a slot and every slot its place in the tallies, so there is no bound to check.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void Walk(in TraceRows traces, int count, long asOf)
    {
        var month = count == 0 ? 0 : _plan.Calendar.MonthOf(asOf);
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
        fixed (Vector256<double>* decays = _tallies.Decays)
        {
            unchecked
            {
                for (var index = 0; index < count; index++)
                {
                    var time = at[index];
                    if (knownAt[index] >= asOf)
                        continue;
                    _any = true;
                    while (time >= _edge)
                        BeginWindow(asOf);
                    if (automated[index] != 0)
                    {
                        counts[_slots + (int)Tally.Automated]++;
                        continue;
                    }
                    var slots = new Slots(
                        slotOf[SlotTable.KindCodes + kind[index]],
                        slotOf[SlotTable.ChannelCodes + channel[index]],
                        slotOf[SlotTable.ThemeCodes + theme[index]],
                        slotOf[SlotTable.MunicipalityCodes + municipality[index]]
                    );
                    Count(counts, latest, slots, time);
                    for (var group = 0; group < _decayed.Length; group++)
                        Decay(decays + (group * _slots), group, asOf - time, slots);
                    if (_anyValues)
                        Add(value[index], time, slots.Kind);
                    if (declares[slots.Kind] & slots.Municipality != _noMunicipality)
                        Declare(time, slots.Municipality);
                    // a trace begins a session when the one before it is more than 30 minutes older, or none
                    counts[_slots + (int)Tally.Sessions] += time - _earlierAt > SessionGap ? 1 : 0;
                    Date(time, month);
                    _earlierAt = time;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Count(int* counts, long* latest, in Slots slots, long time)
    {
        unchecked
        {
            counts[SlotTable.Whole]++;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Date(long time, int month)
    {
        unchecked
        {
            if (time >= _dayEnd)
                BeginDay(time, month);
            else if (_open > _next)
                GoOnWithDay();
            _sameMonth += _inMonth;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void BeginWindow(long asOf)
    {
        unchecked
        {
            _tallies.BeginWindow(_next--);
            _edge = _next < 0 ? long.MaxValue : asOf - _ringEnds[_next];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    unsafe void Decay(Vector256<double>* decays, int group, long age, in Slots slots)
    {
        unchecked
        {
            var weights = _halfLives.Weights(group, age);
            decays[SlotTable.Whole] += weights;
            var dimensions = _decayed[group];
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

    // Whether there is a value is a matter of chance, so the processor is not made to guess: the mask is all ones or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Add(float value, long at, int kind)
    {
        unchecked
        {
            var bits = BitConverter.SingleToInt32Bits(value);
            var mask = ((bits & int.MaxValue) - Infinity - 1) >> 31;
            _tallies.Sums[kind] += BitConverter.Int32BitsToSingle(bits & mask);
            ref var lastAt = ref _tallies.LastAt[kind];
            ref var last = ref Unsafe.As<float, int>(ref _tallies.LastValue[kind]);
            if (lastAt == at)
                bits = BitConverter.SingleToInt32Bits(Math.Max(value, BitConverter.Int32BitsToSingle(last)));
            last = (bits & mask) | (last & ~mask);
            lastAt += (at - lastAt) & mask;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void BeginDay(long at, int month)
    {
        unchecked
        {
            var day = _plan.Calendar.DayOf(at, out _dayEnd);
            _inMonth = _plan.Calendar.MonthOfDay(day) == month ? 1 : 0;
            _tallies.Counts[_slots + (int)Tally.Days]++;
            if (_earlierAt == NoneYet)
                _tallies.First = at;
            _open = _next;
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
