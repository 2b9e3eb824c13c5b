using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Exact path-dependent SHAP values: how much each feature moves a row's raw score from the expected one.</summary>
/// <remarks>
/// Lundberg et al. 2018 and 2020 with the training rows of each node as cover, as LightGBM's <c>predict_contrib</c>. The
/// contributions and the expected value add up to the raw score. What a leaf contributes depends only on which of its
/// path's few features the row agrees with, so that all cases are worked out once (Yang 2022, Fast TreeSHAP v2).
/// </remarks>
public sealed class TreeShap
{
    readonly BoostedTrees _model;
    readonly ExplainedTree[] _trees;

    public TreeShap(BoostedTrees model)
    {
        _model = model;
        _trees = [.. model.Trees.Select(tree => new ExplainedTree(tree))];
        Expected = _trees.Sum(tree => tree.Expected);
    }

    /// <summary>Mean raw score of the training rows.</summary>
    public double Expected { get; }

    /// <summary>A single row's contributions; for many rows make one <see cref="TreeShap"/> and keep it.</summary>
    /// <param name="row">One value a feature.</param>
    /// <param name="contributions">One a feature and then the expected value, in log-odds.</param>
    public static void Contributions(BoostedTrees model, ReadOnlySpan<double> row, Span<double> contributions) =>
        new TreeShap(model).Contributions(row, contributions);

    /// <inheritdoc cref="Contributions(BoostedTrees, ReadOnlySpan{double}, Span{double})"/>
    public void Contributions(ReadOnlySpan<double> row, Span<double> contributions)
    {
        var features = _model.Features.Count;
        if (row.Length != features || contributions.Length != features + 1)
            throw new InvalidOperationException($"{features} features need as many values and one contribution more.");
        contributions.Clear();
        foreach (var tree in _trees)
            tree.AddTo(row, contributions);
        contributions[features] = Expected;
    }

    /// <summary>Each row's strongest contributions, largest magnitude first; ties by feature order; none of 0.</summary>
    /// <param name="count">Most reasons a row.</param>
    /// <param name="threads">Threads to use; 0 is all. The reasons do not depend on it.</param>
    /// <exception cref="ScoringException">The table lacks one of the model's features.</exception>
    public Reason[][] TopReasons(
        FeatureTable table,
        int count,
        int threads = 0,
        CancellationToken cancellation = default
    )
    {
        var columns = FeatureAlignment.Columns(_model.Features, table);
        var reasons = new Reason[table.RowCount][];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : -1,
            CancellationToken = cancellation,
        };
        Parallel.For(
            0,
            table.RowCount,
            options,
            () => new double[2 * columns.Length + 1],
            (row, _, scratch) =>
            {
                var values = scratch.AsSpan(0, columns.Length);
                for (var f = 0; f < columns.Length; f++)
                    values[f] = columns[f][row];
                var contributions = scratch.AsSpan(columns.Length);
                Contributions(values, contributions);
                reasons[row] = Strongest(values, contributions[..columns.Length], count);
                return scratch;
            },
            _ => { }
        );
        return reasons;
    }

    Reason[] Strongest(ReadOnlySpan<double> values, ReadOnlySpan<double> contributions, int count)
    {
        Span<int> best = stackalloc int[Math.Min(count, contributions.Length)];
        var found = 0;
        for (var f = 0; f < contributions.Length; f++)
        {
            var size = Math.Abs(contributions[f]);
            if (size == 0 || (found == best.Length && (found == 0 || size <= Math.Abs(contributions[best[^1]]))))
                continue;
            var place = found < best.Length ? found++ : found - 1;
            for (; place > 0 && Math.Abs(contributions[best[place - 1]]) < size; place--)
                best[place] = best[place - 1];
            best[place] = f;
        }
        var reasons = new Reason[found];
        for (var i = 0; i < found; i++)
            reasons[i] = new Reason(_model.Features[best[i]].Name, values[best[i]], contributions[best[i]]);
        return reasons;
    }
}
