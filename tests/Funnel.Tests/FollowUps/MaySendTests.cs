using System.Globalization;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.FollowUps.MessageChannel;

namespace LeadScoring.Funnel.Tests.FollowUps;

sealed class MaySendTests
{
    static readonly Recipient Willing = new(Stage.Interest, false, true, true, true, [Email, Sms, Phone], [], false);
    static readonly Policy Policy = PolicySet.BuiltIn.For(2506);

    /// <summary>Wednesday 11 March 2026, 9 o'clock.</summary>
    static readonly DateTime Due = Utc("2026-03-11T08:00Z");

    [Test]
    public void What_is_due_in_open_hours_goes_by_the_first_channel_that_is_sound()
    {
        Assert.That(Of(Mail()), Is.EqualTo(SendDecision.Now(Email)));
        Assert.That(Of(Mail(FollowUpKind.Call)), Is.EqualTo(SendDecision.Now(Phone)));
        Assert.That(
            Of(Mail(FollowUpKind.Question), Willing with { Bounced = [Email] }),
            Is.EqualTo(SendDecision.Now(Sms))
        );
    }

    [Test]
    public void What_is_not_due_waits_until_it_is() =>
        Assert.That(Of(Mail(), now: Due.AddHours(-30)), Is.EqualTo(SendDecision.Later(Due, SendCause.NotDue)));

    static IEnumerable<TestCaseData> Ends()
    {
        yield return new TestCaseData(Willing with { Objected = true }, FollowUpKind.Email, "objected");
        yield return new TestCaseData(Willing with { MayProfile = false }, FollowUpKind.Email, "no_consent");
        yield return new TestCaseData(Willing with { MayMarket = false }, FollowUpKind.Email, "no_consent");
        yield return new TestCaseData(Willing with { MayMarket = false }, FollowUpKind.Call, null);
        yield return new TestCaseData(Willing with { MayShare = false }, FollowUpKind.Call, "no_consent");
        yield return new TestCaseData(Willing with { MayShare = false }, FollowUpKind.Email, null);
        yield return new TestCaseData(Willing with { Stage = Stage.Desire }, FollowUpKind.Email, "overtaken");
        yield return new TestCaseData(Willing with { Stage = Stage.Closed }, FollowUpKind.Call, "overtaken");
        yield return new TestCaseData(Willing with { IsHeldOut = true }, FollowUpKind.Question, "held_out");
        yield return new TestCaseData(Willing with { Reachable = [Sms] }, FollowUpKind.Email, "no_channel");
        yield return new TestCaseData(Willing with { Reachable = [] }, FollowUpKind.Call, "no_channel");
        yield return new TestCaseData(Willing with { Bounced = [Email] }, FollowUpKind.Email, "bounced");
    }

    [TestCaseSource(nameof(Ends))]
    public void What_the_contact_does_not_want_or_cannot_get_lapses(Recipient to, FollowUpKind kind, string? cause)
    {
        Assert.That(Of(Mail(kind), to).Cause, Is.EqualTo(cause));
        Assert.That(Of(Mail(kind), to).Verdict, Is.EqualTo(cause is null ? SendVerdict.Send : SendVerdict.Lapse));
    }

    [Test]
    public void The_call_to_a_place_on_the_list_outlives_a_change_of_stage_that_leaves_somebody_to_call()
    {
        var call = Mail(FollowUpKind.Call) with { Cause = Cause.ListPlace };

        Assert.That(Of(call, Willing with { Stage = Stage.Action }).Verdict, Is.EqualTo(SendVerdict.Send));
        Assert.That(Of(call, Willing with { Stage = Stage.Dormant }).Cause, Is.EqualTo(SendCause.Overtaken));
    }

    [TestCase("2026-03-11T20:00Z", "2026-03-12T06:00Z", TestName = "An evening waits for the morning")]
    [TestCase("2026-03-13T19:00Z", "2026-03-16T06:00Z", TestName = "A Friday evening waits for Monday")]
    public void Quiet_hours_and_days_off_are_waited_for(string now, string until) =>
        Assert.That(Of(Mail(), now: Utc(now)), Is.EqualTo(SendDecision.Later(Utc(until), SendCause.Closed)));

    [Test]
    public void The_second_message_of_a_day_waits_24_hours_and_the_third_of_a_week_waits_for_the_first_to_be_a_week_old()
    {
        var day = Sent([Due.AddHours(-3)]);
        // Sent on Thursday and Monday: the Thursday is a week old on the next, 12 March, at 11.
        var week = Sent([Utc("2026-03-05T10:00Z"), Utc("2026-03-09T10:00Z")]);

        Assert.That(
            Of(Mail(), before: day),
            Is.EqualTo(SendDecision.Later(Utc("2026-03-12T06:00Z"), SendCause.Capped))
        );
        Assert.That(
            Of(Mail(), before: week),
            Is.EqualTo(SendDecision.Later(Utc("2026-03-12T10:00Z"), SendCause.Capped))
        );
    }

    [Test]
    public void A_household_s_cap_holds_one_up_whom_nobody_wrote_to()
    {
        var before = new SentBefore([], [Due.AddHours(-2), Due.AddHours(-1)], 0);

        Assert.That(Of(Mail(), before: before), Is.EqualTo(SendDecision.Later(Due.AddHours(22), SendCause.Capped)));
        Assert.That(Of(Mail(FollowUpKind.Call), before: before).Verdict, Is.EqualTo(SendVerdict.Send));
    }

