using LeadScoring.Ingestion.Tables;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tables;

/// <summary>A table as the command line names it.</summary>
/// <param name="TestFrom">First day (UTC) of the test rows, null to hold back about the last quarter.</param>
public sealed record AskedTable(string Path, TableColumns Columns, DateOnly? TestFrom)
{
    /// <summary>Columns with which the likelihood may only rise or fall.</summary>
    public MonotoneFeatures Monotone { get; init; } = MonotoneFeatures.None;
}

/// <summary>A model learnt from a table.</summary>
public sealed record TrainedTable(StoredModel Model, IReadOnlyList<string> Warnings)
{
    /// <summary>What <c>leads table train --json</c> prints.</summary>
    public object Answer =>
        new
        {
            Model = new
            {
                Model.Id,
                Model.Evaluation.Auc,
                Model.Evaluation.AucLow,
                Model.Evaluation.AucHigh,
                Model.Evaluation.LogLoss,
                Model.Evaluation.Ece,
                Model.Evaluation.BaselineAuc,
                Model.Evaluation.Verdict,
            },
            Model.Description.Rows,
            Model.Description.Positives,
            Warnings,
            Report = System.IO.Path.Combine(Model.Folder, "report.html"),
        };
}

/// <summary>Learns a model from any labelled table and stores it in the home's registry.</summary>
public static class TrainTable
{
    /// <summary>Rows worked on a day, for precision at capacity: a table does not say.</summary>
    const int Capacity = 100;

    public static TrainedTable Run(
        Home home,
        AskedTable asked,
        ITrainer trainer,
        IProgress<StepProgress> progress,
        CancellationToken cancellation
    )
    {
        progress.Report(new(null, "reading the table"));
        var read = ReadTable.Run(asked.Path, asked.Columns, features: null, cancellation);
        var ordered = asked.Columns.Time is not null || asked.Columns.FileOrder;
        if (asked.TestFrom is not null && asked.Columns.Time is null)
            throw new WorkerException("--test-from names a day, so the table needs a time column: add --time COL.");
        var options = new TrainModelOptions
        {
            Label = new(read.Positive, [], HorizonDays: 0),
            OrderedByTime = ordered,
            Dated = asked.Columns.Time is not null,
            Seasonal = false,
            TestFrom = asked.TestFrom?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Capacity = Capacity,
            Monotone = asked.Monotone,
        };
        var model = TrainModel.Run(read.Table, options, trainer, new TrainFromLake.Training(progress), cancellation);
        var stored = new ModelRegistry(home.Models).Save(model);
        return new(stored, [.. read.Warnings, .. stored.Evaluation.Warnings]);
    }
}
