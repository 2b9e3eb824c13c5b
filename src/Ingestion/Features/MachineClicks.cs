using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Features;

/// <summary>A rule for clicks with the codes that a lake has for its kinds; without codes no click is too fast.</summary>
sealed record ClickCodes(ushort[] Clicks, ushort[] Deliveries, long Window, int Burst)
{
    public static ClickCodes None { get; } = new([], [], 0, 0);

    public static ClickCodes Of(ClickRule rule, LakeDictionary dictionary)
    {
        return rule.Window > 0 ? new(Codes(rule.Kinds), Codes(rule.Deliveries), rule.Window, rule.Burst) : None;

        ushort[] Codes(IReadOnlyList<string> kinds) => [.. kinds.Select(kind => dictionary.KindCode(kind)).OfType<ushort>()];
    }
}

/// <summary>Finds the clicks of a contact that are a machine's by their time, as they look as of an instant.</summary>
/// <remarks>
/// Each instant judges anew, by what is before it and known before it, in whatever order it reached the lake. A contact
/// without clicks costs one search through its kinds. Scratch of one kernel.
/// </remarks>
sealed class MachineClicks(ClickCodes rule)
{
    byte[] _automated = new byte[256];
    int[] _clicks = new int[256];

    /// <summary>The first traces of a contact, with its machine's clicks marked as automated; valid until the next call.</summary>
    /// <param name="count">How many traces lie before the instant.</param>
    /// <param name="asOf">µs since 1970.</param>
    public TraceRows Mark(in TraceRows traces, int count, long asOf)
    {
        var first = rule.Clicks.Length == 0 ? -1 : traces.Kind[..count].IndexOfAny(rule.Clicks);
        return first < 0 ? traces : traces.With(Judge(traces, count, first, asOf));
    }

    ReadOnlySpan<byte> Judge(in TraceRows traces, int count, int first, long asOf)
    {
        if (_automated.Length < count)
            (_automated, _clicks) = (new byte[2 * count], new int[2 * count]);
        traces.Automated[..count].CopyTo(_automated);
        var clicks = 0;
        for (var index = first; index < count; index = Next(traces, index, count))
        {
            if (traces.KnownAt[index] >= asOf)
                continue;
            _clicks[clicks++] = index;
            if (IsDelivered(traces, index, count, asOf))
                _automated[index] = 1;
            if (rule.Burst > 0 && clicks >= rule.Burst)
                MarkBurst(traces.At, clicks - rule.Burst, clicks);
        }
        return _automated.AsSpan(0, count);
    }

    int Next(in TraceRows traces, int index, int count)
    {
        var next = traces.Kind[(index + 1)..count].IndexOfAny(rule.Clicks);
        return next < 0 ? count : index + 1 + next;
    }

    /// <summary>Whether a message went out at the click's instant, in whatever order the two lie, or shortly before.</summary>
    bool IsDelivered(in TraceRows traces, int click, int count, long asOf)
    {
        var at = traces.At[click];
        for (var index = click + 1; index < count && traces.At[index] == at; index++)
        {
            if (IsDelivery(traces, index, asOf))
                return true;
        }
        for (var index = click - 1; index >= 0 && at - traces.At[index] <= rule.Window; index--)
        {
            if (IsDelivery(traces, index, asOf))
                return true;
        }
        return false;
    }

    bool IsDelivery(in TraceRows traces, int index, long asOf) =>
        traces.KnownAt[index] < asOf && rule.Deliveries.AsSpan().Contains(traces.Kind[index]);

    void MarkBurst(ReadOnlySpan<long> at, int from, int to)
    {
        if (at[_clicks[to - 1]] - at[_clicks[from]] > rule.Window)
            return;
        for (var click = from; click < to; click++)
            _automated[_clicks[click]] = 1;
    }
}
