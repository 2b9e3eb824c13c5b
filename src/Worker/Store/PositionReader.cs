using System.Data.Common;
using System.Globalization;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>Reads positions in bulk: column by column, and each word and day, of which there are few, made once.</summary>
sealed class PositionReader
{
    readonly Dictionary<string, DateOnly> _days = new(StringComparer.Ordinal);

    /// <summary>The rows of <c>positions.sql</c>, one after the other.</summary>
    public static IEnumerable<FunnelPosition> All(DbDataReader rows)
    {
        var reader = new PositionReader();
        while (rows.Read())
            yield return reader.One(rows);
    }

    FunnelPosition One(DbDataReader row) =>
        new(
            new ContactId(row.GetString(0)),
            StoreText.Word<Stage>(row.GetString(1)),
            Day(row.GetString(2)),
            row.IsDBNull(3) ? null : Instant(row.GetString(3)),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetString(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            Day(row.GetString(8)),
            row.IsDBNull(9) || row.IsDBNull(10)
                ? null
                : new Word(StoreText.Word<SignalKind>(row.GetString(9)), Instant(row.GetString(10)))
        );

    DateOnly Day(string text)
    {
        if (!_days.TryGetValue(text, out var day))
            _days.Add(text, day = StoreText.Day(text));
        return day;
    }

    /// <summary>The day of <c>2026-03-01T02:30:00.000000Z</c> is looked up, its time of day is counted out.</summary>
    DateTime Instant(string text) =>
        text is { Length: 27 }
        && TimeSpan.TryParseExact(
            text.AsSpan(11, 15),
            @"hh\:mm\:ss\.ffffff",
            CultureInfo.InvariantCulture,
            out var time
        )
            ? Day(text[..10]).ToDateTime(TimeOnly.FromTimeSpan(time), DateTimeKind.Utc)
            : StoreText.Instant(text);
}
