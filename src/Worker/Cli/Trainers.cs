using LeadScoring.Scoring.Training;

namespace LeadScoring.Worker.Cli;

/// <summary>The trainers of this build, by the name they are asked for.</summary>
static class Trainers
{
    /// <exception cref="WorkerException">There is none of that name in this build.</exception>
    internal static ITrainer Named(string name) =>
        name switch
        {
            "histogram" => new HistogramTrainer(),
            "fasttree" => throw new WorkerException(
                "--trainer fasttree: this build has no ML.NET; the trainer it has is histogram."
            ),
            _ => throw new WorkerException($"--trainer {name}: there is no such trainer; expected histogram."),
        };
}
