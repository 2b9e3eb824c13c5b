namespace LeadScoring.Ingestion.Features;

/// <summary>The traces of a contact that count as a person's, put side by side for one look after the other; a kernel's scratch.</summary>
/// <remarks>The arrays never move, so that they are read by pointers which the owner of this keeps no longer than it.</remarks>
sealed unsafe class MetTraces
{
    long[] _at = [];
    ulong[] _slots = [];
    int[] _saying = [];

    /// <summary>How many there are.</summary>
    public int Count { get; set; }

    /// <summary>µs of each, ascending.</summary>
    public long* At { get; private set; }

    /// <summary>Slots of each: kind, channel, theme and municipality, 16 bits each, the kind lowest.</summary>
    public ulong* Slots { get; private set; }

    /// <summary>How many of them have a value or may declare a municipality.</summary>
    public int SayingCount { get; set; }

    /// <summary>Which these are: indexes into all traces of the contact, ascending.</summary>
    public int* Saying { get; private set; }

    /// <summary>Forgets all and makes room for so many.</summary>
    public void Begin(int most)
    {
        (Count, SayingCount) = (0, 0);
        if (most < _at.Length)
            return;
        var room = Math.Max(256, 2 * most);
        (_at, _slots, _saying) = (Pinned.Array<long>(room), Pinned.Array<ulong>(room), Pinned.Array<int>(room));
        At = Pinned.Start(_at);
        Slots = Pinned.Start(_slots);
        Saying = Pinned.Start(_saying);
    }
}
