namespace LeadScoring.Funnel.Stages;

/// <summary>A contact's yearly rhythm: on which days it has shown life, years back.</summary>
/// <remarks>
/// A return is a day of life after a silence of at least the policy's dormancyDays (or the first day of all). When the
/// latest return has at least <see cref="LeastYears"/> others beside it, each within <see cref="SlackDays"/> days of the
/// same date in one of the <see cref="YearsBack"/> years before, the contact is one of that season, and the silence after
/// it is its own way: it is awaited until the season of the next year has passed. Who is there all year has no return
/// and no season, and sleeps after the usual silence.
/// </remarks>
/// <param name="Days">In any order; those after the day asked for are not looked at.</param>
public sealed record Seasons(IReadOnlyList<DateOnly> Days)
{
    /// <summary>Earlier years in which the contact must have returned at the same time.</summary>
    public const int LeastYears = 2;

    /// <summary>Years before the latest return among which these are sought.</summary>
    public const int YearsBack = 3;

    /// <summary>Days by which a season may begin sooner or later.</summary>
    public const int SlackDays = 30;

    /// <summary>The last day on which the contact may still come as it has every year; null when it has no season.</summary>
    /// <param name="last">Day of its latest sign of life.</param>
    /// <param name="dormancyDays">The silence after which it would else sleep.</param>
    public DateOnly? AwaitedUntil(DateOnly last, int dormancyDays)
    {
        var returns = Returns(last, dormancyDays);
        var latest = returns[^1];
        var years = Enumerable
            .Range(1, YearsBack)
            .Count(back => returns.Any(day => IsNear(day, latest.AddYears(-back))));
        return years >= LeastYears ? latest.AddYears(1).AddDays(SlackDays) : null;
    }

    /// <summary>Oldest first; at least the latest sign of life or a day before it.</summary>
    List<DateOnly> Returns(DateOnly last, int dormancyDays)
    {
        List<DateOnly> returns = [];
        DateOnly? before = null;
        foreach (var day in Days.Where(d => d < last).Append(last).Order())
        {
            if (before is not { } previous || day.DayNumber - previous.DayNumber >= dormancyDays)
                returns.Add(day);
            before = day;
        }
        return returns;
    }

    static bool IsNear(DateOnly day, DateOnly date) => Math.Abs(day.DayNumber - date.DayNumber) <= SlackDays;
}
