using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>A sum of trees over frozen features; the raw score is in log-odds.</summary>
/// <remarks>The start (log-odds of the class prior) is folded into the first tree's leaves, as LightGBM does.</remarks>
public sealed class BoostedTrees(IReadOnlyList<Feature> features, IReadOnlyList<Tree> trees)
{
    public IReadOnlyList<Feature> Features { get; } = features;
    public IReadOnlyList<Tree> Trees { get; } = trees;
}
