using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tuning;

/// <summary>What was chosen on training rows alone, with scores of rows the trees had not seen.</summary>
/// <param name="Options">With <see cref="TrainingOptions.Trees"/> the best number and no early stopping.</param>
/// <param name="Rows">Held-out rows, as indexes into the training table.</param>
/// <param name="RawScores">Their raw scores, one a row of <paramref name="Rows"/>.</param>
public sealed record ChosenTrees(TrainingOptions Options, int[] Rows, double[] RawScores);

/// <summary>Chooses options and the number of trees by log loss on held-out rows.</summary>
/// <remarks>
/// On later days: early stopping as the trainer does it. On folds: the loss after each tree is added up over the
/// folds, and the lowest point counts. A richer option replaces a plainer one only when its loss is lower by more than
/// <see cref="WorthWhile"/> of the plainer one's gain over the base rate.
/// </remarks>
public static class ChooseTrees
{
    const double WorthWhile = 0.02;

    public static ChosenTrees Run(
        FeatureTable training,
        Folds folds,
        TrainModelOptions options,
        ITrainer trainer,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation
    )
    {
        var grid = TrainingGrid.For(training, options);
        var parts = folds
            .Parts.Select(part =>
                (Fit: training.Take(part.Fit), HeldOut: training.Take(part.HeldOut), Rows: part.HeldOut)
            )
            .ToArray();
        if (parts.Length == 0)
            throw new ScoringException(
                $"The {training.RowCount} training rows cannot be parted so that both outcomes are on either side; "
                    + "at least two positive contacts are needed before the first test day."
            );
        Tried? best = null;
        var baseLoss = BaseLoss(training);
        for (var i = 0; i < grid.Count; i++)
        {
            progress?.Report(new TrainingProgress("choosing options", i, grid.Count));
            var tried = folds.Later
                ? TryLater(parts[0].Fit, parts[0].HeldOut, grid[i], trainer, cancellation)
                : TryFolds(parts, grid[i], trainer, cancellation);
            if (best is null || best.Loss - tried.Loss > WorthWhile * Math.Max(0, baseLoss - best.Loss))
                best = tried;
        }
        var chosen = best!.Options with { Trees = best.Trees, EarlyStopping = 0 };
        return new ChosenTrees(chosen, [.. parts.SelectMany(part => part.Rows)], best.RawScores);
    }

    sealed record Tried(TrainingOptions Options, int Trees, double Loss, double[] RawScores);

    static Tried TryLater(
        FeatureTable fit,
        FeatureTable heldOut,
        TrainingOptions options,
        ITrainer trainer,
        CancellationToken cancellation
    )
    {
        var stopping = options.EarlyStopping > 0 ? options : options with { EarlyStopping = 50 };
        var trees = trainer.Train(fit, heldOut, stopping, progress: null, cancellation);
        var raw = trees.RawScores(heldOut, options.Threads, cancellation);
        return new Tried(options, trees.Trees.Count, Loss(raw, heldOut.Labels) / raw.Length, raw);
    }

    static Tried TryFolds(
        (FeatureTable Fit, FeatureTable HeldOut, int[] Rows)[] parts,
        TrainingOptions options,
        ITrainer trainer,
        CancellationToken cancellation
    )
    {
        var models = new List<BoostedTrees>();
        var curve = new double[options.Trees];
        foreach (var (fit, heldOut, _) in parts)
        {
            var stopping = options.EarlyStopping > 0 ? heldOut : null;
            var trees = trainer.Train(fit, stopping, options, progress: null, cancellation);
            models.Add(trees);
            var raw = new double[heldOut.RowCount];
            for (var grown = 0; grown < options.Trees; grown++)
            {
                if (grown < trees.Trees.Count)
                    AddTree(trees, grown, heldOut, raw, options.Threads, cancellation);
                curve[grown] += Loss(raw, heldOut.Labels);
            }
        }
        var best = Array.IndexOf(curve, curve.Min());
        var held = parts.Zip(
            models,
            (part, trees) =>
                new BoostedTrees(trees.Features, [.. trees.Trees.Take(best + 1)]).RawScores(
                    part.HeldOut,
                    options.Threads,
                    cancellation
                )
        );
        var rows = parts.Sum(part => part.Rows.Length);
        return new Tried(options, best + 1, curve[best] / rows, [.. held.SelectMany(scores => scores)]);
    }

    static void AddTree(
        BoostedTrees trees,
        int tree,
        FeatureTable table,
        double[] raw,
        int threads,
        CancellationToken cancellation
    )
    {
        var one = new BoostedTrees(trees.Features, [trees.Trees[tree]]).RawScores(table, threads, cancellation);
        for (var row = 0; row < raw.Length; row++)
            raw[row] += one[row];
    }

    static double BaseLoss(FeatureTable training)
    {
        var rate = training.Labels.Average(label => (double)label);
        return -rate * Math.Log(rate) - (1 - rate) * Math.Log(1 - rate);
    }

    static double Loss(double[] raw, float[] labels)
    {
        double loss = 0;
        for (var row = 0; row < raw.Length; row++)
            loss += LogOdds.SoftPlus(raw[row]) - labels[row] * raw[row];
        return loss;
    }
}
