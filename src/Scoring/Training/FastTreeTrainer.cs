using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace LeadScoring.Scoring.Training;

/// <summary>Has ML.NET's FastTree grow the trees; only in a build with <c>-p:WithMLNet=true</c>.</summary>
/// <remarks>
/// FastTree reads the table's columns in place (<see cref="FastTreeRows"/>) as slots that are never missing
/// (<see cref="FastTreeSlots"/>), and its trees become ours (<see cref="FastTreeReading"/>), so that all that follows is as
/// with the built-in trainer. Its score times twice its learning rate is in log-odds: at a learning rate of 1/2 the score
/// itself is, bit by bit, and the rate that was asked for goes into its shrinkage, which does to a tree's step what the
/// learning rate would. It starts at 0, not at the log-odds of the share of positives.
/// <para>
/// Nothing in it answers to <see cref="TrainingOptions.L2"/>, <see cref="TrainingOptions.MinimumHessian"/>,
/// <see cref="TrainingOptions.MinimumGain"/> and the options of levels, which stay without effect. Rows of weight 0 are not
/// learnt from. All trees are grown; with validation rows the best number of them is kept (<see cref="FastTreeStopping"/>).
/// Cancelling ends the reading of rows; boosting itself cannot be interrupted. The number of threads is that of
/// the process's first training; the trees do not depend on it.
/// </para>
/// </remarks>
public sealed class FastTreeTrainer : ITrainer
{
    /// <summary>Where FastTree's sigmoid, twice the learning rate, is 1.</summary>
    const double LogOddsRate = 0.5;

    /// <summary>FastTree's threads belong to the process, so that two trainings side by side gain nothing.</summary>
    static readonly Lock OneTraining = new();

    public string Name => "fasttree";

    public BoostedTrees Train(
        FeatureTable training,
        FeatureTable? validation,
        TrainingOptions options,
        IProgress<(int Grown, int Asked)>? progress,
        CancellationToken cancellation
    )
    {
        TrainingChecks.Run(training, validation, options);
        if (options.Monotone is not { Rising.Count: 0, Falling.Count: 0 })
            throw new ScoringException(
                "Training options: monotone features are given, expected none with --trainer fasttree, which cannot keep a "
                    + "likelihood rising or falling. Leave them out, or train with --trainer histogram."
            );
        if (options.Bags > 1)
            return Bagged.Train(this, training, validation, options, progress, cancellation);
        var slots = FastTreeSlots.Of(training);
        var model = Fit(training, slots, options, cancellation).Model;
        if (model.Calibrator is not { Slope: -2 * LogOddsRate, Offset: 0 })
            throw new InvalidOperationException("FastTree's calibrator is not the sigmoid of its learning rate.");
        var trees = FastTreeReading.Trees(model.SubModel.TrainedTreeEnsemble, slots, options.LearningRate);
        progress?.Report((trees.Count, options.Trees));
        if (trees.Count == 0)
            trees =
            [
                Tree.Constant(LogLoss.Prior(training.Labels, training.Weights), training.RowCount, training.RowCount),
            ];
        if (validation is not null && options.EarlyStopping > 0)
        {
            var best = FastTreeStopping.Best(
                trees,
                training.Features,
                validation,
                options.EarlyStopping,
                options.Threads,
                cancellation
            );
            trees.RemoveRange(best, trees.Count - best);
        }
        var counted = FastTreeRowCounts.Added(
            trees,
            training.Columns,
            training.RowCount,
            options.Threads,
            cancellation
        );
        return new BoostedTrees(training.Features, counted);
    }

    /// <summary>FastTree's own model, which scores a <see cref="FastTreeRows"/>.</summary>
    internal static BinaryPredictionTransformer<
        CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>
    > Fit(FeatureTable training, FastTreeSlots slots, TrainingOptions options, CancellationToken cancellation)
    {
        var context = new MLContext(options.Seed);
        var trainer = context.BinaryClassification.Trainers.FastTree(Asked(training, options));
        var weighted = training.Weights.Length > 0;
        var rows = new FastTreeRows(training.Features, training, slots, weighted, cancellation);
        lock (OneTraining)
            return trainer.Fit(rows);
    }

    static FastTreeBinaryTrainer.Options Asked(FeatureTable training, TrainingOptions options) =>
        new()
        {
            LabelColumnName = FastTreeRows.Label,
            FeatureColumnName = FastTreeRows.Features,
            ExampleWeightColumnName = training.Weights.Length == 0 ? null : FastTreeRows.Weight,
            NumberOfTrees = options.Trees,
            NumberOfLeaves = options.Leaves,
            MinimumExampleCountPerLeaf = options.MinimumRows,
            MaximumBinCountPerFeature = options.Bins,
            LearningRate = LogOddsRate,
            Shrinkage = options.LearningRate / LogOddsRate,
            FeatureFraction = options.FeatureShare,
            // A new draw of rows for every tree.
            BaggingSize = options.RowShare < 1 ? 1 : 0,
            BaggingExampleFraction = options.RowShare,
            CategoricalSplit = true,
            Seed = options.Seed,
            FeatureSelectionSeed = options.Seed,
            NumberOfThreads = options.Threads > 0 ? options.Threads : null,
            DiskTranspose = false,
            MemoryStatistics = false,
        };
}
