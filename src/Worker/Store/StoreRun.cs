namespace LeadScoring.Worker.Store;

/// <summary>How a run stands or ended.</summary>
public enum RunState
{
    /// <summary>Begun and not ended; a run that was killed stays so.</summary>
    Running,

    Done,

    /// <summary>Done, with rejects or warnings above the configured share.</summary>
    Warned,

    Failed,
}

/// <summary>One run of a command.</summary>
/// <param name="Step">The step it is at, or ended at.</param>
/// <param name="Counts">JSON object.</param>
/// <param name="Error">The message of what made it fail, null when nothing did.</param>
public sealed record StoreRun(
    long Id,
    DateOnly AsOf,
    string Command,
    string Step,
    RunState State,
    DateTime StartedAt,
    DateTime? EndedAt,
    string Counts,
    string? Error
);
