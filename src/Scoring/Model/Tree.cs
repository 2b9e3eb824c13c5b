namespace LeadScoring.Scoring.Model;

/// <summary>One binary regression tree in LightGBM's layout.</summary>
/// <remarks>
/// Inner nodes 0..n-2, leaves 0..n-1; a child below 0 is leaf <c>~child</c>. A tree of one leaf has no inner node.
/// A numeric node sends <c>x &lt;= threshold</c> left; a categorical node sends a level left when its bit is set in
/// <c>CategoryBits[CategoryStart[t]..CategoryStart[t+1])</c> (32-bit words), with <c>t = (int)Threshold</c>.
/// <see cref="DecisionType"/> bits are LightGBM's: 1 categorical, 2 default left, (d >> 2) &amp; 3 missing type:
/// 0 none, 1 zero, 2 NaN.
/// </remarks>
public sealed record Tree
{
    public required int[] SplitFeature { get; init; }
    public required double[] Threshold { get; init; }
    public required byte[] DecisionType { get; init; }
    public required int[] LeftChild { get; init; }
    public required int[] RightChild { get; init; }
    public required double[] SplitGain { get; init; }

    /// <summary>Mean output of the rows in a node, as LightGBM stores it.</summary>
    public required double[] InternalValue { get; init; }
    public required double[] InternalWeight { get; init; }
    public required long[] InternalCount { get; init; }

    /// <summary>What a leaf adds to the raw score, shrinkage included.</summary>
    public required double[] LeafValue { get; init; }
    public required double[] LeafWeight { get; init; }
    public required long[] LeafCount { get; init; }
    public int[] CategoryStart { get; init; } = [0];
    public uint[] CategoryBits { get; init; } = [];
    public double Shrinkage { get; init; } = 1;

    public int LeafTotal => LeafValue.Length;
}
