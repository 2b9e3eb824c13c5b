using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>Searches the histograms of a node, or of two sisters, tile by tile for the best split.</summary>
sealed class SplitSearch(BinnedTable table, NodeSums sums, TrainingOptions options, int[] directions)
{
    readonly (Split Small, Split Large)[] _found = new (Split, Split)[table.Features.Length];
    readonly bool[] _asked = new bool[table.Features.Length];
    SplitFinder _finder = new(options, 1, 1);
    BoundedSplits _bounded = new(options, 1, 1);
    int[] _features = [];

    /// <summary>Makes ready for a tree.</summary>
    /// <param name="features">Usable features it may ask for, rising.</param>
    public void Start(Gradients gradients, int[] features)
    {
        _finder = new SplitFinder(options, gradients.GradientUnit, gradients.HessianUnit);
        _bounded = new BoundedSplits(options, gradients.GradientUnit, gradients.HessianUnit);
        _features = features;
        Array.Clear(_asked);
        foreach (var feature in features)
            _asked[feature] = true;
    }

    /// <summary>Searches the features of one tile, after making the sister's sums of it.</summary>
    /// <param name="small">The node that was summed up.</param>
    /// <param name="large">Its sister, which still holds the parent's sums; null at the root.</param>
    /// <param name="splitsSmall">Whether the smaller node has rows enough to be split.</param>
    public void Find(int tile, GrowingLeaf small, GrowingLeaf? large, bool splitsSmall = true)
    {
        Span<int> scratch = stackalloc int[3 * Lane.MostSlots];
        foreach (var lane in sums.Lanes(tile))
        {
            var (start, slots) = (table.Offsets[lane], table.Lanes[lane].Slots);
            large?.Histogram!.Subtract(small.Histogram!, start, slots);
            foreach (var member in table.Lanes[lane].Members)
            {
                if (!_asked[member.Feature])
                    continue;
                var first = splitsSmall ? Best(member, small, start, slots, scratch) : Split.None;
                var second = large is null ? Split.None : Best(member, large, start, slots, scratch);
                _found[member.Feature] = (first, second);
            }
        }
    }

    /// <summary>Gives the nodes the best of what was found; of equal ones the first feature's.</summary>
    public void Choose(GrowingLeaf small, GrowingLeaf? large)
    {
        foreach (var feature in _features)
        {
            var (first, second) = _found[feature];
            if (first.Gain > small.Best.Gain)
                small.Best = first;
            if (large is not null && second.Gain > large.Best.Gain)
                large.Best = second;
        }
    }

    /// <summary>What the values of a split's children must lie within.</summary>
    public (ValueBounds Left, ValueBounds Right) Bounds(Split split, ValueBounds bounds) =>
        directions.Length == 0 || table.Bins[split.Feature].Type == FeatureType.Categorical
            ? (bounds, bounds)
            : _bounded.Children(split, bounds, Direction(split.Feature));

    int Direction(int feature) => directions.Length == 0 ? 0 : directions[feature];

    Split Best(LaneMember member, GrowingLeaf node, int start, int slots, Span<int> scratch)
    {
        var all = node.Histogram!.Slice(start, slots);
        var own = slots == member.Slots ? all : Marginal(all, member, scratch);
        return _finder.Best(member.Feature, table.Bins[member.Feature], own, node, Direction(member.Feature));
    }

    /// <summary>Sums of one member's bins over all the others' of its lane.</summary>
    static BinSums Marginal(BinSums lane, LaneMember member, Span<int> scratch)
    {
        var slots = member.Slots;
        var gradient = scratch[..slots];
        var hessian = scratch.Slice(slots, slots);
        var rows = scratch.Slice(2 * slots, slots);
        scratch[..(3 * slots)].Clear();
        for (int code = 0, bin = 0; code < lane.Rows.Length; bin = bin + 1 == slots ? 0 : bin + 1)
        for (var same = 0; same < member.Stride; same++, code++)
        {
            gradient[bin] += lane.Gradient[code];
            hessian[bin] += lane.Hessian[code];
            rows[bin] += lane.Rows[code];
        }
        return new BinSums(gradient, hessian, rows);
    }
}
