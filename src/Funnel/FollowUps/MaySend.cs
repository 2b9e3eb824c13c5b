using LeadScoring.Funnel.Calendar;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.FollowUps;

/// <summary>Whether a planned follow-up goes now, waits or lapses; the one place where sending is decided.</summary>
/// <remarks>
/// What ends a follow-up comes first: objection, consent, a stage left behind, the hold-out, no way to reach the contact.
/// Then, once it is due, the first instant from now on is sought that lies in open hours, within the week's limit and
/// below the caps. If that is now it goes; if it is within the policy's days it waits; else it lapses. Quiet hours,
/// days off and (for calls) absence postpone these days, so they alone let nothing lapse.
/// The decision holds for the history it was given: read that and note the sending in one transaction.
/// </remarks>
public static class MaySend
{
    /// <param name="policy">Of the follow-up's municipality.</param>
    /// <param name="now">Instant, UTC.</param>
    public static SendDecision Of(FollowUp planned, Recipient recipient, SentBefore before, Policy policy, DateTime now)
    {
        if (Ended(planned, recipient) is { } ended)
            return SendDecision.Never(ended);
        var allowed = policy.Sending.Channels[planned.Kind].Where(recipient.Reachable.Contains).ToList();
        if (allowed.Count == 0)
            return SendDecision.Never(SendCause.NoChannel);
        var sound = allowed.Except(recipient.Bounced).ToList();
        if (sound.Count == 0)
            return SendDecision.Never(SendCause.Bounced);
        if (planned.DueAt > now)
            return SendDecision.Later(planned.DueAt, SendCause.NotDue);

        var slot = new Slot(planned.Kind, before, policy.Sending, now);
        var (at, cause) = slot.First(slot.Deadline(planned.DueAt));
        return at is not { } first ? SendDecision.Never(cause!)
            : first == now ? SendDecision.Now(sound[0])
            : SendDecision.Later(first, cause!);
    }

    static string? Ended(FollowUp planned, Recipient recipient)
    {
        if (recipient.Objected)
            return SendCause.Objected;
        var needed = planned.Kind == FollowUpKind.Call ? recipient.MayShare : recipient.MayMarket;
        if (!recipient.MayProfile || !needed)
            return SendCause.NoConsent;
        if (PlanFollowUps.IsOvertaken(planned, recipient.Stage))
            return SendCause.Overtaken;
        return recipient.IsHeldOut ? SendCause.HeldOut : null;
    }
}

/// <summary>Seeks the first instant at which one follow-up may go.</summary>
sealed class Slot(FollowUpKind kind, SentBefore before, SendingRules rules, DateTime now)
{
    readonly bool _isCall = kind == FollowUpKind.Call;

    /// <summary>
    /// The end of the policy's days, counted from the day on which it could first have gone; of an open day, so that
    /// neither days off nor an absence use them up.
    /// </summary>
    public DateTime Deadline(DateTime due)
    {
        var last = StockholmTime.Day(Opening(due)).AddDays(rules.LateDays);
        var open = StockholmTime.Day(Opening(StockholmTime.Instant(last, 0)));
        return StockholmTime.Instant(open.AddDays(1), 0);
    }

    /// <summary>
    /// The first instant from now on that breaks no rule, null when there is none before the deadline; with what stood in
    /// the way, of which closed hours are told only when there was nothing else.
    /// </summary>
    /// <remarks>Each rule moves the instant forward or leaves it; when all leave it, it is found.</remarks>
    public (DateTime? At, string? Cause) First(DateTime deadline)
    {
        var (at, cause) = (now, (string?)null);
        while (at < deadline)
        {
            var (next, why) = Postponed(at);
            if (next == at)
                return (at, cause);
            if (next is not { } later || (why is SendCause.Capped && rules.Capped == CappedMessage.Lapse))
                return (null, why);
            at = later;
            cause = why is SendCause.Closed ? cause ?? why : why;
        }
        return (null, cause is SendCause.Capped or SendCause.WeekFull ? cause : SendCause.TooLate);
    }

    /// <summary>The first instant from then on that lies in open hours and, for a call, with an officer there.</summary>
    DateTime Opening(DateTime from)
    {
        while (true)
        {
            var at = OpenHours.Next(from, rules);
            if (BackFrom(at) is not { } back)
                return at;
            from = back;
        }
    }

    /// <summary>The instant itself when no rule forbids it, null when one always will, else one before which it is forbidden.</summary>
    (DateTime? At, string? Cause) Postponed(DateTime at)
    {
        if (OpenHours.Next(at, rules) is var open && open != at)
            return (open, SendCause.Closed);
        if (BackFrom(at) is { } back)
            return (back, SendCause.Absent);
        var day = StockholmTime.Day(at);
        var (done, usual) = (DoneInWeekOf(day), rules.WeeklyLimits[kind]);
        if (usual == 0)
            return (null, SendCause.WeekFull);
        if (done >= usual)
            return (StockholmTime.Instant(IsoWeek.Monday(day).AddDays(7), 0), SendCause.WeekFull);
        // Officers who are away today may be back before the week is over.
        if (done >= rules.LimitOn(kind, day))
            return (StockholmTime.Instant(day.AddDays(1), 0), SendCause.WeekFull);
        if (_isCall)
            return (at, null);
        if (Room(rules.ContactCaps, before.ToContact) is var alone && !(alone <= at))
            return (alone, SendCause.Capped);
        if (Room(rules.HouseholdCaps, before.ToHousehold) is var together && !(together <= at))
            return (together, SendCause.Capped);
        return (at, null);
    }

    /// <summary>For a call while all officers are away, the start of the day after; else null.</summary>
    DateTime? BackFrom(DateTime at)
    {
        var day = StockholmTime.Day(at);
        return _isCall && rules.Absences.Any(a => a.Capacity == 0 && a.Covers(day))
            ? StockholmTime.Instant(
                rules.Absences.Where(a => a.Capacity == 0 && a.Covers(day)).Max(a => a.To).AddDays(1),
                0
            )
            : null;
    }

    int DoneInWeekOf(DateOnly day) => IsoWeek.Of(day) == IsoWeek.Of(StockholmTime.Day(now)) ? before.OfKindThisWeek : 0;

    /// <summary>
    /// The first instant at which one more fits below the caps, null when a cap is 0. Of at most n in any window of
    /// length w one more fits as soon as the n-th latest of those sent is w old.
    /// </summary>
    static DateTime? Room(Caps caps, IReadOnlyCollection<DateTime> sent)
    {
        var latest = sent.OrderDescending().ToList();
        var first = DateTime.MinValue;
        foreach (var (most, window) in caps.All)
        {
            if (most == 0)
                return null;
            if (latest.Count >= most && latest[most - 1] + window > first)
                first = latest[most - 1] + window;
        }
        return first;
    }
}
