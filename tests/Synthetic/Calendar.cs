using System.Globalization;

namespace LeadScoring.Synthetic;

/// <summary>A monthly snapshot: the 1st of a month, as day of the world and as the UTC instant of its local midnight.</summary>
readonly record struct Snapshot(int Day, DateTime AsOf);

/// <summary>The world's days and weeks, counted from its start; local time is Europe/Stockholm.</summary>
sealed class Calendar
{
    public const int HorizonDays = 180;
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
    readonly TimeSpan[] offsets;
    readonly double[] winter;
    readonly double[] holiday;
    readonly double[] moving;

    public Calendar(DateOnly start, DateOnly end)
    {
        Start = start;
        End = end;
        Days = end.DayNumber - start.DayNumber;
        // The recursion of the truth looks a horizon beyond the last exported day.
        Weeks = (Days + HorizonDays) / 7 + 2;
        offsets =
        [
            .. Enumerable.Range(0, Days).Select(day => Zone.GetUtcOffset(Date(day).ToDateTime(new TimeOnly(12, 0)))),
        ];
        winter = PerWeek(day => 0.6 + 1.4 * Bump(day, peak: 45, width: 45));
        holiday = PerWeek(day => 0.15 + 1.6 * Bump(day, peak: 10, width: 38) + 1.2 * Bump(day, peak: 160, width: 28));
        moving = PerWeek(day => 0.7 + 0.9 * Bump(day, peak: 195, width: 45));
        Snapshots = [.. FirstsOfMonths()];
    }

    public DateOnly Start { get; }

    public DateOnly End { get; }

    /// <summary>Exported days: 0 .. Days - 1.</summary>
    public int Days { get; }

    /// <summary>Weeks of the intent chain, the last horizon included.</summary>
    public int Weeks { get; }

    public IReadOnlyList<Snapshot> Snapshots { get; }

    public DateOnly Date(int day) => Start.AddDays(day);

    public int Day(DateOnly date) => date.DayNumber - Start.DayNumber;

    /// <summary>The UTC instant of a second of a local day; seconds lie in the waking day, so the offset is noon's.</summary>
    public DateTime Utc(int day, int second) =>
        DateTime.SpecifyKind(Local(day, second) - offsets[day], DateTimeKind.Utc);

    public DateTime Local(int day, int second) => Date(day).ToDateTime(TimeOnly.MinValue).AddSeconds(second);

    public string Iso(int day, int second) =>
        Utc(day, second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 with an offset of whole hours from UTC.</summary>
    public string IsoAt(int day, int second, int hours) =>
        Utc(day, second).AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        + (hours < 0 ? "-" : "+")
        + Math.Abs(hours).ToString("00", CultureInfo.InvariantCulture)
        + ":00";

    public int OffsetHours(int day) => offsets[day].Hours;

    /// <summary>How much a week invites to dream of the north: about 0.6 in summer, 2 in February.</summary>
    public double Winter(int week) => winter[week];

    /// <summary>How much holiday planning a week sees: peaks in January and June.</summary>
    public double Holiday(int week) => holiday[week];

    /// <summary>How easily a planned move happens: best in July, between school years.</summary>
    public double Moving(int week) => moving[week];

    double[] PerWeek(Func<int, double> ofDayOfYear) =>
        [.. Enumerable.Range(0, Weeks).Select(week => ofDayOfYear(Date(week * 7 + 3).DayOfYear))];

    static double Bump(int day, int peak, int width)
    {
        var distance = Math.Abs(day - peak);
        distance = Math.Min(distance, 365 - distance);
        return Math.Exp(-0.5 * distance * distance / (width * (double)width));
    }

    IEnumerable<Snapshot> FirstsOfMonths()
    {
        for (var first = new DateOnly(Start.Year, Start.Month, 1); first <= End; first = first.AddMonths(1))
        {
            var midnight = first.ToDateTime(TimeOnly.MinValue);
            if (first > Start)
                yield return new(
                    Day(first),
                    DateTime.SpecifyKind(midnight - Zone.GetUtcOffset(midnight), DateTimeKind.Utc)
                );
        }
    }
}
