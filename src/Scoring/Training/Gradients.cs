using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Training;

/// <summary>First and second derivatives of a sum of rows, and how many rows, in fixed point.</summary>
/// <param name="Gradient">In units of <see cref="Gradients.Unit"/>.</param>
/// <param name="Hessian">In units of <see cref="Gradients.Unit"/>.</param>
readonly record struct GradientSum(long Gradient, long Hessian, long Rows)
{
    public static GradientSum From(Vector256<long> sum) => new(sum[0], sum[1], sum[2]);

    public static GradientSum operator +(GradientSum a, GradientSum b) =>
        new(a.Gradient + b.Gradient, a.Hessian + b.Hessian, a.Rows + b.Rows);

    public static GradientSum operator -(GradientSum a, GradientSum b) =>
        new(a.Gradient - b.Gradient, a.Hessian - b.Hessian, a.Rows - b.Rows);
}

/// <summary>The derivatives of each row's loss, rounded to a multiple of one power of two.</summary>
/// <remarks>
/// Whole numbers add up to the same whatever the order, so histograms are bit-identical for any number of threads and
/// a parent's minus a child's is exactly the sibling's. The unit is chosen from the total weight such that no sum can
/// overflow; with a million rows of weight 1 it is 2^-42, finer than the 24 bits LightGBM keeps.
/// </remarks>
sealed class Gradients
{
    readonly double _scale;

    public Gradients(int rows, double totalWeight)
    {
        Rows = new Vector128<long>[rows];
        _scale = Math.ScaleB(1, 61 - (int)Math.Ceiling(Math.Log2(totalWeight)));
        Unit = 1 / _scale;
    }

    public double Unit { get; }

    /// <summary>(gradient, hessian) of each row.</summary>
    public Vector128<long>[] Rows { get; }

    public void Set(int row, double gradient, double hessian) =>
        Rows[row] = Vector128.Create((long)Math.Round(gradient * _scale), (long)Math.Round(hessian * _scale));

    public GradientSum Sum(ReadOnlySpan<int> rows)
    {
        var sum = Vector128<long>.Zero;
        foreach (var row in rows)
            sum += Rows[row];
        return new GradientSum(sum[0], sum[1], rows.Length);
    }
}
