using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Writes down splits as they are made and turns them into a <see cref="Tree"/>.</summary>
/// <remarks>A split's left child keeps the leaf's number, the right one gets the next free, as in LightGBM.</remarks>
sealed class TreeBuilder(BinnedTable table, TrainingOptions options)
{
    /// <summary>Stands for "every number": what LightGBM writes where it would be infinite.</summary>
    const double Everything = 1e300;

    readonly List<(int Feature, double Threshold, byte Decision, double Gain, GrowingLeaf Leaf)> _nodes = [];
    readonly List<int> _left = [];
    readonly List<int> _right = [];
    readonly List<int> _categoryStart = [0];
    readonly List<uint> _categoryBits = [];

    /// <summary>The same tree over coded rows.</summary>
    public CodedTree Coded { get; } = new();

    /// <summary>Values of the leaves, learning rate included, once built.</summary>
    public double[] Values { get; private set; } = [0];

    /// <summary>Turns a leaf into a node.</summary>
    /// <param name="right">Number of the new leaf.</param>
    /// <param name="goesLeft">For each code of the feature's lane 1 or 0.</param>
    /// <returns>The node's number.</returns>
    public int Add(GrowingLeaf leaf, Split split, int right, ReadOnlySpan<byte> goesLeft)
    {
        var node = _nodes.Count;
        if (leaf.Parent >= 0)
        {
            (leaf.IsLeft ? _left : _right)[leaf.Parent] = node;
            Coded.SetChild(leaf.Parent, leaf.IsLeft, node);
        }
        _left.Add(~leaf.Index);
        _right.Add(~right);
        Coded.Add(table.Places[split.Feature].Lane, goesLeft, ~leaf.Index, ~right);
        var bins = table.Bins[split.Feature];
        var (threshold, decision) =
            bins.Type == FeatureType.Categorical
                ? (AddLevels(bins, split.LeftBins), Tree.CategoricalBit | (Tree.MissingNaN << 2))
                : (
                    split.Bin < bins.Cuts.Length ? bins.Cuts[split.Bin] : Everything,
                    (split.MissingLeft ? Tree.DefaultLeftBit : 0) | (Tree.MissingNaN << 2)
                );
        _nodes.Add((table.Features[split.Feature], threshold, (byte)decision, split.Gain, leaf));
        return node;
    }

    /// <param name="sums">Derivatives of each leaf's rows.</param>
    public Tree Build(IReadOnlyList<GrowingLeaf> leaves, (double First, double Second)[] sums)
    {
        var ofNode = new (double First, double Second)[_nodes.Count];
        // A node's children come after it.
        for (var node = _nodes.Count - 1; node >= 0; node--)
        {
            var (left, right) = (Sum(_left[node]), Sum(_right[node]));
            ofNode[node] = (left.First + right.First, left.Second + right.Second);
        }
        Values = [.. leaves.Select((leaf, i) => Value(sums[i], leaf))];
        return new()
        {
            SplitFeature = [.. _nodes.Select(node => node.Feature)],
            Threshold = [.. _nodes.Select(node => node.Threshold)],
            DecisionType = [.. _nodes.Select(node => node.Decision)],
            LeftChild = [.. _left],
            RightChild = [.. _right],
            SplitGain = [.. _nodes.Select(node => node.Gain)],
            InternalValue = [.. _nodes.Select((node, i) => Value(ofNode[i], node.Leaf))],
            InternalWeight = [.. ofNode.Select(sum => sum.Second)],
            InternalCount = [.. _nodes.Select(node => (long)node.Leaf.Rows)],
            LeafValue = Values,
            LeafWeight = [.. sums.Select(sum => sum.Second)],
            LeafCount = [.. leaves.Select(leaf => (long)leaf.Rows)],
            CategoryStart = [.. _categoryStart],
            CategoryBits = [.. _categoryBits],
            Shrinkage = options.LearningRate,
        };

        (double First, double Second) Sum(int child) => child < 0 ? sums[~child] : ofNode[child];
    }

    /// <summary>The Newton step <c>-G/(H+λ)</c> within its bounds, shrunk by the learning rate.</summary>
    double Value((double First, double Second) sum, GrowingLeaf leaf)
    {
        var curve = sum.Second + leaf.L2;
        return options.LearningRate * leaf.Bounds.Clip(curve > 0 ? -sum.First / curve : 0);
    }

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
