namespace LeadScoring.Funnel.FollowUps;

/// <summary>Monday to Friday; a step that falls on a weekend waits for Monday.</summary>
public static class WorkingDay
{
    /// <summary>The day itself or, on a weekend, the Monday after it.</summary>
    public static DateOnly OnOrAfter(DateOnly day) =>
        day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(2),
            DayOfWeek.Sunday => day.AddDays(1),
            _ => day,
        };

    /// <summary>The instant (UTC) of the local hour (Europe/Stockholm) on that working day.</summary>
    public static DateTime Instant(DateOnly day, int hour) => StockholmTime.Instant(OnOrAfter(day), hour);
}
