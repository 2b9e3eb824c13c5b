namespace LeadScoring.Ingestion.Features;

/// <summary>Instants as DuckDB keeps them, µs since 1970 (UTC), and as .NET does.</summary>
public static class Instant
{
    public static long ToMicroseconds(DateTime at) => (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTime ToDateTime(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
