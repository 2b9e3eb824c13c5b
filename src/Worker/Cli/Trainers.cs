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
#if WITH_MLNET
            "fasttree" => new FastTreeTrainer(),
#else
            "fasttree" => throw new WorkerException(
                "--trainer fasttree: this build is without ML.NET, expected one made with -p:WithMLNet=true. Build it so where "
                    + "Microsoft.ML and Microsoft.ML.FastTree 5.0.0 can be restored, or take --trainer histogram."
            ),
#endif
            _ => throw new WorkerException(
                $"--trainer {name}: there is no such trainer; expected histogram or fasttree."
            ),
        };
}
