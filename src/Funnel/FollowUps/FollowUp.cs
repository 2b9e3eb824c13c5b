using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.FollowUps;

/// <summary>What is to be done with a contact.</summary>
public enum FollowUpKind
{
    /// <summary>A message by e-mail.</summary>
    Email,

    /// <summary>A call by an officer.</summary>
    Call,

    /// <summary>An invitation to a visit or an event.</summary>
    Invitation,

    /// <summary>The question "could you imagine moving here?".</summary>
    Question,
}

/// <summary>One planned step of a municipality's dialogue with a contact.</summary>
/// <param name="Key">Idempotency key: the same step planned again has the same key.</param>
/// <param name="DueAt">Instant (UTC) from which it may be done.</param>
/// <param name="Cause">Why it was planned.</param>
public sealed record FollowUp(
    string Key,
    ContactId Contact,
    int Municipality,
    FollowUpKind Kind,
    Stage Stage,
    DateTime DueAt,
    string Cause
);
