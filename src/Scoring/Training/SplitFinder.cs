using System.Runtime.Intrinsics;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>Finds a feature's best split of a node from the node's histogram.</summary>
/// <remarks>
/// Friedman 2001, Chen and Guestrin 2016: of all allowed ways the one with the highest <see cref="Split.Gain"/>; of equal
/// ones the first met (bins from the left, missing values right before left).
/// </remarks>
sealed class SplitFinder(TrainingOptions options, double unit)
{
    /// <summary>Below this a gain is rounding.</summary>
    const double LeastGain = 1e-10;

    readonly LevelSplits _levels = new(options, unit);

    public Split Best(
        int feature,
        FeatureBins bins,
        ReadOnlySpan<Vector256<long>> sums,
        GradientSum node,
        double nodeL2
    )
    {
        var floor = Gain(node, nodeL2, unit) + options.MinimumGain + LeastGain;
        return bins.Type == FeatureType.Categorical
            ? _levels.Best(feature, bins, sums, node, floor)
            : BestNumeric(feature, bins, sums, node, floor);
    }

    /// <summary><c>G²/(H+λ)</c>.</summary>
    public static double Gain(GradientSum sum, double l2, double unit)
    {
        var gradient = sum.Gradient * unit;
        return gradient * gradient / (sum.Hessian * unit + l2);
    }

    public static bool IsAllowed(GradientSum child, TrainingOptions options, double unit) =>
        child.Rows >= options.MinimumRows && child.Rows > 0 && child.Hessian * unit >= options.MinimumHessian;

    Split BestNumeric(int feature, FeatureBins bins, ReadOnlySpan<Vector256<long>> sums, GradientSum node, double floor)
    {
        var missing = GradientSum.From(sums[bins.Missing]);
        var best = (Gain: floor, Bin: -1, MissingLeft: false, Left: default(GradientSum));
        Scan(default, missing.Rows > 0 ? bins.Count : bins.Count - 1, sums, node, false, ref best);
        if (missing.Rows > 0)
            Scan(missing, bins.Count - 1, sums, node, true, ref best);
        if (best.Bin < 0)
            return Split.None;
        var right = node - best.Left;
        // Where the node saw no missing value, the way most of its rows went is the better guess.
        var missingLeft = missing.Rows > 0 ? best.MissingLeft : best.Left.Rows >= right.Rows;
        var left = new BinSet();
        for (var bin = 0; bin <= best.Bin; bin++)
            left.Add(bin);
        if (missingLeft)
            left.Add(bins.Missing);
        var gain = best.Gain - floor + options.MinimumGain + LeastGain;
        return new Split(feature, gain, left, best.Bin, missingLeft, best.Left, right, options.L2);
    }

    void Scan(
        GradientSum left,
        int until,
        ReadOnlySpan<Vector256<long>> sums,
        GradientSum node,
        bool missingLeft,
        ref (double Gain, int Bin, bool MissingLeft, GradientSum Left) best
    )
    {
        for (var bin = 0; bin < until; bin++)
        {
            var here = GradientSum.From(sums[bin]);
            if (here.Rows == 0)
                continue;
            left += here;
            if (!IsAllowed(left, options, unit))
                continue;
            var right = node - left;
            if (!IsAllowed(right, options, unit))
            {
                if (right.Rows < options.MinimumRows)
                    break;
                continue;
            }
            var gain = Gain(left, options.L2, unit) + Gain(right, options.L2, unit);
            if (gain > best.Gain)
                best = (gain, bin, missingLeft, left);
        }
    }
}
