namespace LeadScoring.Scoring.Training;

/// <summary>Finds the best set of levels to send left.</summary>
/// <remarks>
/// Levels are sorted by <c>G/(H + smoothing)</c>; the best set is then a run from one end (Fisher 1958), tried from both
/// ends because missing, rare and unseen levels always go right. As in LightGBM, levels with fewer rows in the node than
/// the smoothing stay right, at most <see cref="MostLeft"/> levels go left, and the children carry an extra L2 penalty;
/// features of at most <see cref="FewLevels"/> levels are spared all that.
/// </remarks>
sealed class LevelSplits(TrainingOptions options, double gradientUnit, double hessianUnit)
{
    public const int MostLeft = 32;
    public const int FewLevels = 4;

    readonly double _gainUnit = gradientUnit * gradientUnit / hessianUnit;
    readonly long _minimumHessian = SplitFinder.MinimumHessian(options, hessianUnit);

    public Split Best(int feature, FeatureBins bins, BinSums sums, GrowingLeaf leaf, double floor)
    {
        var node = leaf.Sum;
        var few = bins.Count <= FewLevels;
        var smoothing = few ? 0 : options.CategorySmoothing;
        var l2 = few ? options.L2 : options.L2 + options.CategoryL2;
        Span<double> keys = stackalloc double[bins.Count];
        Span<int> order = stackalloc int[bins.Count];
        var used = Order(sums, smoothing, keys, order);
        var best = (Gain: floor, Levels: 0, Left: default(GradientSum));
        Scan(order[..used], sums, node, l2, ref best);
        var ascending = best;
        order[..used].Reverse();
        Scan(order[..used], sums, node, l2, ref best);
        if (best.Levels == 0)
            return Split.None;
        if (best == ascending)
            order[..used].Reverse();
        var left = new BinSet();
        foreach (var bin in order[..best.Levels])
            left.Add(bin);
        var gain = best.Gain - floor + options.MinimumGain;
        return new Split(feature, gain, left, -1, MissingLeft: false, best.Left, node - best.Left, l2);
    }

    int Order(BinSums sums, double smoothing, Span<double> keys, Span<int> order)
    {
        var used = 0;
        for (var bin = 0; bin < order.Length; bin++)
        {
            var level = sums[bin];
            if (level.Rows == 0 || level.Rows < smoothing)
                continue;
            keys[used] = level.Gradient * gradientUnit / ((level.Hessian * hessianUnit) + smoothing + 1e-12);
            order[used++] = bin;
        }
        keys[..used].Sort(order[..used]);
        return used;
    }

    void Scan(
        ReadOnlySpan<int> order,
        BinSums sums,
        GradientSum node,
        double l2,
        ref (double Gain, int Levels, GradientSum Left) best
    )
    {
        var left = default(GradientSum);
        for (var i = 0; i < order.Length && i < MostLeft; i++)
        {
            left += sums[order[i]];
            var right = node - left;
            if (right.Rows < options.MinimumRows)
                break;
            if (!IsAllowed(left) || !IsAllowed(right))
                continue;
            var inLevels = l2 / hessianUnit;
            var gain = (SplitFinder.Gain(left, inLevels) + SplitFinder.Gain(right, inLevels)) * _gainUnit;
            if (gain > best.Gain)
                best = (gain, i + 1, left);
        }
    }

    bool IsAllowed(GradientSum child) =>
        child.Rows > 0 && child.Rows >= options.MinimumRows && child.Hessian >= _minimumHessian;
}
