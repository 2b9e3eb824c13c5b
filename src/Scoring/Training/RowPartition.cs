namespace LeadScoring.Scoring.Training;

/// <summary>The rows of a tree, those of each node side by side.</summary>
/// <remarks>
/// A split reorders its node's stretch, keeping the order within both halves:
/// <code>
/// [ ... |  a  B  c  d  E  | ... ]      capitals go right
/// [ ... |  a  c  d |  B E | ... ]
/// </code>
/// Of a long stretch each block is parted by itself, then all blocks are moved to their places.
/// </remarks>
sealed unsafe class RowPartition
{
    const int BlockRows = 16_384;

    readonly int[] _rows;
    readonly int[] _left;
    readonly int[] _right;
    readonly int[] _lefts;

    public RowPartition(int capacity)
    {
        _rows = GC.AllocateArray<int>(capacity + HistogramKernel.Ahead, pinned: true);
        _left = GC.AllocateUninitializedArray<int>(capacity);
        _right = GC.AllocateUninitializedArray<int>(capacity);
        _lefts = new int[(capacity / BlockRows) + 2];
    }

    public int Count { get; private set; }

    public void Start(ReadOnlySpan<int> rows)
    {
        rows.CopyTo(_rows);
        Count = rows.Length;
    }

    public ReadOnlySpan<int> Rows(int from, int until) => _rows.AsSpan(from..until);

    /// <summary>The row at a place, with at least <see cref="HistogramKernel.Ahead"/> more entries behind the last.</summary>
    public int* At(int place) =>
        (int*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_rows, place);

    /// <summary>Parts the rows of one node; the left ones come first.</summary>
    /// <param name="codes">The lane's byte of row 0.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="goesLeft">For each code 1 or 0.</param>
    /// <returns>Where the right ones begin.</returns>
    public int Part(int from, int until, byte* codes, nint stride, byte[] goesLeft, Crew crew)
    {
        var blocks = (until - from + BlockRows - 1) / BlockRows;
        if (blocks == 1)
        {
            var lefts = Deal(from, until, codes, stride, goesLeft);
            _left.AsSpan(from, lefts).CopyTo(_rows.AsSpan(from));
            _right.AsSpan(from, until - from - lefts).CopyTo(_rows.AsSpan(from + lefts));
            return from + lefts;
        }
        crew.Run(
            blocks,
            until - from,
            (block, _) =>
            {
                var start = from + (block * BlockRows);
                _lefts[block] = Deal(start, Math.Min(until, start + BlockRows), codes, stride, goesLeft);
            }
        );
        var middle = from;
        for (var block = 0; block < blocks; block++)
            middle += _lefts[block];
        crew.Run(blocks, until - from, (block, _) => Move(from, until, middle, block));
        return middle;
    }

    /// <summary>Copies a block's rows to the one side or the other, keeping their order.</summary>
    int Deal(int from, int until, byte* codes, nint stride, byte[] goesLeft)
    {
        fixed (
            int* rows = &_rows[from],
                left = &_left[from],
                right = &_right[from]
        )
        fixed (byte* isLeft = goesLeft)
        {
            nint lefts = 0;
            nint count = until - from;
            for (nint i = 0; i < count; i++)
            {
                // Both are written and one is kept: cheaper than a branch that goes either way.
                var row = rows[i];
                left[lefts] = row;
                right[i - lefts] = row;
                lefts += isLeft[codes[row * stride]];
            }
            return (int)lefts;
        }
    }

    void Move(int from, int until, int middle, int block)
    {
        var start = from + (block * BlockRows);
        var count = Math.Min(until - start, BlockRows);
        var before = 0;
        for (var earlier = 0; earlier < block; earlier++)
            before += _lefts[earlier];
        var lefts = _lefts[block];
        _left.AsSpan(start, lefts).CopyTo(_rows.AsSpan(from + before));
        _right.AsSpan(start, count - lefts).CopyTo(_rows.AsSpan(middle + (start - from - before)));
    }
}
