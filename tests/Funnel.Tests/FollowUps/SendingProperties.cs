using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Tests.FollowUps;

/// <summary>Whole histories of 30 days, over both clock changes, Easter, Midsummer and Christmas, under random policies.</summary>
sealed class SendingProperties
{
    [Test]
    public void Every_planned_follow_up_ends_sent_or_lapsed_once() =>
        Holds(history =>
            history.Settled.Count == history.World.Planned.Count
            && history.Settled.Select(s => s.FollowUp.Key).Distinct(StringComparer.Ordinal).Count()
                == history.Settled.Count
        );

    [Test]
    public void No_window_ever_holds_more_messages_than_its_cap() =>
        Holds(history =>
        {
            var rules = history.World.Policy.Sending;
            var messages = history.Sent.Where(s => s.FollowUp.Kind != FollowUpKind.Call).ToList();
            return Keeps(rules.ContactCaps, messages.GroupBy(s => $"{s.FollowUp.Contact}"))
                && Keeps(rules.HouseholdCaps, messages.GroupBy(s => SendingWorld.Household(s.FollowUp.Contact)));
        });

    [Test]
    public void Nothing_goes_in_quiet_hours_or_on_a_day_off_by_the_clock_on_the_wall() =>
        Holds(history =>
            history.Sent.All(s =>
            {
                var wall = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(s.At, "Europe/Stockholm");
                var minute = wall.TimeOfDay;
                var quiet = history.World.Policy.Sending.Quiet;
                var (from, to) = (quiet.From.ToTimeSpan(), quiet.To.ToTimeSpan());
                var isQuiet = from <= to ? minute >= from && minute < to : !(minute >= to && minute < from);
                return !isQuiet && !history.World.Policy.Sending.Holidays.AreOn(DateOnly.FromDateTime(wall));
            })
        );

    [Test]
    public void No_week_has_more_of_a_kind_than_its_limit_and_nobody_calls_while_away() =>
        Holds(history =>
        {
            var rules = history.World.Policy.Sending;
            var calls = history.Sent.Where(s => s.FollowUp.Kind == FollowUpKind.Call).ToList();
            return history
                    .Sent.GroupBy(s => (s.FollowUp.Kind, SendingWorld.Monday(s.At)))
                    .All(week => week.Count() <= rules.WeeklyLimits[week.Key.Kind])
                && calls.All(call =>
                    rules
                        .Absences.Where(a => a.Covers(StockholmTime.Day(call.At)))
                        .All(a =>
                            calls.Count(c =>
                                c.At <= call.At && SendingWorld.Monday(c.At) == SendingWorld.Monday(call.At)
                            ) <= a.Capacity
                        )
                );
        });

    [Test]
    public void Nothing_goes_before_it_is_due_or_to_somebody_who_has_withdrawn() =>
        Holds(history =>
            history.Sent.All(s =>
                s.At >= s.FollowUp.DueAt
                && (!history.World.Withdrawals.TryGetValue(s.FollowUp.Contact.Value, out var since) || s.At < since)
            )
        );

    [Test]
    public void Who_waits_is_told_an_instant_later_than_now_and_looking_earlier_sends_nothing() =>
        Holds(history => history.Impatient.All(early => early.Verdict != SendVerdict.Send));

    [Test]
    public void With_room_enough_and_no_withdrawal_everything_is_sent() =>
        Holds(
            history => history.Sent.Count == history.World.Planned.Count,
            world =>
                world with
                {
                    Withdrawals = new Dictionary<string, DateTime>(StringComparer.Ordinal),
                    Policy = world.Policy with
                    {
                        Sending = world.Policy.Sending with
                        {
                            // The dispatcher looks every few hours at most and must not miss the open ones.
                            Quiet = PolicySet.BuiltIn.Default.Sending.Quiet,
                            ContactCaps = new(99, 99, 99),
                            HouseholdCaps = new(99, 99, 99),
                            WeeklyLimits = Enum.GetValues<FollowUpKind>().ToDictionary(k => k, _ => 1000),
                            Absences = [.. world.Policy.Sending.Absences.Select(a => a with { Capacity = 0 })],
                        },
                    },
                }
        );

    /// <summary>The slow twin of a cap: of every message, how many went in the window that ends with it.</summary>
    static bool Keeps(Caps caps, IEnumerable<IGrouping<string, Settled>> groups) =>
        groups.All(group =>
            caps.All.All(cap =>
                group.All(last => group.Count(s => s.At <= last.At && s.At > last.At - cap.Window) <= cap.Most)
            )
        );

    static void Holds(Func<SendingHistory, bool> property, Func<SendingWorld, SendingWorld>? change = null) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(150),
            Prop.ForAll(
                SendingWorld.Any.ToArbitrary(),
                world => property(SendingHistory.Of(change is null ? world : change(world)))
            )
        );
}
