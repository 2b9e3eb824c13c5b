using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>What the trees look at: mean size of each feature's contribution over rows.</summary>
static class FeatureWeights
{
    /// <param name="mostRows">Every n-th row is explained, so that about so many are.</param>
    /// <param name="count">Most features to name.</param>
    public static IReadOnlyList<FeatureWeight> Of(
        BoostedTrees trees,
        FeatureTable table,
        int mostRows,
        int count,
        int threads,
        CancellationToken cancellation
    )
    {
        var step = Math.Max(1, table.RowCount / mostRows);
        var sample = table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => row % step == 0)]);
        var reasons = new TreeShap(trees).TopReasons(sample, trees.Features.Count, threads, cancellation);
        return
        [
            .. reasons
                .SelectMany(row => row)
                .GroupBy(reason => reason.Feature, StringComparer.Ordinal)
                .Select(f => new FeatureWeight(f.Key, f.Sum(r => Math.Abs(r.Contribution)) / sample.RowCount))
                .OrderByDescending(weight => weight.Weight)
                .ThenBy(weight => weight.Feature, StringComparer.Ordinal)
                .Take(count),
        ];
    }
}
