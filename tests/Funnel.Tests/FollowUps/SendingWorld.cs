using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.FollowUps;

/// <summary>What a month of sending starts from.</summary>
/// <param name="TickMinutes">Minutes between two looks of the dispatcher.</param>
/// <param name="Withdrawals">When a contact takes its consents back (UTC).</param>
sealed record SendingWorld(
    Policy Policy,
    IReadOnlyList<FollowUp> Planned,
    int TickMinutes,
    IReadOnlyDictionary<string, DateTime> Withdrawals
)
{
    /// <summary>Before the clock changes of spring and autumn, Easter, Midsummer and Christmas.</summary>
    static readonly DateTime[] Starts =
    [
        new(2026, 3, 16, 0, 0, 0, DateTimeKind.Utc),
        new(2026, 10, 12, 0, 0, 0, DateTimeKind.Utc),
        new(2026, 6, 8, 0, 0, 0, DateTimeKind.Utc),
        new(2026, 12, 14, 0, 0, 0, DateTimeKind.Utc),
    ];

    /// <summary>Contacts come in households of three.</summary>
    public static string Household(ContactId contact) => $"h{int.Parse(contact.Value[1..]) / 3}";

    public static DateOnly Monday(DateTime at)
    {
        var day = StockholmTime.Day(at);
        while (day.DayOfWeek != DayOfWeek.Monday)
            day = day.AddDays(-1);
        return day;
    }

    public static Gen<SendingWorld> Any =>
        from start in Gen.Elements(Starts)
        from policy in Policies(DateOnly.FromDateTime(start))
        from planned in Plans(start)
        from tick in Gen.Choose(1, 200)
        from withdrawals in Gen.Choose(0, 30 * 24).ArrayOf(2)
        select new SendingWorld(
            policy,
            planned,
            tick,
            withdrawals
                .Select((hours, i) => ($"c{i * 4}", start.AddHours(hours)))
                .ToDictionary(w => w.Item1, w => w.Item2, StringComparer.Ordinal)
        );

    static Gen<FollowUp[]> Plans(DateTime start) =>
        from count in Gen.Choose(1, 40)
        from plans in (
            from contact in Gen.Choose(0, 8)
            from kind in Gen.Elements(Enum.GetValues<FollowUpKind>())
            from minutes in Gen.Choose(0, 30 * 24 * 60)
            select (contact, kind, minutes)
        ).ArrayOf(count)
        select plans
            .Select(
                (p, i) =>
                    new FollowUp(
                        $"{i}",
                        new($"c{p.contact}"),
                        2506,
                        p.kind,
                        Stage.Interest,
                        start.AddMinutes(p.minutes),
                        Cause.Entered
                    )
            )
            .ToArray();

    static Gen<Policy> Policies(DateOnly start) =>
        from quiet in Gen.Two(Gen.OneOf(Gen.Choose(0, 1439), Gen.Choose(90, 200)))
        from contact in CapsOf(4)
        from household in CapsOf(6)
        from limits in Gen.Choose(0, 6).ArrayOf(4)
        from days in Gen.Choose(0, 30).ArrayOf(2)
        from length in Gen.Choose(0, 20)
        from capacity in Gen.Choose(0, 2)
        from late in Gen.Choose(1, 20)
        from capped in Gen.Elements(CappedMessage.Wait, CappedMessage.Wait, CappedMessage.Lapse)
        from off in Gen.Elements(true, false).ArrayOf(3)
        let usual = PolicySet.BuiltIn.For(2506)
        select usual with
        {
            Sending = usual.Sending with
            {
                Quiet = new(Time(quiet.Item1), Time(quiet.Item2)),
                Holidays = new(off[0], off[1], off[2], [start.AddDays(days[0])]),
                ContactCaps = contact,
                HouseholdCaps = household,
                WeeklyLimits = Enum.GetValues<FollowUpKind>().Zip(limits).ToDictionary(l => l.First, l => l.Second),
                Absences = [new(start.AddDays(days[1]), start.AddDays(days[1] + length), capacity)],
                LateDays = late,
                Capped = capped,
            },
        };

    static Gen<Caps> CapsOf(int most) =>
        from caps in Gen.Choose(0, most).ArrayOf(3)
        let sorted = caps.Order().ToList()
        select new Caps(sorted[0], sorted[1], sorted[2]);

    static TimeOnly Time(int minutes) => new(minutes / 60, minutes % 60);
}

/// <summary>How one follow-up ended.</summary>
/// <param name="At">Instant (UTC).</param>
sealed record Settled(FollowUp FollowUp, DateTime At, SendDecision Decision);

/// <summary>A month as a dispatcher lives it: at each tick it looks at what is due and not told to wait for longer.</summary>
sealed record SendingHistory(SendingWorld World, IReadOnlyList<Settled> Settled, IReadOnlyList<SendDecision> Impatient)
{
    public IReadOnlyList<Settled> Sent { get; } = [.. Settled.Where(s => s.Decision.Verdict == SendVerdict.Send)];

    public static SendingHistory Of(SendingWorld world)
    {
        List<Settled> settled = [];
        List<SendDecision> impatient = [];
        var open = world.Planned.OrderBy(p => p.DueAt).Select(p => (Plan: p, Next: p.DueAt.AddDays(-1))).ToList();
        var now = open[0].Next;
        // The longest a follow-up can stay open: days off, absence and a year of patience.
        var end = world.Planned.Max(p => p.DueAt).AddDays(120);
        for (; open.Count > 0 && now < end; now = now.AddMinutes(world.TickMinutes))
        {
            for (var i = 0; i < open.Count; i++)
            {
                if (open[i].Next > now)
                    continue;
                var plan = open[i].Plan;
                var decision = Decide(world, settled, plan, now);
                if (decision is { Verdict: SendVerdict.Wait, Until: { } until })
                {
                    if (until <= now)
                        throw new InvalidOperationException($"told at {now:O} to wait until {until:O}");
                    impatient.Add(Decide(world, settled, plan, now + (until - now) / 2));
                    open[i] = (plan, until);
                    continue;
                }
                settled.Add(new(plan, now, decision));
                open.RemoveAt(i--);
            }
        }
        return new(world, settled, impatient);
    }

    static SendDecision Decide(SendingWorld world, List<Settled> settled, FollowUp plan, DateTime now)
    {
        var willing = !(world.Withdrawals.TryGetValue(plan.Contact.Value, out var since) && since <= now);
        MessageChannel[] channels = [MessageChannel.Email, MessageChannel.Phone];
        var to = new Recipient(Stage.Interest, false, true, willing, willing, channels, [], false);
        var sent = settled.Where(s => s.Decision.Verdict == SendVerdict.Send).ToList();
        var messages = sent.Where(s => s.FollowUp.Kind != FollowUpKind.Call).ToList();
        var household = SendingWorld.Household(plan.Contact);
        return MaySend.Of(
            plan,
            to,
            new(
                [.. messages.Where(s => s.FollowUp.Contact == plan.Contact).Select(s => s.At)],
                [
                    .. messages
                        .Where(s =>
                            household.Equals(SendingWorld.Household(s.FollowUp.Contact), StringComparison.Ordinal)
                        )
                        .Select(s => s.At),
                ],
                sent.Count(s => s.FollowUp.Kind == plan.Kind && SendingWorld.Monday(s.At) == SendingWorld.Monday(now))
            ),
            world.Policy,
            now
        );
    }
}
