namespace LeadScoring.Funnel.Stages;

/// <summary>Where a contact stands: the four of AIDA (E. St. Elmo Lewis, 1898), what comes after, and the ways out.</summary>
public enum Stage
{
    Attention,
    Interest,
    Desire,
    Action,

    /// <summary>Has relocated.</summary>
    Moved,

    /// <summary>Is still there twelve months later.</summary>
    Stayed,

    /// <summary>Silent for longer than the policy allows; a return thaws.</summary>
    Dormant,

    /// <summary>Said no, objected or withdrew; only a new consent or a new yes reopens.</summary>
    Closed,
}
