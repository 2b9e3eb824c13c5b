namespace LeadScoring.Ingestion.DuckDb;

/// <summary>DuckDB's TIMESTAMP and DATE: microseconds and days since 1970-01-01, no zone (the lake keeps UTC).</summary>
public static class Time
{
    public static long Microseconds(DateTime utc) =>
        (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTime Instant(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static int Days(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static DateOnly Day(int days) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(days);
}