    [Test]
    public void By_policy_what_is_capped_lapses_and_so_does_what_would_wait_for_too_long()
    {
        // Four in 30 days: room again when the first is 30 days old, on 26 March at 9; the 14 days after the due one
        // end with the 25th.
        var month = Sent([.. Enumerable.Range(0, 4).Select(i => Due.AddDays(-15 + 4 * i))]);

        Assert.That(Of(Mail(), before: month), Is.EqualTo(SendDecision.Never(SendCause.Capped)));
        Assert.That(
            Of(Mail(), before: month, rules: r => r with { LateDays = 15 }),
            Is.EqualTo(SendDecision.Later(Due.AddDays(15), SendCause.Capped))
        );
        Assert.That(
            Of(Mail(), before: Sent([Due.AddHours(-3)]), rules: r => r with { Capped = CappedMessage.Lapse }),
            Is.EqualTo(SendDecision.Never(SendCause.Capped))
        );
        Assert.That(
            Of(Mail(), rules: r => r with { ContactCaps = new(0, 5, 5) }),
            Is.EqualTo(SendDecision.Never(SendCause.Capped))
        );
    }

    [Test]
    public void A_full_week_waits_for_Monday_and_a_kind_without_any_capacity_lapses()
    {
        var full = SentBefore.Nothing with { OfKindThisWeek = 3 };
        SendingRules Three(SendingRules r, int most) =>
            r with
            {
                WeeklyLimits = new Dictionary<FollowUpKind, int>(r.WeeklyLimits) { [FollowUpKind.Email] = most },
            };

        Assert.That(Of(Mail(), before: full, rules: r => Three(r, 4)).Verdict, Is.EqualTo(SendVerdict.Send));
        Assert.That(
            Of(Mail(), before: full, rules: r => Three(r, 3)),
            Is.EqualTo(SendDecision.Later(Utc("2026-03-16T06:00Z"), SendCause.WeekFull))
        );
        Assert.That(Of(Mail(), rules: r => Three(r, 0)), Is.EqualTo(SendDecision.Never(SendCause.WeekFull)));
    }

    [Test]
    public void Calls_move_to_after_an_absence_however_long_and_messages_go_on()
    {
        SendingRules Away(SendingRules r) => r with { Absences = [new(new(2026, 3, 9), new(2026, 4, 17), 0)] };

        // Friday 17 April is the last day; the Monday after it is the 20th.
        Assert.That(
            Of(Mail(FollowUpKind.Call), rules: Away),
            Is.EqualTo(SendDecision.Later(Utc("2026-04-20T05:00Z"), SendCause.Absent))
        );
        Assert.That(Of(Mail(), rules: Away).Verdict, Is.EqualTo(SendVerdict.Send));
        Assert.That(
            Of(Mail(FollowUpKind.Call), now: Utc("2026-05-04T04:00Z"), rules: Away),
            Is.EqualTo(SendDecision.Later(Utc("2026-05-04T05:00Z"), SendCause.Closed))
        );
        Assert.That(
            Of(Mail(FollowUpKind.Call), now: Utc("2026-05-04T22:00Z"), rules: Away),
            Is.EqualTo(SendDecision.Never(SendCause.TooLate))
        );
    }

    [Test]
    public void With_few_officers_left_the_week_is_full_sooner_for_calls()
    {
        var before = SentBefore.Nothing with { OfKindThisWeek = 2 };
        SendingRules Few(SendingRules r) => r with { Absences = [new(new(2026, 3, 9), new(2026, 3, 13), 2)] };

        Assert.That(
            Of(Mail(FollowUpKind.Call), before: before, rules: Few),
            Is.EqualTo(SendDecision.Later(Utc("2026-03-16T06:00Z"), SendCause.WeekFull))
        );
        Assert.That(
            Of(
                Mail(FollowUpKind.Call),
                before: before,
                rules: r => r with { Absences = [new(new(2026, 3, 9), new(2026, 3, 11), 2)] }
            ),
            Is.EqualTo(SendDecision.Later(Utc("2026-03-12T06:00Z"), SendCause.WeekFull))
        );
    }

    [Test]
    public void Places_and_floor_shrink_while_officers_are_away()
    {
        var away = Policy with { Sending = Policy.Sending with { Absences = [new(Day(9), Day(13), 0)] } };

        Assert.That((away.PlacesOn(Day(8)), away.FloorOn(Day(8))), Is.EqualTo((5, 1)));
        Assert.That((away.PlacesOn(Day(13)), away.FloorOn(Day(13))), Is.EqualTo((0, 0)));
    }

    static DateOnly Day(int day) => new(2026, 3, day);

    static SentBefore Sent(IReadOnlyList<DateTime> toContact) => new(toContact, [], 0);

    static FollowUp Mail(FollowUpKind kind = FollowUpKind.Email) =>
        new("k", Worlds.Anna, 2506, kind, Stage.Interest, Due, Cause.Inquired);

    static SendDecision Of(
        FollowUp planned,
        Recipient? to = null,
        SentBefore? before = null,
        DateTime? now = null,
        Func<SendingRules, SendingRules>? rules = null
    ) =>
        MaySend.Of(
            planned,
            to ?? Willing,
            before ?? SentBefore.Nothing,
            Policy with
            {
                Sending = rules is null ? Policy.Sending : rules(Policy.Sending),
            },
            now ?? Due
        );

    static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
