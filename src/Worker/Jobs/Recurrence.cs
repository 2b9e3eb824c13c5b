using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>When a job comes round: every day, or one day of every month, at a local time.</summary>
/// <param name="DayOfMonth">1 to 28; null is every day.</param>
/// <param name="CatchUp">How late a beat that nobody heard is still made up for.</param>
public sealed record Recurrence(string Job, TimeOnly At, int? DayOfMonth, TimeZoneInfo Zone, TimeSpan CatchUp)
{
    /// <summary>The latest beat at or before an instant: its unit, and when it was.</summary>
    /// <remarks>A local time that the clocks leave out is the first one after the gap; of one that comes twice the first counts.</remarks>
    public (JobUnit Unit, DateTime At) Latest(DateTime utc)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone));
        for (; ; day = day.AddDays(-1))
        {
            if (DayOfMonth is { } number && day.Day != number)
                continue;
            var at = Instant(day);
            if (at <= utc)
                return (new(Job, day), at);
        }
    }

    DateTime Instant(DateOnly day)
    {
        var local = day.ToDateTime(At);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
