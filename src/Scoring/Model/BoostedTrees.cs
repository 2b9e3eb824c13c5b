using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>A sum of trees over frozen features; the raw score is in log-odds.</summary>
/// <remarks>The start (log-odds of the class prior) is folded into the first tree's leaves, as LightGBM does.</remarks>
public sealed class BoostedTrees(IReadOnlyList<Feature> features, IReadOnlyList<Tree> trees)
{
    readonly Lazy<TreeMasks[]> _masks = new(() => [.. trees.Select(tree => new TreeMasks(tree))]);

    public IReadOnlyList<Feature> Features { get; } = features;
    public IReadOnlyList<Tree> Trees { get; } = trees;

    /// <summary>The likelihood a raw score stands for before calibration: <c>1 / (1 + e^-raw)</c>.</summary>
    public static double Probability(double rawScore) => 1 / (1 + Math.Exp(-rawScore));

    /// <summary>The sum of the leaves a row ends in, in tree order.</summary>
    /// <param name="row">One value a feature, in the order of <see cref="Features"/>; NaN is "no trace".</param>
    public double RawScore(ReadOnlySpan<double> row)
    {
        if (row.Length != Features.Count)
            throw new InvalidOperationException($"A row of {row.Length} values for {Features.Count} features.");
        var sum = 0.0;
        foreach (var tree in Trees)
            sum += tree.LeafValue[tree.LeafOf(row)];
        return sum;
    }

    /// <summary>The raw score of every row; features are found by name, whatever their order in the table.</summary>
    /// <param name="threads">Threads to use; 0 is all. The scores do not depend on it.</param>
    /// <exception cref="ScoringException">The table lacks one of the model's features.</exception>
    public double[] RawScores(FeatureTable table, int threads = 0, CancellationToken cancellation = default)
    {
        var columns = FeatureAlignment.Columns(Features, table);
        var scores = new double[table.RowCount];
        var masks = _masks.Value;
        var blocks = (table.RowCount + TreeMasks.BlockRows - 1) / TreeMasks.BlockRows;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : -1,
            CancellationToken = cancellation,
        };
        Parallel.For(
            0,
            blocks,
            options,
            block =>
            {
                var from = block * TreeMasks.BlockRows;
                var until = Math.Min(from + TreeMasks.BlockRows, scores.Length);
                foreach (var tree in masks)
                    tree.AddTo(columns, from, until, scores);
            }
        );
        return scores;
    }
}
