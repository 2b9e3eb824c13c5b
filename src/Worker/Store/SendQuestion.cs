using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Store;

/// <summary>A follow-up about to be done, with the rule that decides on it.</summary>
/// <param name="Household">Opaque key, null when unknown.</param>
/// <param name="Rule">Decides by the contact's stage and by what has gone out; asked once, inside the transaction.</param>
/// <param name="Variant">The template that is used if it goes.</param>
public sealed record SendQuestion(
    FollowUp FollowUp,
    string? Household,
    Func<Stage, SentBefore, SendDecision> Rule,
    string Variant
);
