using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Gradient boosting of log loss on binned features, tree by tree, leaf by leaf.</summary>
/// <remarks>
/// Every feature is cut into at most 255 bins and one for missing values (<see cref="Binning"/>). Each tree fits the
/// loss's derivatives at the scores so far (<see cref="LogLoss"/>), growing the leaf that gains most
/// (<see cref="TreeGrower"/>) by the best split of its histograms (<see cref="SplitFinder"/>); with validation rows the
/// number of trees that was best on them is kept (<see cref="EarlyStopping"/>). The result is the same, bit by bit, for
/// any number of threads. Sources: Friedman 2001; Ke et al. 2017 (LightGBM).
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
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        var prior = LogLoss.Prior(training.Labels, training.Weights);
        var stopping =
            validation is null || options.EarlyStopping == 0
                ? null
                : new EarlyStopping(validation, training.Features, prior, options.EarlyStopping, parallel);
        var trees = Grow(training, prior, stopping, options, progress, parallel);
        if (stopping is not null && trees.Count > stopping.BestTrees)
            trees.RemoveRange(stopping.BestTrees, trees.Count - stopping.BestTrees);
        return new BoostedTrees(training.Features, WithPrior(trees, prior, training));
    }

    static List<Tree> Grow(
        FeatureTable training,
        double prior,
        EarlyStopping? stopping,
        TrainingOptions options,
        IProgress<(int Grown, int Asked)>? progress,
        ParallelOptions parallel
    )
    {
        var table = BinnedTable.Make(training, options, parallel);
        var gradients = new Gradients(training.RowCount, TotalWeight(training));
        var sampling = new Sampling(training.RowCount, table.Features.Length, options);
        var grower = new TreeGrower(table, gradients, options, parallel);
        var scores = new double[training.RowCount];
        Array.Fill(scores, prior);
        var trees = new List<Tree>();
        for (var round = 0; round < options.Trees; round++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            LogLoss.Derivatives(scores, training.Labels, training.Weights, gradients, parallel);
            var tree = grower.Grow(sampling.NextRows(), sampling.NextFeatures());
            if (tree.LeafTotal == 1 && sampling.TakesAll)
                break;
            if (tree.LeafTotal == 1)
                continue;
            trees.Add(tree);
            AddTo(scores, tree, grower, sampling, training, parallel);
            progress?.Report((trees.Count, options.Trees));
            if (stopping is not null && stopping.Ends(tree, trees.Count))
                break;
        }
        return trees;
    }

    /// <summary>When the tree has seen all rows, each lies in its leaf's stretch already.</summary>
    static void AddTo(
        double[] scores,
        Tree tree,
        TreeGrower grower,
        Sampling sampling,
        FeatureTable training,
        ParallelOptions parallel
    )
    {
        if (sampling.TakesAllRows)
        {
            foreach (var leaf in grower.Leaves)
            foreach (var row in grower.Rows(leaf))
                scores[row] += tree.LeafValue[leaf.Index];
            return;
        }
        var masks = new TreeMasks(tree);
        Blocks.Run(
            scores.Length,
            TreeMasks.BlockRows,
            parallel,
            (_, from, until) => masks.AddTo(training.Columns, from, until, scores)
        );
    }

    static double TotalWeight(FeatureTable table) =>
        table.Weights.Length == 0 ? table.RowCount : table.Weights.Sum(weight => (double)weight);

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
}
