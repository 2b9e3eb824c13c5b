using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Store;

/// <summary>How sure it is that a message went out.</summary>
public enum SentState
{
    /// <summary>About to be handed over.</summary>
    Reserved,
    Sent,

    /// <summary>It may have arrived; it counts as sent and is never repeated.</summary>
    Uncertain,
}

/// <summary>A message that went to a contact.</summary>
/// <param name="Key">Of its follow-up.</param>
/// <param name="Variant">The name of its template.</param>
/// <param name="At">When it was reserved (UTC); caps count from then.</param>
/// <param name="AnsweredAt">The first answer or step forward after it, null when there is none yet.</param>
public sealed record SentMessage(
    string Key,
    int Municipality,
    FollowUpKind Kind,
    Stage Stage,
    string Variant,
    DateTime At,
    SentState State,
    DateTime? AnsweredAt
);

/// <summary>A message that may still be answered, and what the contact did since.</summary>
/// <param name="To">The stage that the contact was moved to by something it did, null when nothing moved it.</param>
/// <param name="ActedAt">When it did so.</param>
public readonly record struct AwaitedMessage(string Key, Stage Stage, DateTime At, Stage? To, DateTime? ActedAt);
