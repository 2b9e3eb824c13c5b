using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Averages several models that differ only in what their sampling has drawn (bagging; Breiman 1996).</summary>
/// <remarks>
/// The average of sums of trees is a sum of trees whose leaves are divided by the number of models, so nothing else
/// needs to know.
/// </remarks>
static class Bagged
{
    /// <summary>Seeds of one model's sampling and the next one's lie this far apart.</summary>
    const int SeedStep = 7919;

    public static BoostedTrees Train(
        ITrainer trainer,
        FeatureTable training,
        FeatureTable? validation,
        TrainingOptions options,
        IProgress<(int Grown, int Asked)>? progress,
        CancellationToken cancellation
    )
    {
        var trees = new List<Tree>();
        for (var bag = 0; bag < options.Bags; bag++)
        {
            var drawn = options with { Bags = 1, Seed = unchecked(options.Seed + (bag * SeedStep)) };
            var model = trainer.Train(training, validation, drawn, progress: null, cancellation);
            trees.AddRange(model.Trees.Select(tree => Scaled(tree, 1.0 / options.Bags)));
            progress?.Report((bag + 1, options.Bags));
        }
        return new BoostedTrees(training.Features, trees);
    }

    static Tree Scaled(Tree tree, double by) =>
        tree with
        {
            LeafValue = Array.ConvertAll(tree.LeafValue, value => value * by),
            InternalValue = Array.ConvertAll(tree.InternalValue, value => value * by),
            Shrinkage = tree.Shrinkage * by,
        };
}
