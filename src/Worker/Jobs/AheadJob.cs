using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Who has said something since the night: moved, placed and planned for, and then written to in the same beat.</summary>
/// <remarks>A beat has a unit only when something may be new in the inbox, so that an idle day leaves no rows.</remarks>
sealed class AheadJob(Home home, JobSettings settings, WakeSignal signal, TimeProvider time) : IJobBody
{
    public const string JobName = AdvanceAhead.StepName;

    public string Name => JobName;

    /// <summary>One piece when something may be new, else none; what is wrong with the home the unit then tells.</summary>
    public static IReadOnlyList<string> Pieces(Home home, LeadStore store, DateTime now)
    {
        try
        {
            return AdvanceAhead.IsDue(home, store, now) ? [""] : [];
        }
        catch (Exception problem) when (problem is IngestionException or IOException or UnauthorizedAccessException)
        {
            return [""];
        }
    }

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var outcome = AdvanceAhead.Run(home, screen, time, cancellation);
        if (outcome.FollowUps > 0)
            QueueDispatch(unit);
        return new(RunState.Done, outcome);
    }

    /// <summary>What has been planned is due now: the beat's dispatch is queued for municipalities that had nothing due before.</summary>
    void QueueDispatch(JobUnit unit)
    {
        var now = time.GetUtcNow().UtcDateTime;
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        foreach (var piece in DispatchJob.Pieces(store, now))
            queue.Put(new(DispatchJob.JobName, unit.Day, $"{unit.Part} {piece}"), now, JobName, settings.Attempts, now);
        signal.Wake();
    }
}
