using LeadScoring.Funnel;
using LeadScoring.Ingestion;
using LeadScoring.Scoring;

namespace LeadScoring.Worker.Jobs;

/// <summary>What the runs table says of a failed attempt.</summary>
static class JobFault
{
    /// <summary>The project's own errors hold no personal data and are kept whole; of any other, only its kind is.</summary>
    public static string Words(Exception problem) =>
        problem is IngestionException or ScoringException or FunnelException or WorkerException
            ? problem.Message
            : $"{problem.GetType().Name}; the log of the worker says more";
}
