using System.Globalization;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>The follow-ups of one municipality that are due: sent, left to officers, or lapsed.</summary>
/// <remarks>A beat has units for those municipalities only that have something to look at, so that an idle day leaves no rows.</remarks>
sealed class DispatchJob(Home home, JobSettings settings, TimeProvider time) : IJobBody
{
    public const string JobName = "dispatch";

    DispatchFollowUps? _dispatch;

    public string Name => JobName;

    /// <summary>The municipalities, as pieces of a beat, that have something to look at.</summary>
    public static IReadOnlyList<string> Pieces(LeadStore store, DateTime now) =>
        [.. new Sendings(store).MunicipalitiesDue(now).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var municipality = int.Parse(Recurrence.PieceOf(unit.Part), CultureInfo.InvariantCulture);
        var figures = screen.Step(
            JobName,
            _ => (_dispatch ??= new DispatchFollowUps(home, time, settings.AnswerTime)).Run(municipality, cancellation),
            Words.Of
        );
        return new(figures.HasTrouble ? RunState.Warned : RunState.Done, figures);
    }
}
