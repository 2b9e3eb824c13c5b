using System.CommandLine;
using LeadScoring.Ingestion;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary>What an analyst does with models: <c>train</c>, <c>evaluate</c>, <c>models</c>, <c>promote</c>, <c>rollback</c>.</summary>
static class ModelCommands
{
    internal static Option<string> TrainerOption { get; } =
        new("--trainer")
        {
            Description = "What grows the trees: histogram (built in) or, in a build with ML.NET, fasttree",
            HelpName = "histogram|fasttree",
            DefaultValueFactory = _ => "histogram",
        };

    static readonly Option<bool> Promote = new("--promote") { Description = "Put the new model to use at once" };

    /// <summary>Whose grade bands a new model takes.</summary>
    enum GradesFrom
    {
        Champion,
        Fresh,
    }

    static readonly Option<GradesFrom> Grades = new("--grades")
    {
        Description = "Grade bands: the champion's, so that a grade stays the same likelihood, or fresh ones",
        HelpName = "champion|fresh",
        DefaultValueFactory = _ => GradesFrom.Champion,
    };

    static readonly Argument<string> Model = new("MODEL") { Description = "A model's id, see leads models" };

    static readonly Argument<string?> OptionalModel = new("MODEL")
    {
        Description = "A model's id, see leads models (default: the champion)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal static Command Train() =>
        Invocation.Command(
            "train",
            "Learn a model from the lake's past, judge it on later rows, store it",
            invocation =>
            {
                var home = invocation.Home;
                var settings = HomeSettings.Load(home.Path);
                var policies = ReadPolicies.Run(home);
                var asOf = AsOf.Of(invocation.Asked.GetValue(RunCommands.AsOfOption), settings, TimeProvider.System);
                var trainer = Trainers.Named(invocation.Asked.GetRequiredValue(TrainerOption));
                var lake = Lake.Open(home.Path);
                var model = invocation.Screen.Step(
                    "train",
                    progress =>
                        TrainFromLake.Run(
                            home,
                            lake,
                            settings,
                            policies,
                            asOf,
                            trainer,
                            freshGrades: invocation.Asked.GetValue(Grades) == GradesFrom.Fresh,
                            progress,
                            invocation.Cancellation
                        ),
                    Words.Of
                );
                var registry = new ModelRegistry(home.Models);
                var champion = invocation.Asked.GetValue(Promote) || registry.Champion() is null;
                if (champion)
                    registry.Promote(model.Id);
                Tell(invocation, model, champion);
                return ExitCode.Done;
            },
            TrainerOption,
            Promote,
            Grades,
            RunCommands.AsOfOption
        );

    internal static Command Evaluate() =>
        Invocation.Command(
            "evaluate",
            "Back-test a stored model's recipe on the lake as it stands, and judge its own likelihoods on later rows",
            invocation =>
            {
                var home = invocation.Home;
                var settings = HomeSettings.Load(home.Path);
                var asOf = AsOf.Of(invocation.Asked.GetValue(RunCommands.AsOfOption), settings, TimeProvider.System);
                var model = Stored(home, invocation.Asked.GetValue(OptionalModel));
                if (string.Equals(model.Description.Trainer, ImportModel.Trainer, StringComparison.Ordinal))
                    throw new WorkerException(
                        $"Model {model.Id} was imported: the recipe it was trained by is not known and cannot be repeated. "
                            + $"Judge it on labelled rows with leads table evaluate FILE --label COL --model {model.Id}."
                    );
                var judged = invocation.Screen.Step(
                    "evaluate",
                    progress =>
                        JudgeModel.Run(
                            home,
                            Lake.Open(home.Path),
                            settings,
                            ReadPolicies.Run(home),
                            model,
                            asOf,
                            progress,
                            invocation.Cancellation
                        ),
                    judged => judged.InWords
                );
                invocation.Answer(judged, output => output.WriteLine(judged.Backtest.Verdict));
                return ExitCode.Done;
            },
            OptionalModel,
            RunCommands.AsOfOption
        );

    internal static Command Models()
    {
        var models = List();
        models.Subcommands.Add(ModelFileCommands.Import());
        models.Subcommands.Add(ModelFileCommands.Export());
        return models;
    }

    static Command List() =>
        Invocation.Command(
            "models",
            "List the models with their figures; import and export them",
            invocation =>
            {
                var home = invocation.Home;
                var models = new ModelRegistry(home.Models).List();
                invocation.Answer(
                    new
                    {
                        Home = home.Path,
                        Champion = models.FirstOrDefault(model => model.IsChampion)?.Id,
                        Models = models.Select(model => new
                        {
                            model.Id,
                            model.IsChampion,
                            model.Description.Trainer,
                            model.Description.Rows,
                            Positives = NotEvaluated.Is(model.Evaluation) ? (int?)null : model.Description.Positives,
                            model.Evaluation.Auc,
                            model.Evaluation.AucLow,
                            model.Evaluation.AucHigh,
                            model.Evaluation.LogLoss,
                            model.Evaluation.Ece,
                            model.Evaluation.BaselineAuc,
                            model.Evaluation.Verdict,
                        }),
                    },
                    output => Tell(models, output)
                );
                return ExitCode.Done;
            }
        );

    internal static Command PromoteModel() =>
        Invocation.Command(
            "promote",
            "Put a model to use",
            invocation =>
            {
                var id = invocation.Asked.GetRequiredValue(Model);
                Steps.PromoteModel.Run(invocation.Home, id);
                invocation.Answer(new { Champion = id }, output => output.WriteLine($"{id} is the champion now."));
                return ExitCode.Done;
            },
            Model
        );

    internal static Command Rollback() =>
        Invocation.Command(
            "rollback",
            "Go back to the model that was in use before",
            invocation =>
            {
                var id = new ModelRegistry(invocation.Home.Models).Rollback();
                invocation.Answer(new { Champion = id }, output => output.WriteLine($"{id} is the champion again."));
                return ExitCode.Done;
            }
        );

    internal static StoredModel Stored(Home home, string? id)
    {
        var registry = new ModelRegistry(home.Models);
        return id is not null
            ? registry.Load(id)
            : registry.Champion()
                ?? throw new WorkerException($"{home.Models} has no champion. Train one with leads train.");
    }

    static void Tell(Invocation invocation, StoredModel model, bool champion) =>
        invocation.Answer(
            new
            {
                Model = Words.Figures(model),
                IsChampion = champion,
                model.Description.Rows,
                model.Description.Positives,
                Report = Path.Combine(model.Folder, "report.html"),
                model.Evaluation.Warnings,
            },
            output =>
            {
                output.WriteLine(model.Evaluation.Verdict);
                output.WriteLine(champion ? $"{model.Id} is the champion." : $"To use it: leads promote {model.Id}");
                output.WriteLine($"Report: {Path.Combine(model.Folder, "report.html")}");
                foreach (var warning in model.Evaluation.Warnings)
                    output.WriteLine($"Look at: {warning}");
            }
        );

    static void Tell(IReadOnlyList<ListedModel> models, TextWriter output)
    {
        if (models.Count == 0)
            output.WriteLine("There is no model yet. Train one with leads train.");
        foreach (var model in models)
            output.WriteLine($"{(model.IsChampion ? '*' : ' ')} {model.Id}  {Figures(model)}");
    }

    static string Figures(ListedModel model) =>
        NotEvaluated.Is(model.Evaluation)
            ? Words.Text($"{model.Evaluation.Verdict}; {model.Description.Features.Count:N0} features")
            : Words.Text(
                $"AUC {model.Evaluation.Auc:0.000} ({model.Evaluation.AucLow:0.000} to {model.Evaluation.AucHigh:0.000}), best baseline {model.Evaluation.BaselineAuc:0.000}, ECE {model.Evaluation.Ece:0.0000}, {model.Description.Positives:N0} positives of {model.Description.Rows:N0}"
            );
}
