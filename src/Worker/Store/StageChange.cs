using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>One change of stage with its grounds.</summary>
/// <param name="From">The stage before, null when the contact is new to the funnel.</param>
/// <param name="Evidence">The signal that moved the contact, null when it was the likelihood, silence or entry.</param>
/// <param name="Lift">Lift over the base rate as of the run, null when the contact was not scored.</param>
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
