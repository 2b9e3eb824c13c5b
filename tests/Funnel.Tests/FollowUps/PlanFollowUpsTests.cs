using System.Globalization;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.FollowUps;

sealed class PlanFollowUpsTests
{
    [TestCase("2026-03-27", "2026-03-27T08:00:00Z", TestName = "Friday in winter time: 9 is 8 UTC")]
    [TestCase("2026-03-28", "2026-03-30T07:00:00Z", TestName = "Saturday waits over the spring change for Monday")]
    [TestCase("2026-03-29", "2026-03-30T07:00:00Z", TestName = "The Sunday of the spring change waits for Monday")]
    [TestCase("2026-10-23", "2026-10-23T07:00:00Z", TestName = "Friday in summer time: 9 is 7 UTC")]
    [TestCase("2026-10-25", "2026-10-26T08:00:00Z", TestName = "The Sunday of the autumn change waits for Monday")]
    public void Follow_ups_fall_due_in_local_working_hours(string day, string due) =>
        Assert.That(WorkingDay.Instant(DateOnly.ParseExact(day, "yyyy-MM-dd"), 9), Is.EqualTo(Utc(due)));

    [TestCase("2026-03-29", 2, "2026-03-29T01:00:00Z", TestName = "The hour that spring skips is the one after it")]
    [TestCase(
        "2026-10-25",
        2,
        "2026-10-25T00:00:00Z",
        TestName = "The hour that autumn repeats is the first of the two"
    )]
    [TestCase("2026-10-25", 3, "2026-10-25T02:00:00Z", TestName = "After the autumn change it is winter time")]
    public void Local_hours_at_the_clock_changes_have_one_instant(string day, int hour, string expected) =>
        Assert.That(StockholmTime.Instant(DateOnly.ParseExact(day, "yyyy-MM-dd"), hour), Is.EqualTo(Utc(expected)));

    [TestCase("2026-03-28T22:59:59Z", "2026-03-28")]
    [TestCase("2026-03-28T23:00:00Z", "2026-03-29")]
    [TestCase("2026-07-01T22:00:00Z", "2026-07-02")]
    public void The_day_of_an_instant_is_the_local_one(string instant, string day) =>
        Assert.That(StockholmTime.Day(Utc(instant)), Is.EqualTo(DateOnly.ParseExact(day, "yyyy-MM-dd")));

    [Test]
    public void A_change_of_stage_plans_the_steps_of_its_cadence()
    {
        // Wednesday 11 March: two days later is Friday, 21 days later is Wednesday 1 April, in summer time.
        var step = Look(Standing(Stage.Attention), Day, [At(SignalKind.Inquired, Day.AddDays(-1))]);

        Assert.That(
            step.FollowUps,
            Is.EqualTo([
                new FollowUp(
                    "c-001/Interest/2026-03-10/Email/1",
                    Anna,
                    2506,
                    FollowUpKind.Email,
                    Stage.Interest,
                    Utc("2026-03-13T08:00:00Z"),
                    "inquired"
                ),
                new FollowUp(
                    "c-001/Interest/2026-03-10/Question/2",
                    Anna,
                    2506,
                    FollowUpKind.Question,
                    Stage.Interest,
                    Utc("2026-04-01T07:00:00Z"),
                    "inquired"
                ),
            ])
        );
    }

    [Test]
    public void What_happened_long_ago_is_followed_up_from_today_on()
    {
        var late = Look(null, Day, [At(SignalKind.Inquired, Day.AddDays(-200))]);

        Assert.That(late.FollowUps.Select(f => f.DueAt), Is.All.GreaterThan(Day.ToDateTime(TimeOnly.MinValue)));
    }

    [Test]
    public void A_place_on_a_list_asks_for_one_call_in_its_week()
    {
        var lead = new Lead(2510, 1, Anna, Lift(3), Stage.Desire, null, IsNew: true, IsRunnerUp: false);
        var call = PlanFollowUps.ForPlace(lead, Policy, Day);

        Assert.That(call.Key, Is.EqualTo("c-001/list_place/2510/2026-W11/Call/1"));
        Assert.That((call.Kind, call.Municipality, call.Cause), Is.EqualTo((FollowUpKind.Call, 2510, "list_place")));
        Assert.That(call.DueAt, Is.EqualTo(Utc("2026-03-11T08:00:00Z")));
        Assert.That(PlanFollowUps.ForPlace(lead, Policy, Day.AddDays(4)).Key, Is.EqualTo(call.Key));
        Assert.That(PlanFollowUps.ForPlace(lead, Policy, Day.AddDays(5)).Key, Is.Not.EqualTo(call.Key));
    }

    [Test]
    public void Keys_do_not_depend_on_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            A_place_on_a_list_asks_for_one_call_in_its_week();
            A_change_of_stage_plans_the_steps_of_its_cadence();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
