using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using LeadScoring.Scoring.Tuning;
using static System.FormattableString;

namespace LeadScoring.Scoring;

/// <summary>Turns a labelled table into a model that was judged on later rows and is calibrated on rows it never saw.</summary>
public static class TrainModel
{
    const int ExplainedRows = 2000;
    const int ListedFeatures = 20;
    const int ListedDays = 100;

    /// <param name="table">Rows labelled 0 or 1; rows labelled NaN (open horizon) are left out.</param>
    /// <exception cref="ScoringException">Labels other than 0 and 1, fewer than two rows of either, no usable split.</exception>
    public static TrainedModel Run(
        FeatureTable table,
        TrainModelOptions options,
        ITrainer trainer,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation
    )
    {
        var labelled = Labelled(table);
        // Hold the latest days back; choose options, number of trees and calibrator on the days before them.
        var split = Backtest.Split(labelled, options);
        var training = labelled.Take(split.Train);
        var folds = Folds.Of(training, options);
        var chosen = ChooseTrees.Run(training, folds, options, trainer, progress, cancellation);
        chosen = chosen with { Options = chosen.Options with { Bags = TrainingGrid.Bags(training, options) } };
        var heldOut = training.Take(chosen.Rows);
        var seen = Rows(chosen.RawScores, heldOut);
        var calibration = FitCalibration.Run(seen, options);

        // Judge trees grown on those days alone.
        var test = labelled.Take(split.Test);
        var judged = Grow("growing the judged trees", training);
        var testScores = judged.RawScores(test, options.Threads, cancellation);
        var tested = calibration.Apply(test, testScores);
        progress?.Report(new TrainingProgress("comparing with baselines", 0, 1));
        var rivals = Rivals(training, test, options, cancellation);

        // The model itself learns from all rows; its calibrator from every row that was held out on the way.
        var trees = Grow("growing the final trees", labelled);
        var final = FitCalibration.Run(seen.And(Rows(testScores, test)), options);
        var description = Describe(labelled, options, trainer, chosen.Options, trees) with
        {
            Season = final.Season,
            Calibrator = final.Calibrator,
            Interval = final.Interval,
            Grades = options.Grades ?? GradeBands.Of(final.Likelihoods),
        };
        progress?.Report(new TrainingProgress("measuring with intervals", 0, 1));
        var validation = Array.ConvertAll(chosen.Rows, row => split.Train[row]);
        var evaluation = EvaluateRows.Run(
            new EvaluatedSplit(labelled, split, validation, folds.Later),
            tested,
            rivals,
            FeatureWeights.Of(trees, test, ExplainedRows, ListedFeatures, options.Threads, cancellation),
            options,
            cancellation
        );
        var coverage = IntervalCoverage.Of(tested, calibration.Interval);
        return new TrainedModel(trees, description, evaluation with { IntervalCoverage = coverage });

        HeldOutRows Rows(double[] rawScores, FeatureTable rows) =>
            new(
                rawScores,
                rows.Labels,
                rows.Contacts,
                options is { OrderedByTime: true, Dated: true } ? rows.AsOf : []
            );

        BoostedTrees Grow(string step, FeatureTable rows) =>
            trainer.Train(rows, null, chosen.Options, new TreeProgress(step, progress), cancellation);
    }

    /// <summary>Rows with a label, checked.</summary>
    internal static FeatureTable Labelled(FeatureTable table)
    {
        if (table.Labels.Length == 0)
            throw new ScoringException("The table has no labels, expected 0 or 1 a row; name the label column.");
        int[] known = [.. Enumerable.Range(0, table.RowCount).Where(row => !float.IsNaN(table.Labels[row]))];
        var other = Array.FindIndex(table.Labels, label => !float.IsNaN(label) && label is not (0 or 1));
        if (other >= 0)
            throw new ScoringException(
                Invariant(
                    $"The label of row {other + 1} is {table.Labels[other]}, expected 0 or 1, or NaN when not known."
                )
            );
        var positives = known.Count(row => table.Labels[row] == 1);
        if (positives < 2 || known.Length - positives < 2)
            throw new ScoringException(
                $"Of {known.Length} labelled rows ({table.RowCount - known.Length} have no label yet) {positives} are "
                    + "positive; at least two positive and two negative ones are needed. Wait for outcomes, choose a "
                    + "shorter horizon, or check which outcome kinds count as positive."
            );
        return known.Length == table.RowCount ? table : table.Take(known);
    }

    static List<Rival> Rivals(
        FeatureTable training,
        FeatureTable test,
        TrainModelOptions options,
        CancellationToken cancellation
    )
    {
        List<SingleFeatureRule> rules = [];
        if (SingleFeatureRule.Recency(training, options.RecencyFeature) is { } recency)
            rules.Add(recency);
        var best = SingleFeatureRule.Best(training);
        if (rules.Count == 0 || !string.Equals(best.Feature, options.RecencyFeature, StringComparison.Ordinal))
            rules.Add(best);
        var regression = LogisticRegression.Fit(training, cancellation);
        return
        [
            .. rules.Select(rule => new Rival(rule.Name, rule.Scores(test))),
            new Rival("logistic regression", regression.Scores(test)),
        ];
    }

    static ModelDescription Describe(
        FeatureTable labelled,
        TrainModelOptions options,
        ITrainer trainer,
        TrainingOptions chosen,
        BoostedTrees trees
    )
    {
        DateOnly[] days = options is { OrderedByTime: true, Dated: true }
            ? [.. labelled.AsOf.Select(options.DayOf).Distinct().Order()]
            : [];
        var dataHash = ModelId.DataHash(labelled);
        var positives = labelled.Labels.Count(label => label == 1);
        return new ModelDescription
        {
            Id = ModelId.Of(days.Length == 0 ? null : days[^1], dataHash, options, trees),
            Trainer = trainer.Name,
            Label = options.Label,
            Clicks = options.Clicks,
            SnapshotDays = days.Length <= ListedDays ? days : [days[0], days[^1]],
            Rows = labelled.RowCount,
            Positives = positives,
            BaseRate = (double)positives / labelled.RowCount,
            Calibrator = new IdentityCalibrator(),
            Interval = LikelihoodInterval.Unknown,
            Grades = new GradeBands(1, 1, 1),
            Training = chosen with { Threads = 0 },
            Seed = options.Seed,
            DataHash = dataHash,
            GitCommit = ModelId.GitCommit(),
            Features = [.. labelled.Features.Zip(labelled.Columns, FeatureProfile.Of)],
            Rates = RateTable.Of(labelled, options.Threads),
        };
    }

    /// <summary>Passes the trainer's trees on as a step of the training.</summary>
    sealed class TreeProgress(string step, IProgress<TrainingProgress>? progress) : IProgress<(int Grown, int Asked)>
    {
        public void Report((int Grown, int Asked) value) =>
            progress?.Report(new TrainingProgress(step, value.Grown, value.Asked));
    }
}
