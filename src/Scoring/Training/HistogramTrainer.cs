using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Gradient boosting of log loss on binned features, tree by tree, leaf by leaf.</summary>
/// <remarks>
/// Every feature is cut into at most 255 bins and one for missing values (<see cref="Binning"/>), and features of few bins
/// share a byte (<see cref="Lane"/>). Each tree fits the loss's derivatives at the scores so far (<see cref="LogLoss"/>), in
/// whole levels (<see cref="Gradients"/>), growing the leaf that gains most (<see cref="TreeGrower"/>) by the best split of
/// its sums (<see cref="NodeSums"/>, <see cref="SplitSearch"/>); its leaves take their values from the derivatives as they
/// are (<see cref="LeafTotals"/>). With validation rows the number of trees that was best on them is kept
/// (<see cref="EarlyStopping"/>). The result is the same, bit by bit, for any number of threads. Sources: Friedman 2001;
/// Ke et al. 2017 (LightGBM); Shi et al. 2022 (levels).
/// </remarks>
public sealed class HistogramTrainer : ITrainer
{
    public string Name => "histogram";

    public BoostedTrees Train(
        FeatureTable training,
        FeatureTable? validation,
        TrainingOptions options,
        IProgress<(int Grown, int Asked)>? progress,
        CancellationToken cancellation
    )
    {
        TrainingChecks.Run(training, validation, options);
        if (options.Bags > 1)
            return Bagged.Train(this, training, validation, options, progress, cancellation);
        using var crew = new Crew(options.Threads);
        var prior = LogLoss.Prior(training.Labels, training.Weights);
        var table = BinnedTable.Make(training, options, crew);
        cancellation.ThrowIfCancellationRequested();
        var stopping =
            validation is null || options.EarlyStopping == 0
                ? null
                : new EarlyStopping(validation, training.Features, table, prior, options.EarlyStopping, crew);
        var trees = Grow(training, table, prior, stopping, options, progress, crew, cancellation);
        if (stopping is not null && trees.Count > stopping.BestTrees)
            trees.RemoveRange(stopping.BestTrees, trees.Count - stopping.BestTrees);
        return new BoostedTrees(training.Features, WithPrior(trees, prior, training));
    }

    static List<Tree> Grow(
        FeatureTable training,
        BinnedTable table,
        double prior,
        EarlyStopping? stopping,
        TrainingOptions options,
        IProgress<(int Grown, int Asked)>? progress,
        Crew crew,
        CancellationToken cancellation
    )
    {
        var gradients = new Gradients(training.RowCount);
        var sampling = new Sampling(training.RowCount, table.Features.Length, options);
        var directions = options.Monotone.Directions(training.Features, table.Features);
        var grower = new TreeGrower(table, gradients, options, directions, crew);
        var scores = new RunningScores(training.Labels, training.Weights, prior);
        var trees = new List<Tree>();
        double[] values = [0];
        for (var round = 0; round < options.Trees; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            gradients.Quantise(scores.Advance(values, grower.LeafOf, gradients, crew), round, crew);
            var tree = grower.Grow(sampling.NextRows(), sampling.NextFeatures());
            if (tree.LeafTotal == 1)
            {
                if (sampling.TakesAll)
                    break;
                // Nothing was learnt from this draw; the next may be luckier.
                values = [0];
                Array.Clear(grower.LeafOf);
                continue;
            }
            if (!sampling.TakesAllRows)
                grower.PlaceOthers();
            values = grower.Values;
            trees.Add(tree);
            var grown = trees.Count;
            progress?.Report((grown, options.Trees));
            if (stopping is not null && stopping.Ends(grower.Coded, values, grown))
                break;
        }
        return trees;
    }

    /// <summary>Folds the start into the first tree; without any tree the start is all there is.</summary>
    static List<Tree> WithPrior(List<Tree> trees, double prior, FeatureTable training)
    {
        if (trees.Count == 0)
            return [Tree.Constant(prior, TotalWeight(training), training.RowCount)];
        trees[0] = trees[0] with
        {
            LeafValue = Array.ConvertAll(trees[0].LeafValue, value => value + prior),
            InternalValue = Array.ConvertAll(trees[0].InternalValue, value => value + prior),
            Shrinkage = 1,
        };
        return trees;
    }

    static double TotalWeight(FeatureTable table) =>
        table.Weights.Length == 0 ? table.RowCount : table.Weights.Sum(weight => (double)weight);
}
