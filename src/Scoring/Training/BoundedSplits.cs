namespace LeadScoring.Scoring.Training;

/// <summary>Finds a numeric split where values are bound: below a monotone feature, or of one.</summary>
/// <remarks>
/// A child's value is <c>w = clip(-G/(H+λ))</c> and a split saves <c>-(2Gw + (H+λ)w²)</c> for each child. A split of a
/// monotone feature whose children would lie the wrong way round is refused; below it, values may not cross the middle of
/// the two (the basic method of LightGBM and XGBoost), so that the whole tree obeys, and with it their sum. Missing values
/// are free: they have no place in the order.
/// </remarks>
sealed class BoundedSplits(TrainingOptions options, double gradientUnit, double hessianUnit)
{
    readonly long _minimumHessian = SplitFinder.MinimumHessian(options, hessianUnit);

    public Split Best(int feature, FeatureBins bins, BinSums sums, GrowingLeaf node, int direction)
    {
        var floor =
            Saved(node.Sum, Value(node.Sum, node.Bounds, node.L2), node.L2)
            + options.MinimumGain
            + SplitFinder.LeastGain;
        var missing = sums[bins.Missing];
        var best = (Gain: floor, Bin: -1, MissingLeft: false, Left: default(GradientSum));
        Scan(default, missing.Rows > 0 ? bins.Count : bins.Count - 1, sums, node, (direction, false), ref best);
        if (missing.Rows > 0)
            Scan(missing, bins.Count - 1, sums, node, (direction, true), ref best);
        if (best.Bin < 0)
            return Split.None;
        var gain = best.Gain - floor + options.MinimumGain + SplitFinder.LeastGain;
        return SplitFinder.Numeric(
            feature,
            bins,
            gain,
            (best.Bin, best.MissingLeft),
            best.Left,
            node.Sum,
            options.L2,
            missing.Rows > 0
        );
    }

    /// <summary>What the children of a split may be, given what the node itself may be.</summary>
    public (ValueBounds Left, ValueBounds Right) Children(Split split, ValueBounds bounds, int direction)
    {
        if (direction == 0)
            return (bounds, bounds);
        var middle = (Value(split.Left, bounds, split.L2) + Value(split.Right, bounds, split.L2)) / 2;
        var (below, above) = (bounds with { High = middle }, bounds with { Low = middle });
        return direction > 0 ? (below, above) : (above, below);
    }

    void Scan(
        GradientSum left,
        int until,
        BinSums sums,
        GrowingLeaf node,
        (int Direction, bool MissingLeft) way,
        ref (double Gain, int Bin, bool MissingLeft, GradientSum Left) best
    )
    {
        for (var bin = 0; bin < until; bin++)
        {
            var here = sums[bin];
            if (here.Rows == 0)
                continue;
            left += here;
            var right = node.Sum - left;
            if (!IsAllowed(left) || !IsAllowed(right))
                continue;
            var (low, high) = (Value(left, node.Bounds, options.L2), Value(right, node.Bounds, options.L2));
            if (way.Direction * (high - low) < 0)
                continue;
            var gain = Saved(left, low, options.L2) + Saved(right, high, options.L2);
            if (gain > best.Gain)
                best = (gain, bin, way.MissingLeft, left);
        }
    }

    bool IsAllowed(GradientSum child) => child.Rows >= options.MinimumRows && child.Hessian >= _minimumHessian;

    double Value(GradientSum sum, ValueBounds bounds, double l2) =>
        bounds.Clip(-sum.Gradient * gradientUnit / ((sum.Hessian * hessianUnit) + l2));

    double Saved(GradientSum sum, double value, double l2) =>
        -((2 * sum.Gradient * gradientUnit * value) + (((sum.Hessian * hessianUnit) + l2) * value * value));
}
