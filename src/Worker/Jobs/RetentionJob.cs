using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Drops traces that are too old, every day, also when the nights fail; a home that keeps all has nothing to do.</summary>
sealed class RetentionJob(Home home, TimeSpan wait, TimeProvider time) : IJobBody
{
    public const string JobName = "retain";

    public string Name => JobName;

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
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
}
