namespace LeadScoring.Funnel.FollowUps;

/// <summary>What is to become of a follow-up now.</summary>
public enum SendVerdict
{
    /// <summary>It goes now.</summary>
    Send,

    /// <summary>It stays planned and is looked at again at an instant.</summary>
    Wait,

    /// <summary>It will never go.</summary>
    Lapse,
}

/// <summary>A verdict with what belongs to it.</summary>
/// <param name="Channel">By what way it goes; null unless it goes.</param>
/// <param name="Until">Instant (UTC) at which to look again, later than now; null unless it waits.</param>
/// <param name="Cause">One of <see cref="SendCause"/> for what waits or lapses, null for what goes.</param>
public readonly record struct SendDecision(SendVerdict Verdict, MessageChannel? Channel, DateTime? Until, string? Cause)
{
    public static SendDecision Now(MessageChannel by) => new(SendVerdict.Send, by, null, null);

    public static SendDecision Later(DateTime until, string cause) => new(SendVerdict.Wait, null, until, cause);

    public static SendDecision Never(string cause) => new(SendVerdict.Lapse, null, null, cause);
}

/// <summary>The fixed words for why a follow-up waits or has lapsed; they are stored, so they are never reworded.</summary>
public static class SendCause
{
    /// <summary>Objected to profiling; lapses.</summary>
    public const string Objected = "objected";

    /// <summary>The consent that this kind needs is not there (any more); lapses.</summary>
    public const string NoConsent = "no_consent";

    /// <summary>The contact has moved on to another stage; lapses.</summary>
    public const string Overtaken = "overtaken";

    /// <summary>Drawn for the hold-out; lapses.</summary>
    public const string HeldOut = "held_out";

    /// <summary>The policy allows no channel by which the contact can be reached; lapses.</summary>
    public const string NoChannel = "no_channel";

    /// <summary>All that it could go by has bounced for good; lapses.</summary>
    public const string Bounced = "bounced";

    /// <summary>It is not yet due; waits.</summary>
    public const string NotDue = "not_due";

    /// <summary>Quiet hours or a day off; waits.</summary>
    public const string Closed = "closed_hours";

    /// <summary>The officers are away; the call waits for them.</summary>
    public const string Absent = "absent";

    /// <summary>The municipality has done as many of the kind as it can this week; waits, or lapses when it can do none at all.</summary>
    public const string WeekFull = "week_full";

    /// <summary>The contact or its household has had as many messages as the policy allows; waits or lapses by policy.</summary>
    public const string Capped = "capped";

    /// <summary>It cannot go any more within the policy's days; lapses.</summary>
    public const string TooLate = "too_late";
}
