namespace LeadScoring.Funnel;

/// <summary>The calendar people in Norrbotten live by.</summary>
public static class StockholmTime
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>The local day of an instant (UTC).</summary>
    public static DateOnly Day(DateTime at) => DateOnly.FromDateTime(Local(at));

    /// <summary>What the clock on the wall shows at an instant (UTC).</summary>
    public static DateTime Local(DateTime at) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), Zone);

    /// <summary>
    /// The instant (UTC) of a full local hour. In the hour that spring skips it is the first instant after the gap; of
    /// the two that autumn gives it is the first.
    /// </summary>
    public static DateTime Instant(DateOnly day, int hour) => Instants(day, new TimeOnly(hour, 0))[0];

    /// <summary>
    /// The instants (UTC) at which the clock shows this time of that day, earliest first: two in the hour that autumn
    /// repeats, else one. In the hour that spring skips it is the first instant after the gap.
    /// </summary>
    public static IReadOnlyList<DateTime> Instants(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
            return [ClockChange(day)!.Value];
        return Zone.IsAmbiguousTime(local)
            ? [.. Zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => Utc(local, offset))]
            : [Utc(local, Zone.GetUtcOffset(local))];
    }

    /// <summary>The instant (UTC) at which clocks are put forward or back on that day, null on all others.</summary>
    public static DateTime? ClockChange(DateOnly day)
    {
        var (before, after) = (Midnight(day), Midnight(day.AddDays(1)));
        var offset = Zone.GetUtcOffset(before);
        if (Zone.GetUtcOffset(after) == offset)
            return null;
        // Clocks change on a full minute; the last minute of the old offset and the first of the new one are sought.
        var (old, changed) = (0, (int)(after - before).TotalMinutes);
        while (changed - old > 1)
        {
            var middle = (old + changed) / 2;
            if (Zone.GetUtcOffset(before.AddMinutes(middle)) == offset)
                old = middle;
            else
                changed = middle;
        }
        return before.AddMinutes(changed);
    }

    static DateTime Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return Utc(local, Zone.GetUtcOffset(local));
    }

    static DateTime Utc(DateTime local, TimeSpan offset) => DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
}
