using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Reads what has come back into the mailbox: addresses that lead nowhere, complaints, stops.</summary>
sealed class BouncesJob(Home home, TimeProvider time) : IJobBody
{
    public const string JobName = "bounces";

    public string Name => JobName;

    /// <summary>One piece when there is something to read, else none; what is wrong with the settings the unit then tells.</summary>
    public static IReadOnlyList<string> Pieces(Home home)
    {
        try
        {
            return ReadReturned.IsAnyIn(home) ? [""] : [];
        }
        catch (WorkerException)
        {
            return [""];
        }
    }

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var figures = screen.Step(JobName, _ => ReadReturned.Run(home, time, cancellation), Words.Of);
        return new(RunState.Done, figures);
    }
}
