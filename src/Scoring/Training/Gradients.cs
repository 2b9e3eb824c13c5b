namespace LeadScoring.Scoring.Training;

/// <summary>First and second derivatives of a sum of rows, and how many rows, in whole levels.</summary>
/// <param name="Gradient">In units of <see cref="Gradients.GradientUnit"/>.</param>
/// <param name="Hessian">In units of <see cref="Gradients.HessianUnit"/>.</param>
readonly record struct GradientSum(long Gradient, long Hessian, long Rows)
{
    public static GradientSum operator +(GradientSum a, GradientSum b) =>
        new(a.Gradient + b.Gradient, a.Hessian + b.Hessian, a.Rows + b.Rows);

    public static GradientSum operator -(GradientSum a, GradientSum b) =>
        new(a.Gradient - b.Gradient, a.Hessian - b.Hessian, a.Rows - b.Rows);
}

/// <summary>The derivatives of each row's loss: as they are for the leaves' values, in levels for finding splits.</summary>
/// <remarks>
/// A tree's histograms are sums of whole numbers: they add up to the same in any order, so that results do not depend on
/// threads, and a parent's minus a child's is exactly the sibling's. A row's levels and a 1 that counts it are packed into
/// 64 bits, <c>[gradient: 25 | hessian: 24 | rows: 15]</c>, such that <see cref="BlockRows"/> rows cannot overflow a field.
/// The scale is a power of two (what halves evenly stays exact) near the finest that fits: about 1,000 levels in a large
/// table, millions in a small one. Levels are rounded up or down by a hash of row and tree in proportion to what is cut
/// off, so that sums are right on average (Shi et al. 2022, who lose nothing with far fewer levels).
/// </remarks>
sealed class Gradients(int rows)
{
    /// <summary>Rows whose packed derivatives may be added up before the sums must be taken apart.</summary>
    public const int BlockRows = 16_384;

    public const int GradientShift = 39;
    public const int HessianShift = 15;

    /// <summary>No sum over a block may reach this.</summary>
    const int FieldLimit = 1 << 24;

    /// <summary>Bits behind the point when a level is rounded.</summary>
    const int RoundingBits = 16;

    const int QuantiseRows = 8192;

    /// <summary>Derivatives of each row.</summary>
    public double[] First { get; } = new double[rows];

    public double[] Second { get; } = new double[rows];

    /// <summary>Levels of each row, packed.</summary>
    public long[] Packed { get; } = GC.AllocateUninitializedArray<long>(rows);

    /// <summary>What one level of the gradient is worth.</summary>
    public double GradientUnit { get; private set; } = 1;

    /// <summary>What one level of the hessian is worth.</summary>
    public double HessianUnit { get; private set; } = 1;

    /// <summary>Makes the levels of one tree.</summary>
    /// <param name="spread">Largest and summed absolute derivatives of all rows.</param>
    /// <param name="round">Number of the tree: another one rounds other rows up.</param>
    public void Quantise(GradientSpread spread, int round, Crew crew)
    {
        GradientUnit = 1 / Scale(spread.MostFirst, spread.SumFirst);
        HessianUnit = 1 / Scale(spread.MostSecond, spread.SumSecond);
        var blocks = (rows + QuantiseRows - 1) / QuantiseRows;
        crew.Run(
            blocks,
            rows,
            (block, _) => Quantise(block * QuantiseRows, Math.Min(rows, (block + 1) * QuantiseRows), round)
        );
    }

    public static GradientSum Unpack(long packed) =>
        new(
            packed >> GradientShift,
            (packed >> HessianShift) & ((1L << (GradientShift - HessianShift)) - 1),
            packed & ((1L << HessianShift) - 1)
        );

    double Scale(double most, double sum)
    {
        if (most <= 0)
            return 1;
        var perRow = (FieldLimit / Math.Min(rows, BlockRows)) - 2;
        var finest = Math.Min(perRow / most, (int.MaxValue - (double)rows) / sum);
        return Math.ScaleB(1, (int)Math.Floor(Math.Log2(finest)));
    }

    void Quantise(int from, int until, int round)
    {
        var first = First.AsSpan(from, until - from);
        var second = Second.AsSpan(from, first.Length);
        var packed = Packed.AsSpan(from, first.Length);
        var (scaleFirst, scaleSecond) = ((1 << RoundingBits) / GradientUnit, (1 << RoundingBits) / HessianUnit);
        var seed = (ulong)(uint)round << 32;
        for (var i = 0; i < first.Length; i++)
        {
            var chance = Mix(seed + (uint)(from + i));
            var gradient = ((long)(first[i] * scaleFirst) + (long)(chance & 0xFFFF)) >> RoundingBits;
            var hessian = ((long)(second[i] * scaleSecond) + (long)(chance >> 48)) >> RoundingBits;
            packed[i] = (gradient << GradientShift) + (hessian << HessianShift) + 1;
        }
    }

    /// <summary>A hash whose low and high bits are as good as drawn (multiply, fold, multiply).</summary>
    static ulong Mix(ulong key)
    {
        key *= 0x9E3779B97F4A7C15;
        key ^= key >> 32;
        key *= 0xD6E8FEB86659FD93;
        return key ^ (key >> 32);
    }
}

/// <summary>How large the absolute derivatives of all rows are.</summary>
readonly record struct GradientSpread(double MostFirst, double SumFirst, double MostSecond, double SumSecond)
{
    public static GradientSpread operator +(GradientSpread a, GradientSpread b) =>
        new(
            Math.Max(a.MostFirst, b.MostFirst),
            a.SumFirst + b.SumFirst,
            Math.Max(a.MostSecond, b.MostSecond),
            a.SumSecond + b.SumSecond
        );
}
