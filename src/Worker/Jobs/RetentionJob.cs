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
        ForgetBeats();
        var settings = HomeSettings.Load(home.Path);
        var runs = Prune();
        if (settings.RetentionMonths == 0)
            return new(
                RunState.Done,
                new
                {
                    Traces = 0,
                    Visitors = 0,
                    Runs = runs,
                }
            );
        var retention = screen.Step(
            "retain",
            progress => KeepTraces.Run(home, settings, unit.Day, time, wait, progress, cancellation),
            Words.Of
        );
        return new(
            RunState.Done,
            new
            {
                retention.Traces,
                retention.Visitors,
                Runs = runs,
            }
        );
    }

    int Prune()
    {
        using var store = LeadStore.Open(home.Path);
        return new JobUnits(store).Prune(time.GetUtcNow().UtcDateTime - jobs.KeepRuns);
    }

    /// <summary>Dispatches leave hundreds of rows a day in the runs table.</summary>
    void ForgetBeats()
    {
        using var store = LeadStore.Open(home.Path);
        new JobUnits(store).ForgetDone(
            [DispatchJob.JobName, BouncesJob.JobName],
            time.GetUtcNow().UtcDateTime - BeatsKept
        );
    }
}
