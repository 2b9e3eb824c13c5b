namespace LeadScoring.Worker.Store;

/// <summary>How a run stands or ended.</summary>
public enum RunState
{
    /// <summary>Waits for a worker and for its time.</summary>
    Queued,

    /// <summary>Begun and not ended; a run by hand that was killed stays so until the next one begins.</summary>
    Running,

    Done,

    /// <summary>Done, with rejects or warnings above the configured share.</summary>
    Warned,

    /// <summary>The attempt failed; a unit with a due time is tried again then.</summary>
    Failed,

    /// <summary>Given up after the last attempt, until somebody restarts it.</summary>
    Dead,

    /// <summary>Not done, and not to be done: a later day has made it needless or impossible.</summary>
    Lapsed,
}

/// <summary>What is done once: a part of what a job does for a day.</summary>
public readonly record struct JobUnit(string Job, DateOnly Day, string Part = JobUnit.Whole)
{
    /// <summary>The part of a job that is not divided.</summary>
    public const string Whole = "all";

    /// <summary><c>score 2026-05-01 07</c>.</summary>
    public string Words => $"{Job} {StoreText.Day(Day)} {Part}";
}

/// <summary>One run: a unit of work that workers claim, or one started by hand.</summary>
/// <param name="Step">The step it is at, or ended at.</param>
/// <param name="Counts">JSON object.</param>
/// <param name="Error">The message of what made the last attempt fail, null when nothing did.</param>
public sealed record StoreRun(
    long Id,
    DateOnly AsOf,
    string Job,
    string Step,
    RunState State,
    DateTime? StartedAt,
    DateTime? EndedAt,
    string Counts,
    string? Error
)
{
    /// <summary>Empty for a run by hand, which may be repeated.</summary>
    public string Part { get; init; } = "";

    /// <summary>How far the step is, 0 to 1; null when it cannot be told or nothing runs.</summary>
    public double? Share { get; init; }

    /// <summary>What the step is at, in words.</summary>
    public string? Doing { get; init; }
    public int Attempts { get; init; } = 1;
    public int MaxAttempts { get; init; } = 1;
    public string StartedBy { get; init; } = "command line";

    /// <summary>The process that has it, or had it last.</summary>
    public string? Worker { get; init; }

    /// <summary>When another worker may take it over, unless this one renews it.</summary>
    public DateTime? LeaseUntil { get; init; }

    /// <summary>When it may begin, or be tried again.</summary>
    public DateTime? DueAt { get; init; }
    public required DateTime QueuedAt { get; init; }
}
