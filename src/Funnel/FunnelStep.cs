using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel;

/// <summary>What one look at one contact came to.</summary>
/// <param name="Position">Where the contact stands now.</param>
/// <param name="Change">The change of stage, null when the stage is as before.</param>
/// <param name="FollowUps">
/// Planned because of the change, in order of their due instants. What an earlier stage planned and is still undone
/// lapses with the change: its <see cref="FollowUp.Stage"/> is no longer the contact's.
/// </param>
public sealed record FunnelStep(FunnelPosition Position, StageChange? Change, IReadOnlyList<FollowUp> FollowUps);

/// <summary>One change of stage with its grounds.</summary>
/// <param name="From">The stage before, null when the contact is new to the funnel.</param>
/// <param name="Cause">One of <see cref="Stages.Cause"/>.</param>
/// <param name="Evidence">The signal that moved the contact, null when it was the likelihood, silence or entry.</param>
/// <param name="Lift">Lift over the base rate as of the run, null when the contact was not scored.</param>
/// <param name="ModelId">The model in force, null when the contact was not scored.</param>
public sealed record StageChange(
    ContactId Contact,
    Stage? From,
    Stage To,
    DateOnly Since,
    string Cause,
    Signal? Evidence,
    double? Lift,
    string? ModelId,
    DateOnly AsOf
);
