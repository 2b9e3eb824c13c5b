using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Grows one tree at a time, always splitting the leaf that gains most.</summary>
/// <remarks>
/// Only the smaller child of a split is summed up row by row; its sister is the parent minus it, and both are searched
/// while their sums are in the cache. Tiles are shared out among the threads; the winner is taken in feature order, so that
/// the tree does not depend on their number.
/// </remarks>
sealed class TreeGrower
{
    /// <summary>Rows below which a part of a node is not worth a histogram of its own.</summary>
    const int LeastPart = 32_768;

    readonly BinnedTable _table;
    readonly Gradients _gradients;
    readonly TrainingOptions _options;
    readonly Crew _crew;
    readonly RowPartition _partition;
    readonly NodeSums _sums;
    readonly SplitSearch _search;
    readonly LeafTotals _totals;
    readonly Stack<Histogram> _free = [];
    readonly List<GrowingLeaf> _leaves = [];
    readonly byte[] _goesLeft = new byte[Lane.MostSlots];
    TreeBuilder _builder;

    public TreeGrower(BinnedTable table, Gradients gradients, TrainingOptions options, int[] directions, Crew crew)
    {
        (_table, _gradients, _options, _crew) = (table, gradients, options, crew);
        _partition = new RowPartition(table.RowCount);
        _sums = new NodeSums(table, gradients, crew.Threads);
        _search = new SplitSearch(table, _sums, options, directions);
        _totals = new LeafTotals(gradients, table.RowCount);
        _builder = new TreeBuilder(table, options);
    }

    /// <summary>The leaf of each row in the tree grown last; of rows it was not shown, after <see cref="PlaceOthers"/>.</summary>
    public ushort[] LeafOf => _totals.LeafOf;

    /// <summary>The tree grown last, over coded rows.</summary>
    public CodedTree Coded => _builder.Coded;

    /// <summary>Values of its leaves.</summary>
    public double[] Values => _builder.Values;

    /// <param name="rows">Rows the tree may see.</param>
    /// <param name="features">Usable features it may ask for, rising.</param>
    /// <returns>A tree of one leaf when no split gains anything.</returns>
    public Tree Grow(ReadOnlySpan<int> rows, int[] features)
    {
        Start(rows, features);
        while (_leaves.Count < _options.Leaves)
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
        return _builder.Build(_leaves, _totals.Of(_leaves, _partition, _crew));
    }

    /// <summary>Finds the leaves of rows the tree was not shown (and of all others again).</summary>
    public void PlaceOthers()
    {
        const int blockRows = 4096;
        var (rows, tree) = (_table.Rows, Coded);
        var blocks = (rows.Count + blockRows - 1) / blockRows;
        _crew.Run(
            blocks,
            8L * rows.Count,
            (block, _) => tree.Walk(rows, block * blockRows, Math.Min(rows.Count, (block + 1) * blockRows), LeafOf)
        );
    }

    void Start(ReadOnlySpan<int> rows, int[] features)
    {
        _builder = new TreeBuilder(_table, _options);
        _sums.Ask(features);
        _search.Start(_gradients, features);
        _partition.Start(rows);
        _leaves.Clear();
        var root = new GrowingLeaf(0, 0, rows.Length, default, _options.L2, -1, IsLeft: false, ValueBounds.None);
        _leaves.Add(root);
        if (_options.Leaves < 2 || !CanSplit(root) || features.Length == 0)
            return;
        Fill(root);
        var lane = _table.Places[features[0]].Lane;
        var sums = root.Histogram!.Slice(_table.Offsets[lane], _table.Lanes[lane].Slots);
        var total = default(GradientSum);
        for (var code = 0; code < sums.Rows.Length; code++)
            total += sums[code];
        root = root with { Sum = total };
        _leaves[0] = root;
        _crew.Run(_table.Tiles, Work(root), (tile, _) => _search.Find(tile, root, null));
        _search.Choose(root, null);
    }

    void SplitLeaf(GrowingLeaf leaf)
    {
        var split = leaf.Best;
        var middle = Part(leaf, split);
        if (middle - leaf.From != split.Left.Rows)
            throw new InvalidOperationException("A split parts other rows than its histogram counted.");
        var node = _builder.Add(leaf, split, _leaves.Count, _goesLeft);
        var (boundsLeft, boundsRight) = _search.Bounds(split, leaf.Bounds);
        var left = new GrowingLeaf(leaf.Index, leaf.From, middle, split.Left, split.L2, node, true, boundsLeft);
        var right = new GrowingLeaf(_leaves.Count, middle, leaf.Until, split.Right, split.L2, node, false, boundsRight);
        _leaves[leaf.Index] = left;
        _leaves.Add(right);
        var (small, large) = left.Rows <= right.Rows ? (left, right) : (right, left);
        if (_leaves.Count == _options.Leaves || !CanSplit(large))
        {
            Release(leaf);
            return;
        }
        large.Histogram = leaf.Histogram;
        leaf.Histogram = null;
        Fill(small, large);
    }

