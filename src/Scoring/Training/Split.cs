using System.Runtime.CompilerServices;

namespace LeadScoring.Scoring.Training;

/// <summary>The best way found to part a node's rows in two; no gain is "none found".</summary>
/// <param name="Feature">Place among the usable features.</param>
/// <param name="Gain">
/// <c>GL²/(HL+λ) + GR²/(HR+λ) - G²/(H+λ)</c>: twice what the parted leaves save of the loss's second-order expansion.
/// </param>
/// <param name="LeftBins">Bins that go left, the bin of missing values included where it does.</param>
/// <param name="Bin">Numeric: the last bin that goes left.</param>
/// <param name="MissingLeft">Numeric: missing values go left.</param>
/// <param name="L2">The penalty both children's values are made with.</param>
readonly record struct Split(
    int Feature,
    double Gain,
    BinSet LeftBins,
    int Bin,
    bool MissingLeft,
    GradientSum Left,
    GradientSum Right,
    double L2
)
{
    public static Split None { get; } = new() { Gain = double.NegativeInfinity };

    public bool Found => Gain > double.NegativeInfinity;
}

/// <summary>A set of bins, 0 to 255.</summary>
[InlineArray(4)]
struct BinSet : IEquatable<BinSet>
{
    ulong _word;

    public readonly bool Contains(int bin) => (this[bin >> 6] >> (bin & 63) & 1) != 0;

    public void Add(int bin) => this[bin >> 6] |= 1UL << (bin & 63);

    public readonly bool Equals(BinSet other) =>
        this[0] == other[0] && this[1] == other[1] && this[2] == other[2] && this[3] == other[3];

    public override readonly bool Equals(object? obj) => obj is BinSet other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(this[0], this[1], this[2], this[3]);
}
