using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Model;

/// <summary>A sum of trees over frozen features; the raw score is in log-odds.</summary>
/// <remarks>The start (log-odds of the class prior) is folded into the first tree's leaves, as LightGBM does.</remarks>
public sealed class BoostedTrees(IReadOnlyList<Feature> features, IReadOnlyList<Tree> trees)
{
    readonly Lazy<ByteForest> _forest = new(() => new ByteForest(trees));

    public IReadOnlyList<Feature> Features { get; } = features;
    public IReadOnlyList<Tree> Trees { get; } = trees;

    /// <summary>The trees made ready for blocks of rows, once they are asked for.</summary>
    internal ByteForest Forest => _forest.Value;

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
        return RawScores(columns, table.RowCount, threads, cancellation);
    }

    /// <param name="columns">One column a feature, as <see cref="FeatureAlignment"/> gives them.</param>
    internal double[] RawScores(float[][] columns, int rows, int threads, CancellationToken cancellation)
    {
        var scores = new double[rows];
        RowBlocks.Run(
            scores.Length,
            BlockCodes.Rows,
            threads,
            Forest.MakeRoom,
            (room, from, until) => Forest.AddTo(columns, from, until, scores, room),
            cancellation
        );
        return scores;
    }

    /// <summary>The raw scores of tables that arrive one after the other, each in memory only while it is scored.</summary>
    /// <inheritdoc cref="RawScores(FeatureTable, int, CancellationToken)"/>
    public IEnumerable<double[]> RawScores(
        IEnumerable<FeatureTable> chunks,
        int threads = 0,
        CancellationToken cancellation = default
    ) => chunks.Select(chunk => RawScores(chunk, threads, cancellation));
}
