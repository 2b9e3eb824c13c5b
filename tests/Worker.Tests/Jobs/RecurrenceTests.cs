using System.Globalization;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Jobs;

/// <summary>Beats in Europe/Stockholm, with instants worked out by hand: UTC+1 in winter, UTC+2 in summer.</summary>
public class RecurrenceTests
{
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
    static readonly Recurrence Night = new("night", new(2, 30), null, Stockholm, TimeSpan.FromHours(25));
    static readonly Recurrence Training = new("train", new(4, 0), 1, Stockholm, TimeSpan.FromDays(7));

    [TestCase(
        "2026-03-02T01:29:59",
        "2026-03-01",
        "2026-03-01T01:30:00",
        TestName = "Before half past two it is yesterday's"
    )]
    [TestCase("2026-03-02T01:30:00", "2026-03-02", "2026-03-02T01:30:00", TestName = "At half past two it is today's")]
    [TestCase(
        "2026-07-02T00:30:00",
        "2026-07-02",
        "2026-07-02T00:30:00",
        TestName = "In summer an hour earlier in UTC"
    )]
    [TestCase("2026-03-29T00:59:59", "2026-03-28", "2026-03-28T01:30:00", TestName = "Before the gap of spring")]
    [TestCase(
        "2026-03-29T01:00:00",
        "2026-03-29",
        "2026-03-29T01:00:00",
        TestName = "The spring night begins at three"
    )]
    [TestCase(
        "2026-10-25T00:30:00",
        "2026-10-25",
        "2026-10-25T00:30:00",
        TestName = "The autumn night begins at the first half past two"
    )]
    [TestCase(
        "2026-10-25T01:30:00",
        "2026-10-25",
        "2026-10-25T00:30:00",
        TestName = "The second half past two is the same night"
    )]
    [TestCase("2026-07-01 00:30:00", "2026-07-01", "2026-07-01 00:30:00")]
    [TestCase("2026-07-01 00:29:59", "2026-06-30", "2026-06-30 00:30:00")]
    [TestCase("2026-12-01 01:30:00", "2026-12-01", "2026-12-01 01:30:00")]
    [TestCase("2027-03-28 01:00:00", "2027-03-28", "2027-03-28 01:00:00")]
    [TestCase("2027-03-28 00:59:59", "2027-03-27", "2027-03-27 01:30:00")]
    [TestCase("2026-10-25 00:30:00", "2026-10-25", "2026-10-25 00:30:00")]
    [TestCase("2026-10-25 01:30:00", "2026-10-25", "2026-10-25 00:30:00")]
    public void A_beats_day_is_the_local_one(string now, string day, string at)
    {
        var latest = Night.Latest(Utc(now));
        Assert.That(latest.Unit.Day, Is.EqualTo(DateOnly.Parse(day, CultureInfo.InvariantCulture)));
        Assert.That(latest.At, Is.EqualTo(Utc(at)));
    }

    [TestCase("2026-03-01T02:59:59", "2026-02-01")]
    [TestCase("2026-03-01T03:00:00", "2026-03-01")]
    [TestCase("2026-03-31T23:00:00", "2026-03-01")]
    public void A_monthly_beat_is_the_latest_first_of_a_month(string now, string day) =>
        Assert.That(Training.Latest(Utc(now)).Unit.Day, Is.EqualTo(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Test]
    public void Every_day_of_ten_years_has_its_night_once()
    {
        var days = new List<DateOnly>();
        for (var at = Utc("2026-01-01T00:00:00"); at.Year < 2036; at = at.AddMinutes(30))
            if (Night.Latest(at).Unit.Day is var day && (days.Count == 0 || days[^1] != day))
                days.Add(day);
        Assert.That(days, Is.EqualTo(Enumerable.Range(0, 3653).Select(i => new DateOnly(2025, 12, 31).AddDays(i))));
    }

    [TestCase("2026-03-02T08:04:59", "08:00Z")]
    [TestCase("2026-03-02T08:05:00", "08:05Z")]
    [TestCase("2026-10-25T01:30:00", "01:30Z")]
    public void A_beat_of_every_few_minutes_is_named_by_its_time_in_utc(string now, string part)
    {
        var latest = Recurrence.Every(5, "dispatch", (_, _) => []).Latest(Utc(now));
        Assert.That(latest.Unit, Is.EqualTo(new JobUnit("dispatch", latest.Unit.Day, part)));
        Assert.That(latest.Unit.Day, Is.EqualTo(DateOnly.FromDateTime(Utc(now))));
    }

    [Test]
    public void A_beat_has_a_unit_for_each_piece_that_there_is_something_to_do_for()
    {
        using var home = new TemporaryHome();
        using var store = LeadStore.Open(home.Path);
        var at = Utc("2026-03-02T08:07:00");
        var pieces = Recurrence.Every(5, "dispatch", (_, _) => ["0", "2582"]).LatestPieces(store, at).Units;
        Assert.That(pieces.Select(unit => unit.Part), Is.EqualTo(new[] { "08:05Z 0", "08:05Z 2582" }));
        Assert.That(pieces.Select(unit => Recurrence.PieceOf(unit.Part)), Is.EqualTo(new[] { "0", "2582" }));
        Assert.That(
            Recurrence.Every(5, "bounces", (_, _) => [""]).LatestPieces(store, at).Units[0].Part,
            Is.EqualTo("08:05Z")
        );
        Assert.That(Night.LatestPieces(store, at).Units.Single().Part, Is.EqualTo(JobUnit.Whole));
    }

    static DateTime Utc(string text) =>
        DateTime.Parse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
