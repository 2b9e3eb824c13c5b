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
    public const int CategoricalBit = 1;
    public const int DefaultLeftBit = 2;
    public const int MissingNone = 0;
    public const int MissingZero = 1;
    public const int MissingNaN = 2;

    /// <summary>LightGBM's <c>kZeroThreshold</c>: a float constant, so its double value is 1.0000000180025095e-35.</summary>
    public const double ZeroRange = 1e-35f;

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

    /// <summary>A tree without a split, which adds the same to every row.</summary>
    public static Tree Constant(double value, double weight, long rows) =>
        new()
        {
            SplitFeature = [],
            Threshold = [],
            DecisionType = [],
            LeftChild = [],
            RightChild = [],
            SplitGain = [],
            InternalValue = [],
            InternalWeight = [],
            InternalCount = [],
            LeafValue = [value],
            LeafWeight = [weight],
            LeafCount = [rows],
        };

    /// <summary>Which way a value goes at an inner node, by LightGBM's <c>NumericalDecision</c> and <c>CategoricalDecision</c>.</summary>
    public bool GoesLeft(int node, double value)
    {
        var decision = DecisionType[node];
        if ((decision & CategoricalBit) != 0)
            return HasLevel((int)Threshold[node], value);
        var missing = (decision >> 2) & 3;
        if (double.IsNaN(value))
        {
            if (missing == MissingNaN)
                return (decision & DefaultLeftBit) != 0;
            value = 0;
        }
        if (missing == MissingZero && Math.Abs(value) <= ZeroRange)
            return (decision & DefaultLeftBit) != 0;
        return value <= Threshold[node];
    }

    /// <summary>The leaf a row ends in.</summary>
    /// <param name="row">One value a feature of the model.</param>
    public int LeafOf(ReadOnlySpan<double> row)
    {
        var node = LeafTotal == 1 ? ~0 : 0;
        while (node >= 0)
            node = GoesLeft(node, row[SplitFeature[node]]) ? LeftChild[node] : RightChild[node];
        return ~node;
    }

    /// <summary>The leaf a row of a column-major table ends in.</summary>
    /// <param name="columns">One column a feature of the model.</param>
    public int LeafOf(float[][] columns, int row)
    {
        var node = LeafTotal == 1 ? ~0 : 0;
        while (node >= 0)
            node = GoesLeft(node, columns[SplitFeature[node]][row]) ? LeftChild[node] : RightChild[node];
        return ~node;
    }

    /// <summary>NaN, negative and unseen levels are in no set; fractions are cut off.</summary>
    bool HasLevel(int set, double value)
    {
        var words = CategoryStart[set + 1] - CategoryStart[set];
        if (words == 0 || !(value > -1 && value < words * 32.0))
            return false;
        var level = (int)value;
        return (CategoryBits[CategoryStart[set] + (level >> 5)] >> (level & 31) & 1) != 0;
    }
}
