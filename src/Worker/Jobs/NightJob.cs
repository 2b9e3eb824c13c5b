using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>The nightly run as a job: the same code as <c>leads run</c>.</summary>
sealed class NightJob(Home home, TimeSpan wait, BucketUnits buckets, TimeProvider time) : IJobBody
{
    public const string JobName = "night";

    public string Name => JobName;

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var night = new NightlyRun(home, screen, time, cancellation)
        {
            Wait = wait,
            IsUnit = true,
            ScoreApart = buckets.Score,
        };
        var summary = night.Run(unit.Day);
        return new(night.ExitCode == ExitCode.Done ? RunState.Done : RunState.Warned, NightCounts.Of(summary));
    }
}
