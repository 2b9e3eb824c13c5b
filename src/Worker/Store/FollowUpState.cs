using LeadScoring.Funnel.FollowUps;

namespace LeadScoring.Worker.Store;

/// <summary>What became of a follow-up. Only a planned one changes, and once.</summary>
public enum FollowUpState
{
    Planned,

    /// <summary>The message has gone out.</summary>
    Sent,

    /// <summary>Overtaken: consent withdrawn, or too late to make sense.</summary>
    Lapsed,

    /// <summary>Done by a person.</summary>
    Done,
}

/// <summary>A follow-up as it stands in the store.</summary>
public sealed record StoredFollowUp(FollowUp FollowUp, FollowUpState State);
