namespace LeadScoring.Funnel;

/// <summary>The calendar people in Norrbotten live by.</summary>
public static class StockholmTime
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>The local day of an instant (UTC).</summary>
    public static DateOnly Day(DateTime at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), Zone));

    /// <summary>
    /// The instant (UTC) of a full local hour. In the hour that spring skips it is the first instant after the gap; of
    /// the two that autumn gives it is the first.
    /// </summary>
    public static DateTime Instant(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        if (Zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
