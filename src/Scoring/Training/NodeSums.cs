using System.Runtime.InteropServices;

namespace LeadScoring.Scoring.Training;

/// <summary>Sums a node's rows up into a histogram, tile by tile.</summary>
/// <remarks>
/// Rows go in blocks whose packed sums cannot overflow; after each, the packed sums are taken apart into the histogram.
/// Nodes of at least <see cref="ShareForTiles"/> of the table read tiles, smaller ones the layout by row: there a row's
/// other tiles are in the same cache line, and few rows' lines stay in the second-level cache from tile to tile.
/// </remarks>
sealed unsafe class NodeSums
{
    const double ShareForTiles = 0.08;

    /// <summary>Bytes of rows that are gone through for one tile before the next: they stay in the second-level cache.</summary>
    const int LinesAtOnce = 256 * 1024;

    readonly BinnedTable _table;
    readonly Gradients _gradients;
    readonly long[] _gathered;
    readonly long[][] _scratch;
    readonly bool[] _asked;

    /// <summary>Lanes asked for in each tile; of at most four, only these are summed.</summary>
    readonly int[][] _lanesOfTile;

    public NodeSums(BinnedTable table, Gradients gradients, int threads)
    {
        (_table, _gradients) = (table, gradients);
        _gathered = GC.AllocateUninitializedArray<long>(table.RowCount);
        _scratch =
        [
            .. Enumerable
                .Range(0, threads)
                .Select(_ => GC.AllocateArray<long>(table.Tiles * HistogramKernel.Sums, pinned: true)),
        ];
        _asked = new bool[table.Lanes.Length];
        _lanesOfTile = new int[table.Tiles][];
    }

    /// <summary>Which features the next tree may ask for.</summary>
    public void Ask(int[] features)
    {
        Array.Clear(_asked);
        foreach (var feature in features)
            _asked[_table.Places[feature].Lane] = true;
        for (var tile = 0; tile < _lanesOfTile.Length; tile++)
        {
            var first = tile * HistogramKernel.Lanes;
            var last = Math.Min(_asked.Length, first + HistogramKernel.Lanes);
            _lanesOfTile[tile] = [.. Enumerable.Range(first, last - first).Where(lane => _asked[lane])];
        }
    }

    /// <summary>Lanes of a tile that are summed.</summary>
    public ReadOnlySpan<int> Lanes(int tile) => _lanesOfTile[tile];

    /// <summary>Brings the derivatives of a node's rows into the order of its rows.</summary>
    public void Gather(RowPartition partition, int from, int until, Crew crew)
    {
        const int blockRows = Gradients.BlockRows;
        var blocks = (until - from + blockRows - 1) / blockRows;
        crew.Run(
            blocks,
            until - from,
            (block, _) =>
            {
                var first = block * blockRows;
                var rows = partition.Rows(from + first, Math.Min(until, from + first + blockRows));
                var packed = _gradients.Packed;
                var into = _gathered.AsSpan(first, rows.Length);
                for (var i = 0; i < into.Length; i++)
                    into[i] = packed[rows[i]];
            }
        );
    }

    /// <summary>
    /// How many tiles one piece of work takes on: a node that reads tiles goes one by one; one that reads rows takes
    /// several, while the rows' lines are in the cache, but leaves each thread two pieces.
    /// </summary>
    public int TilesAtOnce(GrowingLeaf node, int threads)
    {
        if (!ReadsRows(node))
            return 1;
        var pieces = threads == 1 ? 1 : 2 * threads;
        return Math.Max(1, (_table.Tiles + pieces - 1) / pieces);
    }

    /// <summary>Adds some of the node's rows to the histogram, in the lanes of tiles [from, until).</summary>
    /// <param name="partition">Holds the node's rows.</param>
    /// <param name="node">Gathered before, unless all rows are in it in order.</param>
    /// <param name="rows">Which of the node's rows to add, counted from 0.</param>
    public void Add(
        int from,
        int until,
        RowPartition partition,
        GrowingLeaf node,
        (int First, int Until) rows,
        Histogram into,
        int thread
    )
    {
        var step = ReadsRows(node) ? Math.Clamp(LinesAtOnce / _table.Rows.Stride, 256, 4096) : Gradients.BlockRows;
        for (var block = rows.First; block < rows.Until; block += step)
        {
            var count = Math.Min(step, rows.Until - block);
            for (var tile = from; tile < until; tile++)
                AddBlock(tile, partition, node, block, count, Scratch(thread, tile));
            // Packed sums hold a limited number of rows.
            var next = block + count;
            if (next < rows.Until && next - rows.First + step <= Gradients.BlockRows)
                continue;
            rows.First = next;
            for (var tile = from; tile < until; tile++)
                TakeApart(tile, into, thread);
        }
    }

    bool ReadsRows(GrowingLeaf node) => _table.Rows.HasByRow && node.Rows < ShareForTiles * _table.RowCount;

    void AddBlock(int tile, RowPartition partition, GrowingLeaf node, int block, int count, long* sums)
    {
        var lanes = _lanesOfTile[tile];
        if (lanes.Length == 0)
            return;
        var bins = _table.Rows.Lane(tile * HistogramKernel.Lanes, ReadsRows(node), out var stride);
        var inOrder = node.Rows == _table.RowCount;
        var list = partition.At(node.From + block);
        fixed (long* packed = inOrder ? _gradients.Packed : _gathered)
            if (lanes.Length <= 4)
                HistogramKernel.AddSome(bins, stride, list, packed + block, count, sums, Four(lanes));
            else if (inOrder)
                HistogramKernel.AddRun(bins + (block * stride), stride, packed + block, count, sums);
            else
                HistogramKernel.AddRows(bins, stride, list, packed + block, count, sums);
    }

    void TakeApart(int tile, Histogram into, int thread)
    {
        var lanes = _lanesOfTile[tile];
        var scratch = _scratch[thread].AsSpan(tile * HistogramKernel.Sums, HistogramKernel.Sums);
        foreach (var lane in lanes)
        {
            var start = lane % HistogramKernel.Lanes * HistogramKernel.LaneStride;
            into.Add(scratch.Slice(start, _table.Lanes[lane].Slots), _table.Offsets[lane]);
        }
        // Lanes nobody asked for were summed along.
        if (lanes.Length is > 0 and < HistogramKernel.Lanes)
            scratch.Clear();
    }

    long* Scratch(int thread, int tile) =>
        (long*)Marshal.UnsafeAddrOfPinnedArrayElement(_scratch[thread], tile * HistogramKernel.Sums);

    static (int A, int B, int C, int D) Four(int[] lanes)
    {
        return (At(0), At(1), At(2), At(3));

        int At(int place) => place < lanes.Length ? lanes[place] % HistogramKernel.Lanes : HistogramKernel.Lanes;
    }
}
