using System.Runtime.Intrinsics;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Grows one tree at a time, always splitting the leaf that gains most.</summary>
/// <remarks>
/// Only the smaller child of a split is summed up row by row; its sister is the parent minus it. Features are shared out
/// among the threads; the winner is taken in feature order, so that the tree does not depend on their number.
/// </remarks>
sealed class TreeGrower(BinnedTable table, Gradients gradients, TrainingOptions options, ParallelOptions parallel)
{
    readonly RowPartition _partition = new(table.RowCount);
    readonly Vector128<long>[] _gathered = new Vector128<long>[table.RowCount];
    readonly Stack<Histogram> _free = [];
    readonly SplitFinder _finder = new(options, gradients.Unit);
    readonly List<GrowingLeaf> _leaves = [];
    readonly (Split Small, Split Large)[] _found = new (Split, Split)[table.Features.Length];
    TreeBuilder _builder = new(table, options, gradients.Unit);
    int[] _features = [];

    /// <summary>The leaves of the tree grown last, in leaf order.</summary>
    public IReadOnlyList<GrowingLeaf> Leaves => _leaves;

    public ReadOnlySpan<int> Rows(GrowingLeaf leaf) => _partition.Rows(leaf.From, leaf.Until);

    /// <param name="rows">Rows the tree may see.</param>
    /// <param name="features">Usable features it may ask for, rising.</param>
    /// <returns>A tree of one leaf when no split gains anything.</returns>
    public Tree Grow(ReadOnlySpan<int> rows, int[] features)
    {
        Start(rows, features);
        while (_leaves.Count < options.Leaves)
        {
            var best = 0;
            for (var leaf = 1; leaf < _leaves.Count; leaf++)
                if (_leaves[leaf].Best.Gain > _leaves[best].Best.Gain)
                    best = leaf;
            if (!_leaves[best].Best.Found)
                break;
            SplitLeaf(_leaves[best]);
        }
        foreach (var leaf in _leaves)
            Release(leaf);
        return _builder.Build(_leaves);
    }

    void Start(ReadOnlySpan<int> rows, int[] features)
    {
        _features = features;
        _builder = new TreeBuilder(table, options, gradients.Unit);
        _partition.Start(rows);
        _leaves.Clear();
        var root = new GrowingLeaf(0, 0, rows.Length, gradients.Sum(rows), options.L2, -1, IsLeft: false);
        _leaves.Add(root);
        if (options.Leaves > 1 && CanSplit(root))
            FindSplits(root, null);
    }

    void SplitLeaf(GrowingLeaf leaf)
    {
        var split = leaf.Best;
        var middle = _partition.Part(leaf.From, leaf.Until, table.Columns[split.Feature], split.LeftBins);
        if (middle - leaf.From != split.Left.Rows)
            throw new InvalidOperationException("A split parts other rows than its histogram counted.");
        var node = _builder.Add(leaf, split, _leaves.Count);
        var left = new GrowingLeaf(leaf.Index, leaf.From, middle, split.Left, split.L2, node, IsLeft: true);
        var right = new GrowingLeaf(_leaves.Count, middle, leaf.Until, split.Right, split.L2, node, IsLeft: false);
        _leaves[leaf.Index] = left;
        _leaves.Add(right);
        var (small, large) = left.Rows <= right.Rows ? (left, right) : (right, left);
        if (_leaves.Count < options.Leaves && CanSplit(large))
        {
            large.Histogram = leaf.Histogram;
            leaf.Histogram = null;
            FindSplits(small, large);
        }
        else
            Release(leaf);
    }

    bool CanSplit(GrowingLeaf leaf) => leaf.Rows >= 2 * Math.Max(1, options.MinimumRows);

    /// <param name="small">The node to sum up row by row.</param>
    /// <param name="large">Its sister, which still holds the parent's histogram; null at the root.</param>
    void FindSplits(GrowingLeaf small, GrowingLeaf? large)
    {
        Gather(small);
        small.Histogram = _free.Count > 0 ? _free.Pop() : new Histogram(table.Offsets[^1]);
        var splitsSmall = CanSplit(small);
        var work = (long)_features.Length * (small.Rows + 256);
        Blocks.For(
            _features.Length,
            work,
            parallel,
            place =>
            {
                var feature = _features[place];
                var bins = table.Bins[feature];
                var sums = small.Histogram.Sums.AsSpan(table.Offsets[feature], bins.Slots);
                Histogram.Fill(table.Columns[feature], Rows(small), _gathered.AsSpan(0, small.Rows), sums);
                _found[place].Small = splitsSmall ? _finder.Best(feature, bins, sums, small.Sum, small.L2) : Split.None;
                if (large is null)
                    return;
                var rest = large.Histogram!.Sums.AsSpan(table.Offsets[feature], bins.Slots);
                Histogram.Subtract(rest, sums);
                _found[place].Large = _finder.Best(feature, bins, rest, large.Sum, large.L2);
            }
        );
        for (var place = 0; place < _features.Length; place++)
        {
            if (_found[place].Small.Gain > small.Best.Gain)
                small.Best = _found[place].Small;
            if (large is not null && _found[place].Large.Gain > large.Best.Gain)
                large.Best = _found[place].Large;
        }
    }

    void Gather(GrowingLeaf leaf)
    {
        var from = leaf.From;
        Blocks.Run(
            leaf.Rows,
            65_536,
            parallel,
            (_, first, until) =>
            {
                var rows = _partition.Rows(from + first, from + until);
                for (var i = 0; i < rows.Length; i++)
                    _gathered[first + i] = gradients.Rows[rows[i]];
            }
        );
    }

    void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is { } histogram)
            _free.Push(histogram);
        leaf.Histogram = null;
    }
}
