using LeadScoring.Ingestion.Tables;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tables;

/// <summary>How a stored model does on a labelled table.</summary>
public sealed record TableFigures(
    string Model,
    int Rows,
    int Positives,
    double Auc,
    double LogLoss,
    double Brier,
    double Ece,
    IReadOnlyList<string> Warnings
)
{
    internal string InWords =>
        Words.Text(
            $"{Rows:N0} rows, {Positives:N0} positive: AUC {Auc:0.000}, log loss {LogLoss:0.0000}, ECE {Ece:0.0000}"
        );
}

/// <summary>Judges a stored model's likelihoods against the labels of a table.</summary>
public static class EvaluateTable
{
    public static TableFigures Run(StoredModel model, AskedTable asked, CancellationToken cancellation)
    {
        var read = ReadTable.Run(asked.Path, asked.Columns, model.Trees.Features, cancellation);
        var labels = read.Table.Labels;
        var positives = labels.Count(label => label == 1);
        if (positives == 0 || positives == labels.Length)
        {
            throw new WorkerException(
                $"{Path.GetFileName(asked.Path)}: all {labels.Length} labels are alike; expected both classes to judge a model by."
            );
        }
        var raw = model.Trees.RawScores(read.Table, 0, cancellation);
        double[] likelihoods = [.. raw.Zip(read.Table.AsOf, (score, asOf) => model.Judge(score, asOf).Likelihood)];
        return new(
            model.Id,
            labels.Length,
            positives,
            Metrics.RocAuc(raw, labels),
            Metrics.LogLoss(likelihoods, labels),
            Metrics.Brier(likelihoods, labels),
            Metrics.CalibrationError(likelihoods, labels),
            read.Warnings
        );
    }
}
