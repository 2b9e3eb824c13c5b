using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>Finds a feature's best split of a node from the node's histogram.</summary>
/// <remarks>
/// Friedman 2001, Chen and Guestrin 2016: of all allowed ways the one with the highest <see cref="Split.Gain"/>; of equal
/// ones the first met (bins from the left, missing values right before left). Gains are compared in levels: with units u
/// of the gradient and v of the hessian, <c>G²/(H+λ) = u²/v · g²/(h+λ/v)</c>.
/// </remarks>
sealed class SplitFinder(TrainingOptions options, double gradientUnit, double hessianUnit)
{
    /// <summary>Below this a gain is rounding.</summary>
    public const double LeastGain = 1e-10;

    readonly LevelSplits _levels = new(options, gradientUnit, hessianUnit);
    readonly BoundedSplits _bounded = new(options, gradientUnit, hessianUnit);
    readonly double _l2 = options.L2 / hessianUnit;
    readonly double _gainUnit = gradientUnit * gradientUnit / hessianUnit;
    readonly long _minimumHessian = MinimumHessian(options, hessianUnit);

    /// <param name="direction">1 when the value may only rise with the feature, -1 when only fall, 0 when it is free.</param>
    public Split Best(int feature, FeatureBins bins, BinSums sums, GrowingLeaf node, int direction = 0)
    {
        var floor = (Gain(node.Sum, node.L2 / hessianUnit) * _gainUnit) + options.MinimumGain + LeastGain;
        if (bins.Type == FeatureType.Categorical)
            return _levels.Best(feature, bins, sums, node, floor);
        if (direction != 0 || node.Bounds != ValueBounds.None)
            return _bounded.Best(feature, bins, sums, node, direction);
        return BestNumeric(feature, bins, sums, node.Sum, floor);
    }

    /// <summary><c>g²/(h+λ)</c> in levels.</summary>
    public static double Gain(GradientSum sum, double l2) => (double)sum.Gradient * sum.Gradient / (sum.Hessian + l2);

    /// <summary>Least hessian of a child, in levels; at least one, for nothing can be divided by none.</summary>
    public static long MinimumHessian(TrainingOptions options, double unit) =>
        Math.Max(1, (long)Math.Min(Math.Ceiling(options.MinimumHessian / unit), long.MaxValue / 2.0));

    Split BestNumeric(int feature, FeatureBins bins, BinSums sums, GradientSum node, double floor)
    {
        var missing = sums[bins.Missing];
        var best = (Gain: floor / _gainUnit, Bin: -1, MissingLeft: false, Left: default(GradientSum));
        Scan(default, missing.Rows > 0 ? bins.Count : bins.Count - 1, sums, node, false, ref best);
        if (missing.Rows > 0)
            Scan(missing, bins.Count - 1, sums, node, true, ref best);
        if (best.Bin < 0)
            return Split.None;
        var gain = (best.Gain * _gainUnit) - floor + options.MinimumGain + LeastGain;
        return Numeric(
            feature,
            bins,
            gain,
            (best.Bin, best.MissingLeft),
            best.Left,
            node,
            options.L2,
            missing.Rows > 0
        );
    }

    /// <param name="at">The last bin that goes left, and whether missing values do.</param>
    /// <param name="sawMissing">
    /// Whether the node has missing values; where not, the way most of its rows went is the better guess.
    /// </param>
    public static Split Numeric(
        int feature,
        FeatureBins bins,
        double gain,
        (int Bin, bool MissingLeft) at,
        GradientSum leftSum,
        GradientSum node,
        double l2,
        bool sawMissing
    )
    {
        var right = node - leftSum;
        var withMissing = sawMissing ? at.MissingLeft : leftSum.Rows >= right.Rows;
        var left = new BinSet();
        for (var bin = 0; bin <= at.Bin; bin++)
            left.Add(bin);
        if (withMissing)
            left.Add(bins.Missing);
        return new Split(feature, gain, left, at.Bin, withMissing, leftSum, right, l2);
    }

    void Scan(
        GradientSum missing,
        int until,
        BinSums sums,
        GradientSum node,
        bool missingLeft,
        ref (double Gain, int Bin, bool MissingLeft, GradientSum Left) best
    )
    {
        var gradients = sums.Gradient[..until];
        var hessians = sums.Hessian[..until];
        var counts = sums.Rows[..until];
        var (g, h, n) = (missing.Gradient, missing.Hessian, missing.Rows);
        var most = node.Rows - options.MinimumRows;
        var mostHessian = node.Hessian - _minimumHessian;
        var bestGain = best.Gain;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            var rows = counts[bin];
            if (rows == 0)
                continue;
            g += gradients[bin];
            h += hessians[bin];
            n += rows;
            if (n < options.MinimumRows || h < _minimumHessian)
                continue;
            if (n > most || h > mostHessian)
                break;
            // One division: gl²/(hl+λ) + gr²/(hr+λ) over the common denominator.
            var (gl, gr) = ((double)g, (double)(node.Gradient - g));
            var (hl, hr) = (h + _l2, node.Hessian - h + _l2);
            var gain = ((gl * gl * hr) + (gr * gr * hl)) / (hl * hr);
            if (gain > bestGain)
            {
                bestGain = gain;
                best = (gain, bin, missingLeft, new GradientSum(g, h, n));
            }
        }
    }
}
