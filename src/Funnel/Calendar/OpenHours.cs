using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Calendar;

/// <summary>When a municipality lets anything reach people: outside the quiet hours, on days that are none of its days off.</summary>
/// <remarks>
/// What the clock on the wall says decides, also when clocks change: an hour that comes twice in October is quiet twice
/// or not at all, and one that March skips is never waited for.
/// </remarks>
public static class OpenHours
{
    /// <summary>Whether the instant (UTC) lies in open hours.</summary>
    public static bool Contain(DateTime at, SendingRules rules)
    {
        var local = StockholmTime.Local(at);
        return !rules.Holidays.AreOn(DateOnly.FromDateTime(local)) && !rules.Quiet.Cover(TimeOnly.FromDateTime(local));
    }

    /// <summary>The instant itself when it is open, else the first open one after it.</summary>
    public static DateTime Next(DateTime at, SendingRules rules)
    {
        for (var day = StockholmTime.Day(at); ; day = day.AddDays(1))
        {
            if (rules.Holidays.AreOn(day))
                continue;
            foreach (var instant in Openings(day, rules).Append(at).Order())
                if (instant >= at && StockholmTime.Day(instant) == day && Contain(instant, rules))
                    return instant;
        }
    }

    /// <summary>The only instants of a day at which hours can begin to be open: its start, the end of quiet, a clock change.</summary>
    static IEnumerable<DateTime> Openings(DateOnly day, SendingRules rules) =>
        [
            .. StockholmTime.Instants(day, TimeOnly.MinValue),
            .. StockholmTime.Instants(day, rules.Quiet.To),
            .. StockholmTime.ClockChange(day) is { } change ? [change] : Array.Empty<DateTime>(),
        ];
}
