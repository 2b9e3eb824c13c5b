using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Drafts;

/// <summary>The ways in which exports write a time.</summary>
static class TimeCandidates
{
    /// <summary>The clock by which people in Norrbotten write times down.</summary>
    public const string Zone = "Europe/Stockholm";

    static readonly string[] _days =
    [
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%d-%m-%Y",
        "%m-%d-%Y",
        "%d.%m.%Y",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
    ];

    static readonly string[] _clocks = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S"];

    static readonly string[] _names =
    [
        "time",
        "date",
        "datum",
        "tid",
        "created",
        "stamp",
        "occurred",
        "when",
        "skapad",
        "received",
        "mottaget",
    ];

    static readonly DateTime _earliest = new(2000, 1, 1);
    static readonly DateTime _latest = new(2100, 1, 1);

    public static IEnumerable<SourceColumn> All(string name)
    {
        var time = new SourceColumn(name, ColumnKind.Timestamp, Presence.Present);
        yield return time;
        yield return time with
        {
            Format = "%Y-%m-%d",
            Zone = Zone,
        };
        foreach (var day in _days)
        {
            foreach (var clock in _clocks)
                yield return time with
                {
                    Format = day + clock,
                    Zone = Zone,
                };
        }
        if (!IsTimeName(name))
            yield break;
        yield return time with
        {
            Epoch = 1,
        };
        yield return time with
        {
            Epoch = 1_000,
        };
        yield return time with
        {
            Epoch = 1_000_000,
        };
    }

    /// <summary>Whole numbers are times only where the name says so, and only if the times are of our days.</summary>
    public static bool IsLikely(SourceColumn column, long ticks) =>
        column.Epoch == 0 && column.Format is not "%Y%m%d" || (ticks >= _earliest.Ticks && ticks < _latest.Ticks);

    public static bool IsTimeName(string name)
    {
        var plain = name.ToLowerInvariant();
        return plain is "at" or "ts" or "day"
            || plain.EndsWith("_at", StringComparison.Ordinal)
            || plain.EndsWith("_on", StringComparison.Ordinal)
            || plain.EndsWith("_ts", StringComparison.Ordinal)
            || Array.Exists(_names, part => plain.Contains(part, StringComparison.Ordinal));
    }
}
