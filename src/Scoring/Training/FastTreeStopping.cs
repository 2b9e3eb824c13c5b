using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>How many of FastTree's trees are kept: what <see cref="EarlyStopping"/> would have said while they grew.</summary>
/// <remarks>
/// FastTree's own rules look, for two classes, at the share of rows on the wrong side of 1/2, whatever metric is asked for.
/// Where positives are rare that share is the same from the first tree on, and one tree would be left.
/// </remarks>
static class FastTreeStopping
{
    const int BlockRows = 4096;

    /// <param name="patience">Trees without a lower loss after which no more are looked at.</param>
    public static int Best(
        IReadOnlyList<Tree> trees,
        IReadOnlyList<Feature> features,
        FeatureTable validation,
        int patience,
        int threads,
        CancellationToken cancellation
    )
    {
        using var crew = new Crew(threads);
        var columns = FeatureAlignment.Columns(features, validation);
        var scores = new double[validation.RowCount];
        var losses = new ShiftedLoss(validation.Labels, validation.Weights, crew);
        var (best, least) = (1, double.PositiveInfinity);
        for (var grown = 1; grown <= trees.Count && grown - best < patience; grown++)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(trees[grown - 1]);
            var loss = losses.Of(scores);
            if (loss < least)
                (best, least) = (grown, loss);
        }
        return Math.Min(best, trees.Count);

        void Add(Tree tree) =>
            crew.Run(
                (scores.Length + BlockRows - 1) / BlockRows,
                8L * scores.Length,
                (block, _) =>
                {
                    for (var row = block * BlockRows; row < Math.Min(scores.Length, (block + 1) * BlockRows); row++)
                        scores[row] += tree.LeafValue[tree.LeafOf(columns, row)];
                }
            );
    }
}
