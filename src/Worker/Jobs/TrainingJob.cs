using LeadScoring.Ingestion;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Trains a model on the lake as it is now. Whether it leads is a person's choice, unless there is no champion yet.</summary>
sealed class TrainingJob(Home home, TimeProvider time) : IJobBody
{
    public const string JobName = "train";

    public string Name => JobName;

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var settings = HomeSettings.Load(home.Path);
        var model = screen.Step(
            "train",
            progress =>
                TrainFromLake.Run(
                    home,
                    Lake.Open(home.Path),
                    settings,
                    ReadPolicies.Run(home),
                    AsOf.Of(unit.Day, settings, time),
                    new HistogramTrainer(),
                    freshGrades: false,
                    progress,
                    cancellation
                ),
            Words.Of
        );
        var registry = new ModelRegistry(home.Models);
        var isFirst = registry.Champion() is null;
        if (isFirst)
            registry.Promote(model.Id);
        var figures = Words.Figures(model);
        return new(
            RunState.Done,
            new
            {
                Model = model.Id,
                IsChampion = isFirst,
                figures.Auc,
                figures.Ece,
            }
        );
    }
}
