namespace LeadScoring.Scoring.Training;

/// <summary>The rows of a tree, those of each node side by side.</summary>
/// <remarks>
/// A split reorders its node's stretch in place, keeping the order within both halves:
/// <code>
/// [ ... |  a  B  c  d  E  | ... ]      capitals go right
/// [ ... |  a  c  d |  B E | ... ]
/// </code>
/// </remarks>
sealed class RowPartition(int capacity)
{
    readonly int[] _rows = new int[capacity];
    readonly int[] _right = new int[capacity];

    public int Count { get; private set; }

    public void Start(ReadOnlySpan<int> rows)
    {
        rows.CopyTo(_rows);
        Count = rows.Length;
    }

    public ReadOnlySpan<int> Rows(int from, int until) => _rows.AsSpan(from..until);

    /// <summary>Parts the rows of one node; the left ones come first.</summary>
    /// <returns>Where the right ones begin.</returns>
    public int Part(int from, int until, byte[] column, BinSet leftBins)
    {
        Span<bool> goesLeft = stackalloc bool[256];
        for (var bin = 0; bin < goesLeft.Length; bin++)
            goesLeft[bin] = leftBins.Contains(bin);
        var (left, right) = (from, 0);
        for (var i = from; i < until; i++)
        {
            // Both are written and one is kept: cheaper than a branch that goes either way.
            var row = _rows[i];
            var isLeft = goesLeft[column[row]];
            _rows[left] = row;
            _right[right] = row;
            left += isLeft ? 1 : 0;
            right += isLeft ? 0 : 1;
        }
        _right.AsSpan(0, right).CopyTo(_rows.AsSpan(left));
        return left;
    }
}
