using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>Computes all features of a contact as of an instant in one pass over its traces, the latest first.</summary>
/// <remarks>
/// Only traces with <c>at</c> and <c>known_at</c> strictly before the instant are seen; those of machines count in
/// <c>automated</c> only. Backwards, what was met until a window's edge is what the window holds. One kernel a thread: it
/// owns its scratch.
/// </remarks>
sealed class FeatureKernel
{
    const long SessionGap = 30 * 60 * 1_000_000L;

    /// <summary>So far in the past that nothing lies a session's gap before it.</summary>
    const long NoneYet = long.MinValue / 2;

    readonly FeaturePlan _plan;
    readonly Tallies _tallies;
    readonly RowWriter _writer;
    readonly bool[] _declares; // by slot of a kind
    readonly int _noMunicipality;

    // the walk's state: the window it is in, and the trace of a person met before (a later one)
    int _ring;
    int _openRing; // the first window whose earliest trace is not yet known to begin a session or not
    long _laterAt;
    long _dayStart; // µs at which its local day begins
    int _inMonth; // 1 when that day is in the as-of's month
    int _days;
    int _sessions;
    int _automated;
    bool _any;

    public FeatureKernel(FeaturePlan plan)
    {
        _plan = plan;
        _tallies = new Tallies(plan);
        _writer = new RowWriter(plan, _tallies);
        _declares = new bool[plan.Slots.Total];
        foreach (var slot in plan.DeclaringSlots)
            _declares[slot] = true;
        _noMunicipality = plan.Slots.Range(Dimension.Municipality).First;
    }

    /// <summary>Fills a row of the plan's features; says whether any trace was known at the instant.</summary>
    /// <param name="asOf">µs since 1970.</param>
    /// <param name="row">One value a feature.</param>
    public bool Compute(in TraceRows traces, in ContactProfile profile, long asOf, Span<float> row)
    {
        unchecked
        {
            _tallies.Clear();
            (_ring, _openRing, _laterAt, _dayStart) = (0, 0, NoneYet, long.MaxValue);
            (_inMonth, _days, _sessions, _automated, _any) = (0, 0, 0, 0, false);
            var month = _plan.Calendar.MonthOf(asOf);
            Walk(traces, asOf, month);
            for (; _ring < _plan.RingEnds.Length; _ring++)
                _tallies.EndWindow(_ring, _days, _sessions, _automated);
            if (_laterAt != NoneYet)
            {
                // the very first trace begins a session
                for (; _openRing < _ring; _openRing++)
                    _tallies.AddSession(_openRing);
                _tallies.First = _laterAt;
            }
            _writer.Write(profile, asOf, _any, row);
            return _any;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Walk(in TraceRows traces, long asOf, int month)
    {
        unchecked
        {
            var at = traces.At;
            var (slots, counts, latest) = (_plan.Slots, _tallies.Counts, _tallies.Latest);
            var edge = EdgeOf(0, asOf);
            for (var index = Before(at, asOf) - 1; index >= 0; index--)
            {
                var time = at[index];
                while (time < edge)
                {
                    _tallies.EndWindow(_ring++, _days, _sessions, _automated);
                    edge = EdgeOf(_ring, asOf);
                }
                if (traces.KnownAt[index] >= asOf)
                    continue;
                _any = true;
                if (traces.Automated[index] != 0)
                {
                    _automated++;
                    continue;
                }
                int kind = slots.Kinds[traces.Kind[index]];
                int channel = slots.Channels[traces.Channel[index]];
                int theme = slots.Themes[traces.Theme[index]];
                int municipality = slots.Municipalities[traces.Municipality[index]];
                Count(counts, latest, SlotTable.Whole, time);
                Count(counts, latest, kind, time);
                Count(counts, latest, channel, time);
                Count(counts, latest, theme, time);
                Count(counts, latest, municipality, time);
                Decay(asOf - time, kind, channel, theme, municipality);
                if (_plan.AnyValues && !float.IsNaN(traces.Value[index]))
                    Add(traces.Value[index], time, kind);
                if (_declares[kind] && municipality != _noMunicipality)
                    Declare(time, municipality);
                if (time < _dayStart)
                    BeginDay(time, month);
                _tallies.SameMonth += _inMonth;
                Follow(time);
            }
        }
    }

    long EdgeOf(int ring, long asOf) =>
        _plan.RingEnds[ring] == long.MaxValue ? long.MinValue : asOf - _plan.RingEnds[ring];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Count(int[] counts, long[] latest, int slot, long time)
    {
        unchecked
        {
            counts[slot]++;
            latest[slot] = Math.Max(latest[slot], time);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Decay(long age, int kind, int channel, int theme, int municipality)
    {
        unchecked
        {
            var all = _tallies.Decays;
            for (var (group, first) = (0, 0); first < all.Length; group++, first += _declares.Length)
            {
                var weights = _plan.HalfLives.Weights(group, age);
                all[first + SlotTable.Whole] += weights;
                var dimensions = _plan.DecayedDimensions[group];
                if ((dimensions & DecayedDimension.Kind) != DecayedDimension.None)
                    all[first + kind] += weights;
                if ((dimensions & DecayedDimension.Channel) != DecayedDimension.None)
                    all[first + channel] += weights;
                if ((dimensions & DecayedDimension.Theme) != DecayedDimension.None)
                    all[first + theme] += weights;
                if ((dimensions & DecayedDimension.Municipality) != DecayedDimension.None)
                    all[first + municipality] += weights;
            }
        }
    }

    void Add(float value, long at, int kind)
    {
        _tallies.Sums[kind] += value;
        if (at > _tallies.LastAt[kind])
            (_tallies.LastAt[kind], _tallies.LastValue[kind]) = (at, value);
        else if (at == _tallies.LastAt[kind])
            _tallies.LastValue[kind] = Math.Max(_tallies.LastValue[kind], value);
    }

    void Declare(long at, int municipality)
    {
        if (at > _tallies.DeclaredAt)
            (_tallies.DeclaredAt, _tallies.DeclaredSlot) = (at, municipality);
        else if (at == _tallies.DeclaredAt)
            _tallies.DeclaredSlot = Math.Max(_tallies.DeclaredSlot, municipality);
    }

    void BeginDay(long at, int month)
    {
        unchecked
        {
            var day = _plan.Calendar.DayOf(at, out _dayStart);
            _inMonth = _plan.Calendar.MonthOfDay(day) == month ? 1 : 0;
            _days++;
        }
    }

    // A trace begins a session when the one before it is more than 30 minutes older, or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Follow(long at)
    {
        unchecked
        {
            var begins = _laterAt - at > SessionGap;
            if (begins)
                _sessions++;
            for (; _openRing < _ring; _openRing++)
            {
                if (begins)
                    _tallies.AddSession(_openRing);
            }
            _laterAt = at;
        }
    }

    // the number of traces with at < asOf
    static int Before(ReadOnlySpan<long> at, long asOf)
    {
        unchecked
        {
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
}
