using LeadScoring.Funnel.Calendar;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Policies;

/// <summary>What is looked at when a follow-up is about to be done, see <see cref="FollowUps.MaySend"/>.</summary>
/// <param name="Channels">Channels by which each kind may go, preferred first; a kind without any lapses.</param>
/// <param name="Quiet">Local hours in which nothing reaches anybody.</param>
/// <param name="Holidays">Days on which nothing does.</param>
/// <param name="ContactCaps">Most messages to one contact.</param>
/// <param name="HouseholdCaps">Most messages to all of one household, the contact included.</param>
/// <param name="WeeklyLimits">Most follow-ups of each kind that the municipality does in an ISO week.</param>
/// <param name="Absences">When officers are away: calls wait, or are fewer.</param>
/// <param name="LateDays">Days after the first instant at which it might have gone until a follow-up lapses.</param>
/// <param name="Capped">What becomes of a message that a cap holds up.</param>
/// <param name="Templates">Names of templates that differ from <see cref="Template"/>'s default.</param>
public sealed record SendingRules(
    IReadOnlyDictionary<FollowUpKind, IReadOnlyList<MessageChannel>> Channels,
    QuietHours Quiet,
    Holidays Holidays,
    Caps ContactCaps,
    Caps HouseholdCaps,
    IReadOnlyDictionary<FollowUpKind, int> WeeklyLimits,
    IReadOnlyList<Absence> Absences,
    int LateDays,
    CappedMessage Capped,
    IReadOnlyDictionary<(Stage Stage, FollowUpKind Kind), string> Templates
)
{
    /// <summary>Name of the template for a stage's follow-up: the policy's, else such as <c>interest_email</c>.</summary>
    public string Template(Stage stage, FollowUpKind kind) =>
        Templates.TryGetValue((stage, kind), out var name) ? name : $"{stage}_{kind}".ToLowerInvariant();

    /// <summary>Most follow-ups of the kind in the week, as it stands on that day: fewer calls while officers are away.</summary>
    public int LimitOn(FollowUpKind kind, DateOnly day) =>
        kind == FollowUpKind.Call ? LeastOn(day, WeeklyLimits[kind]) : WeeklyLimits[kind];

    /// <summary>The number or, while officers are away, what they can do then if that is less.</summary>
    internal int LeastOn(DateOnly day, int usual) =>
        Absences.Where(a => a.Covers(day)).Select(a => a.Capacity).Append(usual).Min();
}

/// <summary>Local hours (Europe/Stockholm) from one time up to another, which may be of the next day; equal ones are none.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    public bool Cover(TimeOnly time) => From <= To ? time >= From && time < To : time >= From || time < To;
}

/// <summary>Days off.</summary>
/// <param name="Public">Whether Sweden's public holidays are.</param>
/// <param name="Eves">Whether Easter, Midsummer, Christmas and New Year's Eve are.</param>
/// <param name="Weekends">Whether Saturdays and Sundays are.</param>
/// <param name="Days">The municipality's own.</param>
public sealed record Holidays(bool Public, bool Eves, bool Weekends, IReadOnlyList<DateOnly> Days)
{
    public bool AreOn(DateOnly day) =>
        (Weekends && day.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
        || (Public && SwedishHolidays.IsPublic(day))
        || (Eves && SwedishHolidays.IsEve(day))
        || Days.Contains(day);
}

/// <summary>Most messages in any 24 hours, 7 times 24 and 30 times 24.</summary>
public readonly record struct Caps(int Per24Hours, int Per7Days, int Per30Days)
{
    /// <summary>Each cap with the window it is about.</summary>
    public IReadOnlyList<(int Most, TimeSpan Window)> All =>
        [
            (Per24Hours, TimeSpan.FromHours(24)),
            (Per7Days, TimeSpan.FromHours(7 * 24)),
            (Per30Days, TimeSpan.FromHours(30 * 24)),
        ];
}

/// <summary>Officers away from the first to the last day, both included.</summary>
/// <param name="Capacity">Calls and new places a week that they can still do.</param>
public readonly record struct Absence(DateOnly From, DateOnly To, int Capacity)
{
    public bool Covers(DateOnly day) => day >= From && day <= To;
}

/// <summary>What becomes of a message that a cap holds up.</summary>
public enum CappedMessage
{
    /// <summary>It waits until the cap allows it, and lapses when that would be too late.</summary>
    Wait,

    /// <summary>It lapses at once.</summary>
    Lapse,
}
