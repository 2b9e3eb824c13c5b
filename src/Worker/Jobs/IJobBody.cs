using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>What came of a unit.</summary>
/// <param name="State">Done, or warned.</param>
/// <param name="Counts">What is kept in the runs table, as a JSON object.</param>
public sealed record JobOutcome(RunState State, object Counts);

/// <summary>What a job does with one unit. It knows nothing of schedulers, leases and attempts.</summary>
/// <remarks>A unit may be begun more than once, after a kill or a failure: a body continues or repeats, and leaves the same.</remarks>
public interface IJobBody
{
    /// <summary>The job's name in the runs table, on the command line and in the settings.</summary>
    string Name { get; }

    /// <summary>Does the unit whole. What is thrown is a failed attempt.</summary>
    /// <param name="screen">Its steps are the steps of the runs table.</param>
    JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation);
}
