using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Drops traces that are too old, and rows of old dispatches, every day, also when the nights fail; a home that keeps all has nothing to do.</summary>
sealed class RetentionJob(Home home, TimeSpan wait, TimeProvider time) : IJobBody
{
    public const string JobName = "retain";

    static readonly TimeSpan BeatsKept = TimeSpan.FromDays(30);

    public string Name => JobName;

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        ForgetBeats();
        var settings = HomeSettings.Load(home.Path);
        if (settings.RetentionMonths == 0)
            return new(RunState.Done, new { Traces = 0, Visitors = 0 });
        var retention = screen.Step(
            "retain",
            progress => KeepTraces.Run(home, settings, unit.Day, time, wait, progress, cancellation),
            Words.Of
        );
        return new(RunState.Done, new { retention.Traces, retention.Visitors });
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
