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
            .. Enumerable.Range(0, threads).Select(_ => GC.AllocateArray<long>(HistogramKernel.Sums, pinned: true)),
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

    /// <summary>Adds some of the node's rows to the histogram, in the lanes of one tile.</summary>
    /// <param name="partition">Holds the node's rows.</param>
    /// <param name="node">Gathered before, unless all rows are in it in order.</param>
    /// <param name="rows">Which of the node's rows to add, counted from 0.</param>
    public void Add(
        int tile,
        RowPartition partition,
        GrowingLeaf node,
        (int First, int Until) rows,
        Histogram into,
        int thread
    )
    {
        var lanes = _lanesOfTile[tile];
        if (lanes.Length == 0)
            return;
        var scratch = _scratch[thread];
        var byRow = node.Rows < ShareForTiles * _table.RowCount;
        var bins = _table.Rows.Lane(tile * HistogramKernel.Lanes, byRow, out var stride);
        var sums = (long*)Marshal.UnsafeAddrOfPinnedArrayElement(scratch, 0);
        var inOrder = node.Rows == _table.RowCount;
        fixed (long* packed = inOrder ? _gradients.Packed : _gathered)
            for (var block = rows.First; block < rows.Until; block += Gradients.BlockRows)
            {
                var count = Math.Min(Gradients.BlockRows, rows.Until - block);
                var list = partition.At(node.From + block);
                if (lanes.Length <= 4)
                    HistogramKernel.AddSome(bins, stride, list, packed + block, count, sums, Four(lanes));
                else if (inOrder)
                    HistogramKernel.AddRun(bins + (block * stride), stride, packed + block, count, sums);
                else
                    HistogramKernel.AddRows(bins, stride, list, packed + block, count, sums);
                foreach (var lane in lanes)
                {
                    var start = lane % HistogramKernel.Lanes * HistogramKernel.LaneStride;
                    into.Add(scratch.AsSpan(start, _table.Lanes[lane].Slots), _table.Offsets[lane]);
                }
            }
        // Lanes nobody asked for were summed along.
        if (lanes.Length < HistogramKernel.Lanes)
            Array.Clear(scratch);
    }

    static (int A, int B, int C, int D) Four(int[] lanes)
    {
        return (At(0), At(1), At(2), At(3));

        int At(int place) => place < lanes.Length ? lanes[place] % HistogramKernel.Lanes : HistogramKernel.Lanes;
    }
}
