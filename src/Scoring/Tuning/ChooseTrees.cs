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
/// one standard error of the difference (Breiman et al. 1984), so that small tables keep plain trees.
/// </remarks>
public static class ChooseTrees
{
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
        var parts = folds.Parts.ToArray();
        if (parts.Length == 0)
            throw new ScoringException(
                $"The {training.RowCount} training rows cannot be parted so that both outcomes are on either side; "
                    + "at least two positive contacts are needed before the first test day."
            );
        Tried? best = null;
        int[] rows = [.. parts.SelectMany(part => part.HeldOut)];
        var labels = Array.ConvertAll(rows, row => training.Labels[row]);
        var later = folds.Later
            ? (Fit: training.Take(parts[0].Fit), HeldOut: training.Take(parts[0].HeldOut))
            : default;
        for (var i = 0; i < grid.Count; i++)
        {
            progress?.Report(new TrainingProgress("choosing options", i, grid.Count));
            var tried = folds.Later
                ? TryLater(later.Fit, later.HeldOut, grid[i], options.KeepTrees, trainer, cancellation)
                : TryFolds(training, parts, grid[i], options.KeepTrees, trainer, cancellation);
            if (best is null || ClearlyBetter(tried.RawScores, best.RawScores, labels))
                best = tried;
        }
        var chosen = best!.Options with { Trees = best.Trees, EarlyStopping = 0 };
        return new ChosenTrees(chosen, rows, best.RawScores);
    }

    sealed record Tried(TrainingOptions Options, int Trees, double[] RawScores);

    static Tried TryLater(
        FeatureTable fit,
        FeatureTable heldOut,
        TrainingOptions options,
        bool keepTrees,
        ITrainer trainer,
        CancellationToken cancellation
    )
    {
        var stopping = options.EarlyStopping > 0 ? options : options with { EarlyStopping = 50 };
        var trees = keepTrees
            ? trainer.Train(fit, null, options with { EarlyStopping = 0 }, progress: null, cancellation)
            : trainer.Train(fit, heldOut, stopping, progress: null, cancellation);
        var raw = trees.RawScores(heldOut, options.Threads, cancellation);
        return new Tried(options, keepTrees ? options.Trees : trees.Trees.Count, raw);
    }

    static Tried TryFolds(
        FeatureTable training,
        (int[] Fit, int[] HeldOut)[] parts,
        TrainingOptions options,
        bool keepTrees,
        ITrainer trainer,
        CancellationToken cancellation
    )
    {
        // Folds side by side use the threads better than each fold's small trees would. Only those at work have copies of
        // their rows.
        var folds = new (BoostedTrees Trees, double[] Curve)[parts.Length];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : -1,
            CancellationToken = cancellation,
        };
        try
        {
            Parallel.For(
                0,
                parts.Length,
                parallel,
                i =>
                    folds[i] = TryFold(
                        training.Take(parts[i].Fit),
                        training.Take(parts[i].HeldOut),
                        options with
                        {
                            Threads = 1,
                        },
                        trainer,
                        cancellation
                    )
            );
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is ScoringException first)
        {
            throw new ScoringException(first.Message, first);
        }
        double[] curve = [.. Enumerable.Range(0, options.Trees).Select(grown => folds.Sum(fold => fold.Curve[grown]))];
        var best = keepTrees ? curve.Length - 1 : Array.IndexOf(curve, curve.Min());
        var held = parts.Zip(
            folds,
            (part, fold) => First(fold.Trees, best + 1).RawScores(training.Take(part.HeldOut), 1, cancellation)
        );
        return new Tried(options, best + 1, [.. held.SelectMany(scores => scores)]);
    }

    /// <summary>Trees of one fold, and the loss on its held-out rows after each; it stays where the trees end.</summary>
    static (BoostedTrees Trees, double[] Curve) TryFold(
        FeatureTable fit,
        FeatureTable heldOut,
        TrainingOptions options,
        ITrainer trainer,
        CancellationToken cancellation
    )
    {
        var stopping = options.EarlyStopping > 0 ? heldOut : null;
        var trees = trainer.Train(fit, stopping, options, progress: null, cancellation);
        var raw = new double[heldOut.RowCount];
        var curve = new double[options.Trees];
        for (var grown = 0; grown < curve.Length; grown++)
        {
            if (grown < trees.Trees.Count)
            {
                var tree = trees.Trees[grown];
                for (var row = 0; row < raw.Length; row++)
                    raw[row] += tree.LeafValue[tree.LeafOf(heldOut.Columns, row)];
            }
            curve[grown] = grown < trees.Trees.Count || grown == 0 ? Loss(raw, heldOut.Labels) : curve[grown - 1];
        }
        return (trees, curve);
    }

    static BoostedTrees First(BoostedTrees trees, int count) => new(trees.Features, [.. trees.Trees.Take(count)]);

    /// <summary>True when the mean loss is lower by more than one standard error of the rows' differences.</summary>
    static bool ClearlyBetter(double[] raw, double[] than, float[] labels)
    {
        double sum = 0,
            squares = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            var gain = Loss(than[row], labels[row]) - Loss(raw[row], labels[row]);
            sum += gain;
            squares += gain * gain;
        }
        var mean = sum / labels.Length;
        var error = Math.Sqrt(Math.Max(0, squares / labels.Length - mean * mean) / labels.Length);
        return mean > error;
    }

    static double Loss(double[] raw, float[] labels)
    {
        double loss = 0;
        for (var row = 0; row < raw.Length; row++)
            loss += Loss(raw[row], labels[row]);
        return loss;
    }

    static double Loss(double raw, float label) => LogOdds.SoftPlus(raw) - label * raw;
}
