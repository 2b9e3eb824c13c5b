using LeadScoring.Funnel;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring;

namespace LeadScoring.Worker.Jobs;

/// <summary>What the runs table says of a failed attempt.</summary>
/// <remarks>Of an error of others only the kind is kept, because its words may hold the text of a row.</remarks>
static class JobFault
{
    /// <summary>The project's own errors, and the operating system's, which name a path, are kept whole.</summary>
    public static bool IsTold(Exception problem) =>
        problem
            is IngestionException
                or ScoringException
                or FunnelException
                or WorkerException
                or IOException
                or UnauthorizedAccessException
        || DiskFault.Explain(problem) is not null;

    public static string Words(Exception problem) =>
        DiskFault.Explain(problem) is { } full ? full
        : IsTold(problem) ? problem.Message
        : problem is DuckDbException
            ? "the lake or an export cannot be read (DuckDbException); leads doctor says which file is damaged, and the log of the worker where it was read"
        : $"{problem.GetType().Name}; the log of the worker says where";
}
