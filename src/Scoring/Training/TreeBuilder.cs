using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Writes down splits as they are made and turns them into a <see cref="Tree"/>.</summary>
/// <remarks>A split's left child keeps the leaf's number, the right one gets the next free, as in LightGBM.</remarks>
sealed class TreeBuilder(BinnedTable table, TrainingOptions options, double unit)
{
    /// <summary>Stands for "every number": what LightGBM writes where it would be infinite.</summary>
    const double Everything = 1e300;

    readonly List<(int Feature, double Threshold, byte Decision, double Gain, double Value, GradientSum Sum)> _nodes =
    [];
    readonly List<int> _left = [];
    readonly List<int> _right = [];
    readonly List<int> _categoryStart = [0];
    readonly List<uint> _categoryBits = [];

    /// <summary>Turns a leaf into a node.</summary>
    /// <param name="right">Number of the new leaf.</param>
    /// <returns>The node's number.</returns>
    public int Add(GrowingLeaf leaf, Split split, int right)
    {
        var node = _nodes.Count;
        if (leaf.Parent >= 0)
            (leaf.IsLeft ? _left : _right)[leaf.Parent] = node;
        _left.Add(~leaf.Index);
        _right.Add(~right);
        var bins = table.Bins[split.Feature];
        var (threshold, decision) =
            bins.Type == FeatureType.Categorical
                ? (AddLevels(bins, split.LeftBins), Tree.CategoricalBit | (Tree.MissingNaN << 2))
                : (
                    split.Bin < bins.Cuts.Length ? bins.Cuts[split.Bin] : Everything,
                    (split.MissingLeft ? Tree.DefaultLeftBit : 0) | (Tree.MissingNaN << 2)
                );
        var gain = split.Gain;
        _nodes.Add(
            (table.Features[split.Feature], threshold, (byte)decision, gain, Value(leaf.Sum, leaf.L2), leaf.Sum)
        );
        return node;
    }

    /// <summary>The Newton step <c>-G/(H+λ)</c>, shrunk by the learning rate.</summary>
    public double Value(GradientSum sum, double l2) =>
        -options.LearningRate * (sum.Gradient * unit) / (sum.Hessian * unit + l2);

    public Tree Build(IReadOnlyList<GrowingLeaf> leaves) =>
        new()
        {
            SplitFeature = [.. _nodes.Select(node => node.Feature)],
            Threshold = [.. _nodes.Select(node => node.Threshold)],
            DecisionType = [.. _nodes.Select(node => node.Decision)],
            LeftChild = [.. _left],
            RightChild = [.. _right],
            SplitGain = [.. _nodes.Select(node => node.Gain)],
            InternalValue = [.. _nodes.Select(node => node.Value)],
            InternalWeight = [.. _nodes.Select(node => node.Sum.Hessian * unit)],
            InternalCount = [.. _nodes.Select(node => node.Sum.Rows)],
            LeafValue = [.. leaves.Select(leaf => Value(leaf.Sum, leaf.L2))],
            LeafWeight = [.. leaves.Select(leaf => leaf.Sum.Hessian * unit)],
            LeafCount = [.. leaves.Select(leaf => leaf.Sum.Rows)],
            CategoryStart = [.. _categoryStart],
            CategoryBits = [.. _categoryBits],
            Shrinkage = options.LearningRate,
        };

    int AddLevels(FeatureBins bins, BinSet left)
    {
        int[] levels = [.. bins.Levels.Where((_, bin) => left.Contains(bin))];
        var words = new uint[levels.Max() / 32 + 1];
        foreach (var level in levels)
            words[level >> 5] |= 1u << (level & 31);
        _categoryBits.AddRange(words);
        _categoryStart.Add(_categoryBits.Count);
        return _categoryStart.Count - 2;
    }
}
