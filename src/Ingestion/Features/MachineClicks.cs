using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Features;

/// <summary>A rule for clicks with the codes that a lake has for its kinds; without codes no click is too fast.</summary>
sealed record ClickCodes(ushort[] Clicks, ushort[] Deliveries, long Window, int Burst)
{
    public static ClickCodes None { get; } = new([], [], 0, 0);

    public static ClickCodes Of(ClickRule rule, LakeDictionary dictionary)
    {
        return rule.Window > 0 ? new(Codes(rule.Kinds), Codes(rule.Deliveries), rule.Window, rule.Burst) : None;

        ushort[] Codes(IReadOnlyList<string> kinds) =>
            [.. kinds.Select(kind => dictionary.KindCode(kind)).OfType<ushort>()];
    }
}

/// <summary>Finds the clicks of a contact that are a machine's by their time, as they look as of an instant.</summary>
/// <remarks>
/// Each instant judges anew, by what is before it and known before it, in whatever order it reached the lake. A trace
/// with none shortly before it costs one comparison. Scratch of one kernel.
/// </remarks>
sealed class MachineClicks(ClickCodes rule)
{
    readonly long _window = rule.Window;
    readonly ushort[] _clicks = rule.Clicks;
    byte[] _automated = new byte[256];
    bool _any;

    /// <summary>The first traces of a contact, with its machine's clicks marked as automated; valid until the next call.</summary>
    /// <param name="count">How many traces lie before the instant.</param>
    /// <param name="asOf">µs since 1970.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TraceRows Mark(in TraceRows traces, int count, long asOf)
    {
        unchecked
        {
            if (_clicks.Length == 0)
                return traces;
            _any = false;
            var at = traces.At[..count];
            for (var index = 1; index < at.Length; index++)
            {
                if (at[index] - at[index - 1] <= _window)
                    JudgePair(traces, index, count, asOf);
            }
            return _any ? traces.With(_automated.AsSpan(0, count)) : traces;
        }
    }

    /// <summary>Judges a trace with another one shortly before it, and that one if they are of one instant.</summary>
    void JudgePair(in TraceRows traces, int index, int count, long asOf)
    {
        if (IsKnown(traces, index, _clicks, asOf))
            JudgeClick(traces, index, count, asOf);
        if (traces.At[index - 1] == traces.At[index] && IsKnown(traces, index - 1, _clicks, asOf))
            JudgeClick(traces, index - 1, count, asOf);
    }

    /// <summary>Marks a click that came with a delivery, in whatever order the two lie, and the burst that it ends.</summary>
    void JudgeClick(in TraceRows traces, int click, int count, long asOf)
    {
        unchecked
        {
            var at = traces.At[click];
            var (clicks, earliest, isDelivered) = (1, click, false);
            for (var index = click + 1; index < count && traces.At[index] == at; index++)
                isDelivered |= IsKnown(traces, index, rule.Deliveries, asOf);
            for (var index = click - 1; index >= 0 && at - traces.At[index] <= _window; index--)
            {
                isDelivered |= IsKnown(traces, index, rule.Deliveries, asOf);
                if (IsKnown(traces, index, _clicks, asOf))
                    (clicks, earliest) = (clicks + 1, index);
            }
            if (isDelivered)
                MarkOne(traces, click, count);
            if (rule.Burst == 0 || clicks < rule.Burst)
                return;
            for (var index = earliest; index <= click; index++)
            {
                if (IsKnown(traces, index, _clicks, asOf))
                    MarkOne(traces, index, count);
            }
        }
    }

    static bool IsKnown(in TraceRows traces, int index, ushort[] kinds, long asOf) =>
        traces.KnownAt[index] < asOf && kinds.AsSpan().Contains(traces.Kind[index]);

    void MarkOne(in TraceRows traces, int click, int count)
    {
        if (!_any)
        {
            if (_automated.Length < count)
                _automated = new byte[2 * count];
            traces.Automated[..count].CopyTo(_automated);
            _any = true;
        }
        _automated[click] = 1;
    }
}
