namespace LeadScoring.Scoring.Training;

/// <summary>A leaf while its tree grows.</summary>
/// <param name="Index">Its number in the tree.</param>
/// <param name="From">Its first place in the <see cref="RowPartition"/>.</param>
/// <param name="Until">The place after its last.</param>
/// <param name="L2">The penalty its value is made with.</param>
/// <param name="Parent">Node it hangs from, -1 at the root.</param>
/// <param name="Bounds">What its value must lie within, for the monotone features above it.</param>
sealed record GrowingLeaf(
    int Index,
    int From,
    int Until,
    GradientSum Sum,
    double L2,
    int Parent,
    bool IsLeft,
    ValueBounds Bounds
)
{
    public int Rows => Until - From;

    /// <summary>Null when the leaf has too few rows to be split again or the tree is full.</summary>
    public Histogram? Histogram { get; set; }

    public Split Best { get; set; } = Split.None;
}

/// <summary>Least and greatest value, before the learning rate, that a node's leaves may have.</summary>
readonly record struct ValueBounds(double Low, double High)
{
    public static ValueBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Clip(double value) => Math.Clamp(value, Low, High);
}
