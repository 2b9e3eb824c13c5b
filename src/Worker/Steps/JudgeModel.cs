using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Steps;

/// <summary>How a stored model does on the lake as it stands.</summary>
/// <param name="Backtest">The model's recipe, trained anew on the earlier days and judged on the latest.</param>
/// <param name="Live">The model's own likelihoods on rows later than any it has seen; null while there are none.</param>
public sealed record ModelJudgement(string Id, ModelEvaluation Backtest, LiveFigures? Live)
{
    internal string InWords =>
        Live is { } live
            ? Words.Text(
                $"{Id}: on {live.Rows:N0} rows after its training AUC {live.Auc:0.000}, ECE {live.Ece:0.0000}; recipe in back-test AUC {Backtest.Auc:0.000} ({Backtest.AucLow:0.000} to {Backtest.AucHigh:0.000})"
            )
            : Words.Text(
                $"{Id}: recipe in back-test AUC {Backtest.Auc:0.000} ({Backtest.AucLow:0.000} to {Backtest.AucHigh:0.000}); no rows later than its training yet"
            );
}

/// <summary>Figures on rows that became known after a model was trained.</summary>
public sealed record LiveFigures(int Rows, int Positives, double Auc, double LogLoss, double Ece);

/// <summary>Back-tests a stored model's recipe, and judges the model itself on later rows.</summary>
public static class JudgeModel
{
    public static ModelJudgement Run(
        Home home,
        Lake lake,
        HomeSettings settings,
        PolicySet policies,
        StoredModel model,
        AsOf asOf,
        IProgress<StepProgress> progress,
        CancellationToken cancellation
    )
    {
        var table = TrainingTable.Build(
            home.Path,
            lake,
            settings,
            asOf.Instant,
            clicks: model.Description.ClickRule,
            progress: new TrainFromLake.Buckets("snapshots", progress),
            cancellation: cancellation
        );
        var options = TrainFromLake.Options(settings, policies) with
        {
            Training = model.Description.Training,
            KeepTrees = true,
            Clicks = model.Description.Clicks,
            Notes = TrainFromLake.Notes(table, settings),
        };
        var trainer = Trainers.Named(model.Description.Trainer);
        var again = TrainModel.Run(table, options, trainer, progress: null, cancellation);
        return new(model.Id, again.Evaluation, Live(model, table, options, cancellation));
    }

    static LiveFigures? Live(
        StoredModel model,
        FeatureTable table,
        TrainModelOptions options,
        CancellationToken cancellation
    )
    {
        if (model.Description.SnapshotDays.Count == 0)
            return null;
        var last = model.Description.SnapshotDays[^1];
        int[] later =
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Where(row => options.DayOf(table.AsOf[row]) > last.AddDays(model.Description.Label.HorizonDays)),
        ];
        var rows = table.Take(later);
        var positives = rows.Labels.Count(label => label == 1);
        if (positives == 0 || positives == rows.RowCount)
            return null;
        var raw = model.Trees.RawScores(rows, 0, cancellation);
        double[] likelihoods = [.. raw.Zip(rows.AsOf, (score, asOf) => model.Judge(score, asOf).Likelihood)];
        return new(
            rows.RowCount,
            positives,
            Metrics.RocAuc(likelihoods, rows.Labels),
            Metrics.LogLoss(likelihoods, rows.Labels),
            Metrics.CalibrationError(likelihoods, rows.Labels)
        );
    }
}
