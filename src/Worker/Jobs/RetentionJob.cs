using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>
/// Forgets runs and alarms of long ago and rows of old dispatches, and drops traces that are too old, every day, also
/// when the nights fail.
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
        var retention =
            settings.RetentionMonths == 0
                ? null
                : screen.Step(
                    "retain",
                    progress => KeepTraces.Run(home, settings, unit.Day, time, wait, progress, cancellation),
                    Words.Of
                );
        return new(
            RunState.Done,
            new
            {
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
