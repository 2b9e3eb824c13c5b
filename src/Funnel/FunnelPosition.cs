using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel;

/// <summary>Where one contact stands after a run.</summary>
/// <param name="Since">Day the stage was entered.</param>
/// <param name="LastSignal">Instant (UTC) of the latest sign of life by the contact, null when there was none.</param>
/// <param name="Municipality">The municipality that carries the dialogue, 0 when none does.</param>
/// <param name="RunnerUp">The second-best fit, 0 when none.</param>
/// <param name="Cause">Why the contact stands here, one of <see cref="Stages.Cause"/>.</param>
/// <param name="ModelId">The model whose likelihood was used, null when none was.</param>
/// <param name="AsOf">Day of the run that last looked at the contact.</param>
/// <param name="LastWord">What the contact last said, null when nothing yet.</param>
public sealed record FunnelPosition(
    ContactId Contact,
    Stage Stage,
    DateOnly Since,
    DateTime? LastSignal,
    int Municipality,
    int RunnerUp,
    string Cause,
    string? ModelId,
    DateOnly AsOf,
    Word? LastWord = null
);

/// <summary>Something the contact said (asked, answered, talked, objected): it outranks the model for a while.</summary>
/// <param name="At">Instant, UTC.</param>
public readonly record struct Word(SignalKind Kind, DateTime At);
