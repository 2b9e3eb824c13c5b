using System.CommandLine;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Tables;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads table train|evaluate|score FILE</c>: the same engine on any CSV or Parquet table.</summary>
static class TableCommands
{
    static readonly Argument<string> File = new("FILE") { Description = "A CSV (also .gz) or Parquet file" };

    static readonly Option<string> Label = new("--label")
    {
        Description = "The column to foresee: yes/no, true/false, 1/0 or any two values",
        HelpName = "COL",
        Required = true,
    };

    static readonly Option<string[]> Positive = new("--positive")
    {
        Description = "A value of the label that is positive, all others negative (may be repeated)",
        HelpName = "VALUE",
    };

    static readonly Option<string?> Id = new("--id")
    {
        Description = "The column that names the rows",
        HelpName = "COL",
    };

    static readonly Option<string?> Time = new("--time")
    {
        Description = "The column that says when each row was: training rows come before test rows",
        HelpName = "COL",
    };

    static readonly Option<bool> FileOrder = new("--file-order")
    {
        Description = "The order of the rows in the file is that of time",
    };

    static readonly Option<DateOnly?> TestFrom = new("--test-from")
    {
        Description = "First day of the test rows, yyyy-mm-dd (default: about the last quarter of the rows)",
        HelpName = "DAY",
        CustomParser = result => Days.Parse(result),
    };

    static readonly Option<string?> Weight = new("--weight")
    {
        Description = "The column that weighs the rows in training",
        HelpName = "COL",
    };

    static readonly Option<string[]> Drop = new("--drop")
    {
        Description = "A column that is not to be used (may be repeated)",
        HelpName = "COL",
    };

    static readonly Option<string[]> Rising = new("--rising")
    {
        Description = "A number with which the likelihood may only rise (may be repeated)",
        HelpName = "COL",
    };

    static readonly Option<string[]> Falling = new("--falling")
    {
        Description = "A number with which the likelihood may only fall (may be repeated)",
        HelpName = "COL",
    };

    static readonly Option<string?> Model = new("--model")
    {
        Description = "A model's id, see leads models (default: the champion)",
        HelpName = "ID",
    };

    static readonly Option<string> Out = new("--out")
    {
        Description = "Where the scores go: a .csv or .parquet file",
        HelpName = "FILE",
        Required = true,
    };

    static readonly Option<bool> NoReasons = new("--no-reasons")
    {
        Description = "Leave the reasons empty, which is faster",
    };

    internal static Command Build()
    {
        var table = new Command("table", "The same engine on any labelled CSV or Parquet table");
        table.Subcommands.Add(Train());
        table.Subcommands.Add(Evaluate());
        table.Subcommands.Add(Score());
        return table;
    }

    static Command Train() =>
        Invocation.Command(
            "train",
            "Learn a model from a table, judge it on later rows, store it",
            invocation =>
            {
                var asked = Asked(invocation) with
                {
                    Monotone = new(invocation.Asked.GetValue(Rising) ?? [], invocation.Asked.GetValue(Falling) ?? []),
                };
                var trainer = Trainers.Named(invocation.Asked.GetRequiredValue(ModelCommands.TrainerOption));
                var trained = invocation.Screen.Step(
                    "train",
                    progress => TrainTable.Run(invocation.Home, asked, trainer, progress, invocation.Cancellation),
                    trained => Words.Of(trained.Model)
                );
                invocation.Answer(trained.Answer, output => TellTrained(trained, output));
                return ExitCode.Done;
            },
            File,
            Label,
            Positive,
            Id,
            Time,
            FileOrder,
            TestFrom,
            Weight,
            Drop,
            Rising,
            Falling,
            ModelCommands.TrainerOption
        );

    static Command Evaluate() =>
        Invocation.Command(
            "evaluate",
            "Judge a stored model on a labelled table",
            invocation =>
            {
                var model = ModelCommands.Stored(invocation.Home, invocation.Asked.GetValue(Model));
                var figures = invocation.Screen.Step(
                    "evaluate",
                    _ => EvaluateTable.Run(model, Asked(invocation), invocation.Cancellation),
                    figures => figures.InWords
                );
                invocation.Answer(figures, _ => { });
                return ExitCode.Done;
            },
            File,
            Label,
            Positive,
            Id,
            Model
        );

    static Command Score() =>
        Invocation.Command(
            "score",
            "Score a table with a stored model",
            invocation =>
            {
                var model = ModelCommands.Stored(invocation.Home, invocation.Asked.GetValue(Model));
                var asked = new TableToScore(
                    invocation.Asked.GetRequiredValue(File),
                    invocation.Asked.GetValue(Id),
                    invocation.Asked.GetRequiredValue(Out),
                    Reasons: !invocation.Asked.GetValue(NoReasons)
                )
                {
                    Language = Languages.Asked(invocation),
                };
                var scores = invocation.Screen.Step(
                    "score",
                    progress => ScoreTable.Run(model, asked, new RowsScored(progress), invocation.Cancellation),
                    scored => Words.Text($"{scored.Rows:N0} rows scored by {model.Id}")
                );
                invocation.Answer(scores, output => TellScored(scores, output));
                return ExitCode.Done;
            },
            File,
            Model,
            Id,
            Out,
            NoReasons,
            Languages.Option
        );

    static AskedTable Asked(Invocation invocation)
    {
        var asked = invocation.Asked;
        return new(
            asked.GetRequiredValue(File),
            new()
            {
                Label = asked.GetRequiredValue(Label),
                Positive = asked.GetValue(Positive) ?? [],
                Id = asked.GetValue(Id),
                Time = asked.GetValue(Time),
                Weight = asked.GetValue(Weight),
                Drop = asked.GetValue(Drop) ?? [],
                FileOrder = asked.GetValue(FileOrder),
            },
            asked.GetValue(TestFrom)
        );
    }

    static void TellTrained(TrainedTable trained, TextWriter output)
    {
        output.WriteLine(trained.Model.Evaluation.Verdict);
        output.WriteLine($"Report: {Path.Combine(trained.Model.Folder, "report.html")}");
        foreach (var warning in trained.Warnings)
            output.WriteLine($"Look at: {warning}");
    }

    static void TellScored(ScoredTable scored, TextWriter output)
    {
        output.WriteLine($"Scores: {scored.Path}");
        foreach (var warning in scored.Warnings)
            output.WriteLine($"Look at: {warning}");
    }

    /// <summary>Shows how many rows are scored: how many there are is not known before the end.</summary>
    sealed class RowsScored(IProgress<StepProgress> progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new(null, Words.Text($"{value:N0} rows")));
    }
}
