using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Steps;

/// <summary>Drops the traces that are older than the months that <c>leads.json</c> keeps them.</summary>
static class KeepTraces
{
    /// <param name="asOf">The day that the months are counted back from; one that is yet to come counts as today.</param>
    /// <exception cref="WorkerException">The home keeps its traces.</exception>
    internal static Retention Run(
        Home home,
        HomeSettings settings,
        DateOnly asOf,
        TimeProvider time,
        TimeSpan wait,
        IProgress<StepProgress> progress,
        CancellationToken cancellation
    )
    {
        if (settings.RetentionMonths == 0)
            throw new WorkerException(
                $"{Path.Combine(home.Path, "leads.json")} says nothing of retentionMonths, expected the months that traces "
                    + "are kept, such as 36. Nothing was dropped."
            );
        // A slip in --as-of must not cost a lake its traces.
        var today = AsOf.Of(null, settings, time).Day;
        var first = RetainTraces.FirstKept(settings.RetentionMonths, asOf < today ? asOf : today);
        return RetainTraces.Run(
            home.Path,
            AsOf.Of(first, settings, time).Instant,
            new IngestOptions(settings.Buckets) { Wait = wait },
            new IngestInbox.Progress(progress, new Pace(TimeProvider.System)),
            cancellation
        );
    }
}
