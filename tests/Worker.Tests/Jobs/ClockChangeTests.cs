using System.Globalization;
using LeadScoring.Worker.Jobs;

namespace LeadScoring.Worker.Tests.Jobs;

public class ClockChangeTests
{
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>02:30 in Stockholm; the scheduler beats at 03:00 on the day that has no 02:30, and once on the day that has two.</summary>
    [TestCase("2026-07-01 00:30:00", "2026-07-01", "2026-07-01 00:30:00")]
    [TestCase("2026-07-01 00:29:59", "2026-06-30", "2026-06-30 00:30:00")]
    [TestCase("2026-12-01 01:30:00", "2026-12-01", "2026-12-01 01:30:00")]
    [TestCase("2027-03-28 01:00:00", "2027-03-28", "2027-03-28 01:00:00")]
    [TestCase("2027-03-28 00:59:59", "2027-03-27", "2027-03-27 01:30:00")]
    [TestCase("2026-10-25 00:30:00", "2026-10-25", "2026-10-25 00:30:00")]
    [TestCase("2026-10-25 01:30:00", "2026-10-25", "2026-10-25 00:30:00")]
    public void The_latest_night_is_the_one_whose_beat_has_come(string utc, string day, string at)
    {
        var night = new Recurrence("night", new(2, 30), DayOfMonth: null, Stockholm, TimeSpan.FromHours(25));
        var latest = night.Latest(Instant(utc));
        Assert.That(latest.Unit.Day, Is.EqualTo(DateOnly.Parse(day, CultureInfo.InvariantCulture)));
        Assert.That(latest.At, Is.EqualTo(Instant(at)));
    }

    static DateTime Instant(string text) =>
        DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
