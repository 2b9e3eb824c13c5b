using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Calendar;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Tests.Calendar;

sealed class OpenHoursTests
{
    static readonly SendingRules Rules = Worlds.Policy.Sending;

    [TestCase("2026-03-11T12:00Z", "2026-03-11T12:00Z", TestName = "Wednesday at noon is open")]
    [TestCase("2026-03-11T18:59Z", "2026-03-11T18:59Z", TestName = "A minute before quiet is open")]
    [TestCase("2026-03-11T19:00Z", "2026-03-12T06:00Z", TestName = "Quiet from 20 local waits for 7 of the next day")]
    [TestCase("2026-03-11T02:00Z", "2026-03-11T06:00Z", TestName = "At night it waits for the same morning")]
    [TestCase("2026-03-13T20:00Z", "2026-03-16T06:00Z", TestName = "Friday evening waits for Monday")]
    [TestCase("2026-04-02T19:30Z", "2026-04-07T05:00Z", TestName = "Easter: from Thursday evening to Tuesday")]
    [TestCase("2026-06-18T20:00Z", "2026-06-22T05:00Z", TestName = "Midsummer: from Thursday evening to Monday")]
    [TestCase("2026-12-23T21:00Z", "2026-12-28T06:00Z", TestName = "Christmas: Wednesday evening to Monday")]
    public void What_may_not_go_now_goes_at_the_next_opening(string at, string next) =>
        Assert.That(OpenHours.Next(Utc(at), Rules), Is.EqualTo(Utc(next)));

    [Test]
    public void Without_eves_Christmas_Eve_is_a_day_like_others() =>
        Assert.That(
            OpenHours.Next(Utc("2026-12-24T09:00Z"), Rules with { Holidays = Rules.Holidays with { Eves = false } }),
            Is.EqualTo(Utc("2026-12-24T09:00Z"))
        );

    [Test]
    public void A_municipality_s_own_day_is_a_day_off() =>
        Assert.That(
            OpenHours.Next(
                Utc("2026-03-11T12:00Z"),
                Rules with
                {
                    Holidays = Rules.Holidays with { Days = [new(2026, 3, 11)] },
                }
            ),
            Is.EqualTo(Utc("2026-03-12T06:00Z"))
        );

    [TestCase("2026-10-25T00:29Z", "2026-10-25T00:29Z", TestName = "02:29 in summer time is open")]
    [TestCase("2026-10-25T00:30Z", "2026-10-25T00:45Z", TestName = "02:30 in summer time waits for 02:45")]
    [TestCase("2026-10-25T01:00Z", "2026-10-25T01:00Z", TestName = "02:00 in winter time is open again")]
    [TestCase("2026-10-25T01:30Z", "2026-10-25T01:45Z", TestName = "02:30 comes a second time and is quiet again")]
    [TestCase("2026-03-29T01:00Z", "2026-03-29T01:00Z", TestName = "March has no 02:30: after 01:59 comes 03:00")]
    public void What_the_clock_on_the_wall_says_decides_at_clock_changes(string at, string next) =>
        Assert.That(OpenHours.Next(Utc(at), Daily(new(2, 30), new(2, 45))), Is.EqualTo(Utc(next)));

    [TestCase("2026-03-29T00:45Z", "2026-03-29T01:00Z", TestName = "An end that March skips is the end of the gap")]
    [TestCase("2026-10-24T23:50Z", "2026-10-25T00:30Z", TestName = "An end that October repeats is the first")]
    [TestCase("2026-10-25T01:10Z", "2026-10-25T01:30Z", TestName = "and once more the second")]
    public void Quiet_hours_that_end_in_the_changed_hour_end(string at, string next) =>
        Assert.That(OpenHours.Next(Utc(at), Daily(new(1, 30), new(2, 30))), Is.EqualTo(Utc(next)));

    [Test]
    public void Quiet_that_begins_in_the_repeated_hour_is_broken_when_the_clock_goes_back() =>
        Assert.That(
            OpenHours.Next(Utc("2026-10-25T00:40Z"), Daily(new(2, 30), new(7, 0))),
            Is.EqualTo(Utc("2026-10-25T01:00Z"))
        );

    [Test]
    public void The_next_opening_is_the_first_open_minute_whatever_the_hours_and_the_day()
    {
        var worlds =
            from change in Gen.Elements(new DateTime(2026, 3, 28), new DateTime(2026, 10, 24), new DateTime(2026, 4, 1))
            from minutes in Gen.Choose(0, 3 * 24 * 60)
            from hours in Gen.Two(Gen.OneOf(Gen.Choose(0, 1439), Gen.Choose(60, 200)))
            from daysOff in Gen.Elements(true, false)
            select (At: Z(change).AddMinutes(minutes), hours, daysOff);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                worlds.ToArbitrary(),
                world =>
                {
                    var rules = Daily(Time(world.hours.Item1), Time(world.hours.Item2));
                    if (world.daysOff)
                        rules = rules with { Holidays = Rules.Holidays };
                    var slow = world.At;
                    while (!IsOpen(slow, rules))
                        slow = slow.AddMinutes(1);
                    return OpenHours.Next(world.At, rules) == slow && OpenHours.Contain(slow, rules);
                }
            )
        );
    }

    /// <summary>The slow twin of one instant, by the wall clock of the zone.</summary>
    static bool IsOpen(DateTime at, SendingRules rules)
    {
        var wall = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, "Europe/Stockholm");
        var minute = wall.Hour * 60 + wall.Minute;
        var (from, to) = (rules.Quiet.From.ToTimeSpan().TotalMinutes, rules.Quiet.To.ToTimeSpan().TotalMinutes);
        var quiet = from <= to ? minute >= from && minute < to : !(minute >= to && minute < from);
        return !quiet && !rules.Holidays.AreOn(DateOnly.FromDateTime(wall));
    }

    static SendingRules Daily(TimeOnly from, TimeOnly to) =>
        Rules with
        {
            Quiet = new(from, to),
            Holidays = new(false, false, false, []),
        };

    static TimeOnly Time(int minutes) => new(minutes / 60, minutes % 60);

    static DateTime Z(DateTime at) => DateTime.SpecifyKind(at, DateTimeKind.Utc);

    static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
