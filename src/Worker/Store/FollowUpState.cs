using LeadScoring.Funnel.FollowUps;

namespace LeadScoring.Worker.Store;

/// <summary>What became of a follow-up. Only a planned one and one on its way change; what has ended stays so.</summary>
public enum FollowUpState
{
    Planned,

    /// <summary>Reserved by a dispatch and about to go out; back to planned when it did not.</summary>
    Sending,

    /// <summary>The message has gone out.</summary>
    Sent,

    /// <summary>Overtaken: consent withdrawn, or too late to make sense.</summary>
    Lapsed,

    /// <summary>Done by a person.</summary>
    Done,
}

/// <summary>A follow-up as it stands in the store.</summary>
/// <param name="Why">Why it waits, has lapsed or is uncertain, a fixed word; null when there is nothing to say.</param>
public sealed record StoredFollowUp(FollowUp FollowUp, FollowUpState State, string? Why = null);