    unsafe int Part(GrowingLeaf leaf, Split split)
    {
        var (lane, member) = _table.Places[split.Feature];
        _table.Lanes[lane].Mark(member, split.LeftBins, _goesLeft);
        var byRow = leaf.Rows < _table.RowCount / 8;
        var codes = _table.Rows.Lane(lane, byRow, out var stride);
        return _partition.Part(leaf.From, leaf.Until, codes, stride, _goesLeft, _crew);
    }

    bool CanSplit(GrowingLeaf leaf) => leaf.Rows >= 2 * Math.Max(1, _options.MinimumRows);

    long Work(GrowingLeaf node) => (long)_table.Lanes.Length * (node.Rows + Lane.MostSlots);

    /// <param name="small">The node to sum up row by row.</param>
    /// <param name="large">Its sister, which still holds the parent's histogram; null at the root, which is only summed.</param>
    void Fill(GrowingLeaf small, GrowingLeaf? large = null)
    {
        if (small.Rows < _table.RowCount)
            _sums.Gather(_partition, small.From, small.Until, _crew);
        var histogram = small.Histogram = TakeHistogram();
        var parts = Parts(small.Rows);
        if (parts > 1)
            FillParts(small, histogram, parts);
        var atOnce = parts > 1 ? 1 : _sums.TilesAtOnce(small, _crew.Threads);
        _crew.Run(
            (_table.Tiles + atOnce - 1) / atOnce,
            Work(small),
            (unit, thread) =>
            {
                var (from, until) = (unit * atOnce, Math.Min(_table.Tiles, (unit + 1) * atOnce));
                for (var tile = from; tile < until && parts == 1; tile++)
                    Clear(histogram, tile);
                if (parts == 1)
                    _sums.Add(from, until, _partition, small, (0, small.Rows), histogram, thread);
                for (var tile = from; tile < until && large is not null; tile++)
                    _search.Find(tile, small, large, CanSplit(small));
            }
        );
        if (large is not null)
            _search.Choose(small, large);
    }

    /// <summary>In how many parts a node's rows are summed, so that all threads have a like share of few tiles.</summary>
    int Parts(int rows) =>
        _crew.Threads == 1 || _table.Tiles >= 4 * _crew.Threads
            ? 1
            : Math.Clamp(((4 * _crew.Threads) + _table.Tiles - 1) / _table.Tiles, 1, Math.Max(1, rows / LeastPart));

    /// <summary>Sums whole numbers part by part and then all parts together: the same as all rows at once.</summary>
    void FillParts(GrowingLeaf node, Histogram into, int parts)
    {
        var histograms = Enumerable.Range(0, parts).Select(part => part == 0 ? into : TakeHistogram()).ToArray();
        _crew.Run(
            _table.Tiles * parts,
            Work(node),
            (unit, thread) =>
            {
                var (tile, part) = (unit / parts, unit % parts);
                var from = (int)((long)node.Rows * part / parts);
                var until = (int)((long)node.Rows * (part + 1) / parts);
                Clear(histograms[part], tile);
                _sums.Add(tile, tile + 1, _partition, node, (from, until), histograms[part], thread);
            }
        );
        _crew.Run(
            _table.Tiles,
            (long)parts * _table.Offsets[^1],
            (tile, _) =>
            {
                var (start, count) = Slots(tile);
                foreach (var histogram in histograms.AsSpan(1))
                    into.Add(histogram, start, count);
            }
        );
        foreach (var histogram in histograms.AsSpan(1))
            _free.Push(histogram);
    }

    Histogram TakeHistogram() => _free.Count > 0 ? _free.Pop() : new Histogram(_table.Offsets[^1]);

    void Clear(Histogram histogram, int tile)
    {
        var (start, count) = Slots(tile);
        histogram.Clear(start, count);
    }

    (int Start, int Count) Slots(int tile)
    {
        var first = tile * HistogramKernel.Lanes;
        var last = Math.Min(_table.Lanes.Length, first + HistogramKernel.Lanes);
        return (_table.Offsets[first], _table.Offsets[last] - _table.Offsets[first]);
    }

    void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is { } histogram)
            _free.Push(histogram);
        leaf.Histogram = null;
    }
}
