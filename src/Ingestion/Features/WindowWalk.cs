using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>Walks a contact's traces once, the earliest first: counts them window by window, their days and sessions.</summary>
/// <remarks>What counts as a person's is put into <see cref="MetTraces"/> for what follows.</remarks>
sealed unsafe class WindowWalk
{
    const long SessionGap = 30 * 60 * 1_000_000L;

    /// <summary>So far in the past that everything lies a session's gap behind it.</summary>
    const long NoneYet = long.MinValue / 2;

    /// <summary>Bits of infinity: above them, the sign left out, is NaN.</summary>
    const int Infinity = 0x7F80_0000;

    readonly FeaturePlan _plan;
    readonly Tallies _tallies;
    readonly MetTraces _met;
    readonly long[] _ringEnds;
    readonly ushort[] _slotOf;
    readonly byte[] _speaks; // by slot of a kind: 1 when the kind declares
    readonly int _noValue; // what a value's bits are or-ed with: all ones when no feature needs values
    readonly int _sessions;
    readonly int _days;
    readonly int _automated;

    int _next; // the window that begins next
    int _open; // from here down to the next, windows in which the day has not been counted yet
    bool _any;

    public WindowWalk(FeaturePlan plan, Tallies tallies, MetTraces met)
    {
        (_plan, _tallies, _met, _ringEnds) = (plan, tallies, met, plan.RingEnds);
        _slotOf = Pinned.Array<ushort>(plan.Slots.OfCodes.Length);
        plan.Slots.OfCodes.CopyTo(_slotOf, 0);
        _speaks = Pinned.Array<byte>(plan.Slots.Total);
        foreach (var slot in plan.DeclaringSlots)
            _speaks[slot] = 1;
        _noValue = plan.AnyValues ? 0 : -1;
        _sessions = plan.Slots.Total + (int)Tally.Sessions;
        _days = plan.Slots.Total + (int)Tally.Days;
        _automated = plan.Slots.Total + (int)Tally.Automated;
    }

    /// <summary>Tallies the first traces of a contact; says whether any of them was known at the instant.</summary>
    /// <param name="count">How many traces lie before the instant.</param>
    /// <param name="asOf">µs since 1970.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Go(in TraceRows traces, int count, long asOf)
    {
        _met.Begin(count);
        _next = _ringEnds.Length - 1;
        _any = false;
        if (count > 0)
            Walk(traces, count, asOf);
        if (!_any)
            return false;
        while (_next >= 0)
            _tallies.BeginWindow(_next--);
        _tallies.Latest[SlotTable.Whole] = _met.Count == 0 ? Tallies.Never : _met.At[_met.Count - 1];
        return true;
    }

    // By pointers: every code has a slot and every slot its place in the tallies, so there is no bound to check. What
    // happens once in many traces is left to calls, and all else is kept short, so that most of it stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Walk(in TraceRows traces, int count, long asOf)
    {
        var (month, inMonth, sameMonth, sessions) = (_plan.Calendar.MonthOf(asOf), 0, 0, 0);
        var (earlier, edge, dayEnd, restOfDay) = (NoneYet, long.MinValue, long.MinValue, long.MinValue);
        var (met, saying, noValue) = (0, 0, _noValue);
        var metAt = _met.At;
        var metSlots = _met.Slots;
        var sayings = _met.Saying;
        var counts = Pinned.Start(_tallies.Counts);
        var slotOf = Pinned.Start(_slotOf);
        var speaks = Pinned.Start(_speaks);
        fixed (long* at = traces.At)
        fixed (long* knownAt = traces.KnownAt)
        fixed (ushort* kinds = traces.Kind)
        fixed (ushort* channels = traces.Channel)
        fixed (ushort* themes = traces.Theme)
        fixed (ushort* municipalities = traces.Municipality)
        fixed (float* values = traces.Value)
        fixed (byte* automated = traces.Automated)
        {
            unchecked
            {
                for (nint index = 0; index < count; index++)
                {
                    var time = at[index];
                    if (knownAt[index] >= asOf)
                        continue;
                    if (time >= edge)
                    {
                        (counts[SlotTable.Whole], counts[_sessions]) = (met, sessions);
                        edge = BeginWindows(time, asOf);
                        // the day that has begun may go on in the window: its next trace has a second look
                        (restOfDay, dayEnd) = (Math.Max(restOfDay, dayEnd), long.MinValue);
                    }
                    if (automated[index] != 0)
                    {
                        counts[_automated]++;
                        continue;
                    }
                    nuint kind = slotOf[SlotTable.KindCodes + (nuint)kinds[index]];
                    nuint channel = slotOf[SlotTable.ChannelCodes + (nuint)channels[index]];
                    nuint theme = slotOf[SlotTable.ThemeCodes + (nuint)themes[index]];
                    nuint municipality = slotOf[SlotTable.MunicipalityCodes + (nuint)municipalities[index]];
                    counts[kind]++;
                    counts[channel]++;
                    counts[theme]++;
                    counts[municipality]++;
                    metAt[met] = time;
                    metSlots[met++] = kind | (channel << 16) | (theme << 32) | (municipality << 48);
                    // kept or written over by the next: whether there is a value is a matter of chance
                    sayings[saying] = (int)index;
                    var bits = (((int*)values)[index] | noValue) & int.MaxValue;
                    saying += (bits <= Infinity ? 1 : 0) | speaks[kind];
                    // a trace begins a session when the one before it is more than 30 minutes older, or none
                    sessions += time - earlier > SessionGap ? 1 : 0;
                    earlier = time;
                    if (time >= dayEnd)
                    {
                        if (time < restOfDay)
                            dayEnd = GoOnWithDay(restOfDay);
                        else
                            inMonth = BeginDay(time, month, met == 1, out dayEnd);
                        restOfDay = long.MinValue;
                    }
                    sameMonth += inMonth;
                }
                (counts[SlotTable.Whole], counts[_sessions]) = (met, sessions);
            }
        }
        (_met.Count, _met.SayingCount, _tallies.SameMonth) = (met, saying, sameMonth);
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

    /// <summary>Begins a local day; 1 when it is in the as-of's month.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int BeginDay(long at, int month, bool isFirst, out long end)
    {
        unchecked
        {
            var day = _plan.Calendar.DayOf(at, out end);
            _tallies.Counts[_days]++;
            if (isFirst)
                _tallies.First = at;
            _open = _next;
            return _plan.Calendar.MonthOfDay(day) == month ? 1 : 0;
        }
    }

    // a trace of a day that has begun before one or more windows: the first in them
    long GoOnWithDay(long end)
    {
        for (; _open > _next; _open--)
            _tallies.AddDay(_open);
        return end;
    }
}
