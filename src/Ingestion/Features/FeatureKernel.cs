namespace LeadScoring.Ingestion.Features;

/// <summary>Computes all features of a contact as of an instant in one pass over its traces, the latest first.</summary>
/// <remarks>
/// Only traces with <c>at</c> and <c>known_at</c> strictly before the instant are seen; those of machines count in
/// <c>automated</c> only. Backwards, a window's different days are those met until its edge, and the first trace met of
/// a slot is its latest. One kernel a thread: it owns its scratch.
/// </remarks>
sealed class FeatureKernel
{
    const long SessionGap = 30 * 60 * 1_000_000L;

    readonly FeaturePlan _plan;
    readonly Tallies _tallies;
    readonly RowWriter _writer;
    readonly int _slots;
    readonly bool[] _declares; // by slot of a kind
    readonly int _noMunicipality;

    // the walk's state: the trace met before (a later one) and the different days met so far
    long _laterAt;
    int _laterRing;
    int _laterDay;
    int _days;
    bool _any;

    public FeatureKernel(FeaturePlan plan)
    {
        _plan = plan;
        _tallies = new Tallies(plan);
        _writer = new RowWriter(plan, _tallies);
        _slots = plan.Slots.Total;
        _declares = new bool[_slots];
        foreach (var slot in plan.DeclaringSlots)
            _declares[slot] = true;
        _noMunicipality = plan.Slots.Range(Dimension.Municipality).First;
    }

    /// <summary>Fills a row of the plan's features; says whether any trace was known at the instant.</summary>
    /// <param name="asOf">µs since 1970.</param>
    /// <param name="row">One value a feature.</param>
    public bool Compute(ContactTraces traces, in ContactProfile profile, long asOf, Span<float> row)
    {
        unchecked
        {
            _tallies.Clear();
            (_laterAt, _laterDay, _laterRing, _days, _any) = (Tallies.Never, int.MinValue, 0, 0, false);
            var index = Before(traces, asOf) - 1;
            for (var ring = 0; ring < _plan.RingEnds.Length; ring++)
            {
                var edge = _plan.RingEnds[ring] == long.MaxValue ? long.MinValue : asOf - _plan.RingEnds[ring];
                for (; index >= 0 && traces.At[index] >= edge; index--)
                {
                    if (!traces.AnyLate || traces.KnownAt[index] < asOf)
                        Meet(traces, index, ring, asOf);
                }
                _tallies.ActiveDays[ring] = _days;
            }
            if (_laterAt != Tallies.Never)
                _tallies.Sessions[_laterRing]++;
            _tallies.First = _laterAt;
            _tallies.Accumulate();
            _writer.Write(profile, asOf, _any, row);
            return _any;
        }
    }

    void Meet(ContactTraces traces, int index, int ring, long asOf)
    {
        unchecked
        {
            _any = true;
            if (traces.Automated[index])
            {
                _tallies.Automated[ring]++;
                return;
            }
            var at = traces.At[index];
            var (kind, channel) = ((int)traces.Kind[index], (int)traces.Channel[index]);
            var (theme, municipality) = ((int)traces.Theme[index], (int)traces.Municipality[index]);
            var counts = _tallies.Counts.AsSpan(ring * _slots, _slots);
            counts[SlotTable.Whole]++;
            counts[kind]++;
            counts[channel]++;
            counts[theme]++;
            counts[municipality]++;
            var latest = _tallies.Latest.AsSpan(0, _slots);
            latest[SlotTable.Whole] = Math.Max(latest[SlotTable.Whole], at);
            latest[kind] = Math.Max(latest[kind], at);
            latest[channel] = Math.Max(latest[channel], at);
            latest[theme] = Math.Max(latest[theme], at);
            latest[municipality] = Math.Max(latest[municipality], at);
            Decay(asOf - at, kind, channel, theme, municipality);
            if (_plan.AnyValues && !float.IsNaN(traces.Value[index]))
                Add(traces.Value[index], at, kind, ring);
            if (_declares[kind] && municipality != _noMunicipality)
                Declare(at, municipality);
            _tallies.Months[traces.LocalMonth[index]]++;
            Walk(at, traces.LocalDay[index], ring);
        }
    }

    void Decay(long age, int kind, int channel, int theme, int municipality)
    {
        unchecked
        {
            for (var h = 0; h < _plan.HalfLives.Length; h++)
            {
                var weight = _plan.HalfLives[h].Weight(age);
                var decays = _tallies.Decays.AsSpan(h * _slots, _slots);
                decays[SlotTable.Whole] += weight;
                var dimensions = _plan.DecayedDimensions[h];
                if ((dimensions & DecayedDimension.Kind) != DecayedDimension.None)
                    decays[kind] += weight;
                if ((dimensions & DecayedDimension.Channel) != DecayedDimension.None)
                    decays[channel] += weight;
                if ((dimensions & DecayedDimension.Theme) != DecayedDimension.None)
                    decays[theme] += weight;
                if ((dimensions & DecayedDimension.Municipality) != DecayedDimension.None)
                    decays[municipality] += weight;
            }
        }
    }

    void Add(float value, long at, int kind, int ring)
    {
        unchecked
        {
            _tallies.Sums[(ring * _slots) + kind] += value;
            if (at > _tallies.LastAt[kind])
                (_tallies.LastAt[kind], _tallies.LastValue[kind]) = (at, value);
            else if (at == _tallies.LastAt[kind])
                _tallies.LastValue[kind] = Math.Max(_tallies.LastValue[kind], value);
        }
    }

    void Declare(long at, int municipality)
    {
        if (at > _tallies.DeclaredAt)
            (_tallies.DeclaredAt, _tallies.DeclaredSlot) = (at, municipality);
        else if (at == _tallies.DeclaredAt)
            _tallies.DeclaredSlot = Math.Max(_tallies.DeclaredSlot, municipality);
    }

    // A trace begins a session when the one before it is more than 30 minutes older, or none.
    void Walk(long at, int day, int ring)
    {
        unchecked
        {
            if (day != _laterDay)
                _days++;
            if (_laterAt != Tallies.Never && _laterAt - at > SessionGap)
                _tallies.Sessions[_laterRing]++;
            (_laterAt, _laterDay, _laterRing) = (at, day, ring);
        }
    }

    // the number of traces with at < asOf
    static int Before(ContactTraces traces, long asOf)
    {
        unchecked
        {
            var (low, high) = (0, traces.Count);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (traces.At[middle] < asOf)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }
}
