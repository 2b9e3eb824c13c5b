using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel;

/// <summary>Where one contact stands after a run.</summary>
/// <param name="Since">Day the stage was entered.</param>
/// <param name="LastSignal">Instant (UTC) of the latest signal by the contact, null when there was none.</param>
/// <param name="Municipality">The municipality that carries the dialogue, 0 when none does.</param>
/// <param name="RunnerUp">The second-best fit, 0 when none.</param>
/// <param name="Cause">Why the contact stands here, in a fixed word (<c>likelihood</c>, <c>answered_yes</c>, <c>silence</c>, ...).</param>
/// <param name="ModelId">The model whose likelihood was used, null when none was.</param>
/// <param name="AsOf">Day of the run that last looked at the contact.</param>
public sealed record FunnelPosition(
    ContactId Contact,
    Stage Stage,
    DateOnly Since,
    DateTime? LastSignal,
    int Municipality,
    int RunnerUp,
    string Cause,
    string? ModelId,
    DateOnly AsOf
);
