using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>
/// Forgets runs and alarms of long ago and rows of old dispatches, erases whom <c>erasures/</c> names, and drops traces that
/// are too old, every day, also when the nights fail.
/// </summary>
sealed class RetentionJob(Home home, JobSettings jobs, TimeSpan wait, TimeProvider time) : IJobBody
{
    public const string JobName = "retain";

    static readonly TimeSpan BeatsKept = TimeSpan.FromDays(30);

    public string Name => JobName;

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var runs = Forget();
        var settings = HomeSettings.Load(home.Path);
        var erasure = EraseRequested.Run(home, settings, screen, time, wait, cancellation);
        var retention =
            settings.RetentionMonths == 0
                ? null
                : screen.Step(
                    "retain",
                    progress => KeepTraces.Run(home, settings, unit.Day, time, wait, progress, cancellation),
                    Words.Of
                );
        var left = erasure?.Lake.Inbox.Count ?? 0;
        return new(
            // Inbox files are not ours to change: somebody has to take the rows out.
            left > 0
                ? RunState.Warned
                : RunState.Done,
            new
            {
                Erased = erasure?.Lake.Ids.Count ?? 0,
                InboxFilesThatNameThem = left,
                Traces = retention?.Traces ?? 0,
                Visitors = retention?.Visitors ?? 0,
                Runs = runs,
            }
        );
    }

    /// <summary>Dispatches leave hundreds of rows a day in the runs table, and are forgotten sooner.</summary>
    /// <returns>How many runs of long ago were forgotten.</returns>
    int Forget()
    {
        using var store = LeadStore.Open(home.Path);
        var (units, now) = (new JobUnits(store), time.GetUtcNow().UtcDateTime);
        units.ForgetDone([AheadJob.JobName, DispatchJob.JobName, BouncesJob.JobName], now - BeatsKept);
        return units.Prune(now - jobs.KeepRuns);
    }
}
