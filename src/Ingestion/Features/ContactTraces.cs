namespace LeadScoring.Ingestion.Features;

/// <summary>The traces of one contact in flat arrays, ascending by <see cref="At"/>; reused from contact to contact.</summary>
/// <remarks>
/// Kind, channel, theme and municipality are already slots of a <see cref="SlotTable"/>, days and months already local,
/// so that a cut-off's pass over them needs no lookup.
/// </remarks>
sealed class ContactTraces
{
    const int FirstCapacity = 256;

    public int Count { get; private set; }

    bool _unsorted;

    /// <summary>True when some trace became known only after it happened.</summary>
    public bool AnyLate { get; private set; }

    public long[] At { get; private set; } = new long[FirstCapacity];
    public long[] KnownAt { get; private set; } = new long[FirstCapacity];
    public int[] LocalDay { get; private set; } = new int[FirstCapacity];
    public byte[] LocalMonth { get; private set; } = new byte[FirstCapacity];
    public ushort[] Kind { get; private set; } = new ushort[FirstCapacity];
    public ushort[] Channel { get; private set; } = new ushort[FirstCapacity];
    public ushort[] Theme { get; private set; } = new ushort[FirstCapacity];
    public ushort[] Municipality { get; private set; } = new ushort[FirstCapacity];

    /// <summary>NaN is "no value".</summary>
    public float[] Value { get; private set; } = new float[FirstCapacity];
    public bool[] Automated { get; private set; } = new bool[FirstCapacity];

    public void Clear()
    {
        Count = 0;
        AnyLate = false;
        _unsorted = false;
    }

    /// <summary>Puts traces that came from several runs in order of time; the order of equal instants does not matter.</summary>
    public void Sort()
    {
        if (!_unsorted)
            return;
        var order = new int[Count];
        for (var index = 0; index < order.Length; index++)
            order[index] = index;
        Array.Sort(At[..Count], order);
        At = Picked(At, order);
        KnownAt = Picked(KnownAt, order);
        LocalDay = Picked(LocalDay, order);
        LocalMonth = Picked(LocalMonth, order);
        Kind = Picked(Kind, order);
        Channel = Picked(Channel, order);
        Theme = Picked(Theme, order);
        Municipality = Picked(Municipality, order);
        Value = Picked(Value, order);
        Automated = Picked(Automated, order);
        _unsorted = false;
    }

    /// <summary>Adds a trace; when it is before the last one, <see cref="Sort"/> is due.</summary>
    public void Add(
        SlotTable slots,
        LocalCalendar calendar,
        long at,
        long knownAt,
        ushort kind,
        ushort channel,
        ushort theme,
        ushort municipality,
        float value,
        bool automated
    )
    {
        unchecked
        {
            if (Count == At.Length)
                Grow();
            var index = Count++;
            _unsorted |= index > 0 && at < At[index - 1];
            At[index] = at;
            KnownAt[index] = knownAt;
            AnyLate |= knownAt > at;
            var day = calendar.DayOf(at);
            LocalDay[index] = day;
            LocalMonth[index] = calendar.MonthOfDay(day);
            Kind[index] = slots.Kinds[kind];
            Channel[index] = slots.Channels[channel];
            Theme[index] = slots.Themes[theme];
            Municipality[index] = slots.Municipalities[municipality];
            Value[index] = value;
            Automated[index] = automated;
        }
    }

    void Grow()
    {
        var capacity = 2 * At.Length;
        At = Grown(At, capacity);
        KnownAt = Grown(KnownAt, capacity);
        LocalDay = Grown(LocalDay, capacity);
        LocalMonth = Grown(LocalMonth, capacity);
        Kind = Grown(Kind, capacity);
        Channel = Grown(Channel, capacity);
        Theme = Grown(Theme, capacity);
        Municipality = Grown(Municipality, capacity);
        Value = Grown(Value, capacity);
        Automated = Grown(Automated, capacity);
    }

    // as long as before, so that the arrays stay of one length
    static T[] Picked<T>(T[] from, int[] order)
    {
        var picked = new T[from.Length];
        for (var index = 0; index < order.Length; index++)
            picked[index] = from[order[index]];
        return picked;
    }

    static T[] Grown<T>(T[] from, int capacity)
    {
        Array.Resize(ref from, capacity);
        return from;
    }
}
