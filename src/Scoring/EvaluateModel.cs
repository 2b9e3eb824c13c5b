using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using static System.FormattableString;

namespace LeadScoring.Scoring;

/// <summary>Judges a model as it stands on labelled rows, for instance those whose outcomes came in since it was trained.</summary>
public static class EvaluateModel
{
    const int ListedFeatures = 20;
    const int ExplainedRows = 2000;

    /// <param name="table">Holds the model's features; rows labelled NaN are left out.</param>
    /// <param name="options">Its label, capacity, minimum positives, order of time and seed are used.</param>
    /// <returns>
    /// Figures on the rows after the model's last snapshot day where these have both outcomes, else on all rows with a
    /// warning that the model has seen some of them. The baseline is the recency rule, if the table has that feature.
    /// </returns>
    /// <exception cref="ScoringException">Labels other than 0 and 1, too few of either, a feature is missing.</exception>
    public static ModelEvaluation Run(
        TrainedModel model,
        FeatureTable table,
        TrainModelOptions options,
        CancellationToken cancellation
    )
    {
        ScoreContacts.CheckFeatures(model, table);
        var labelled = TrainModel.Labelled(table);
        var split = Rows(model, labelled, options);
        var test = labelled.Take(split.Test);
        var raw = model.Trees.RawScores(test, options.Threads, cancellation);
        var scores = model.Description.Season.Shifted(raw, test.AsOf);
        var likelihoods = model.Description.Calibrator.Likelihoods(scores);
        var tested = new HeldOut(test.Contacts, test.AsOf, test.Labels, scores, likelihoods);
        List<Rival> rivals = [];
        if (SingleFeatureRule.Recency(test, options.RecencyFeature) is { } recency)
            rivals.Add(new Rival(recency.Name, recency.Scores(test)));
        var top = FeatureWeights.Of(model.Trees, test, ExplainedRows, ListedFeatures, options.Threads, cancellation);
        return EvaluateRows.Run(
            new EvaluatedSplit(labelled, split, [], ValidationIsLater: false),
            tested,
            rivals,
            top,
            options,
            cancellation
        );
    }

    static BacktestSplit Rows(TrainedModel model, FeatureTable labelled, TrainModelOptions options)
    {
        int[] all = [.. Enumerable.Range(0, labelled.RowCount)];
        var days = model.Description.SnapshotDays;
        if (!options.OrderedByTime || days.Count == 0)
            return All("The rows have no time: rows the model was trained on cannot be told from others.");
        int[] later = [.. all.Where(row => options.DayOf(labelled.AsOf[row]) > days[^1])];
        if (!Backtest.BothClasses(labelled, later))
            return All(
                Invariant(
                    $"No labelled rows of both outcomes lie after {days[^1]:yyyy-MM-dd}, the model's last snapshot day: "
                ) + "the figures are on rows it has learnt from and are too good."
            );
        int[] earlier = [.. all.Except(later)];
        return new BacktestSplit(SplitKind.LaterDays, earlier, later, labelled.AsOf[later[0]], []);

        BacktestSplit All(string warning) => new(SplitKind.Contacts, [], all, null, [warning]);
    }
}
