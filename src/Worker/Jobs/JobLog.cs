using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>All that is logged of jobs.</summary>
static partial class JobLog
{
    [LoggerMessage(LogLevel.Information, "{Job} {Day} {Part}: queued")]
    public static partial void Queued(ILogger log, string job, DateOnly day, string part);

    [LoggerMessage(LogLevel.Information, "{Job} {Day} {Part}: attempt {Attempt} of {Attempts} begun by {Worker}")]
    public static partial void Begun(
        ILogger log,
        string job,
        DateOnly day,
        string part,
        int attempt,
        int attempts,
        string? worker
    );

    [LoggerMessage(LogLevel.Information, "{Job} {Day} {Part}: {State} after {Seconds} s, {Counts}")]
    public static partial void Ended(
        ILogger log,
        string job,
        DateOnly day,
        string part,
        string state,
        double seconds,
        string counts
    );

    [LoggerMessage(LogLevel.Error, "{Job} {Day} {Part}: attempt {Attempt} failed: {Error}")]
    public static partial void Failed(ILogger log, string job, DateOnly day, string part, int attempt, string error);

    [LoggerMessage(LogLevel.Error, "{Kind} at{Where}")]
    public static partial void Unexpected(ILogger log, string kind, string? where);

    [LoggerMessage(LogLevel.Warning, "{Job} {Day} {Part}: {What}")]
    public static partial void Left(ILogger log, string job, DateOnly day, string part, string what);

    [LoggerMessage(LogLevel.Error, "the store cannot be used: {Error}")]
    public static partial void NoStore(ILogger log, string error);

    [LoggerMessage(LogLevel.Debug, "how far a unit is could not be noted: {Error}")]
    public static partial void NoProgress(ILogger log, string error);

    [LoggerMessage(LogLevel.Warning, "{Units} units lapsed, because a later day has overtaken them; see leads jobs")]
    public static partial void Lapsed(ILogger log, int units);

    [LoggerMessage(LogLevel.Error, "alarm: {Words}")]
    public static partial void Alarm(ILogger log, string words);

    [LoggerMessage(LogLevel.Error, "an alarm could not be posted ({Problem}); it is tried again in a minute")]
    public static partial void NotPosted(ILogger log, string problem);

    [LoggerMessage(LogLevel.Error, "an alarm could not be mailed ({Problem}); it is tried again later")]
    public static partial void NotMailed(ILogger log, string problem);
}
