namespace LeadScoring.Scoring.Training;

/// <summary>A tree over coded rows: each node asks for a lane's byte and looks up whether it goes left.</summary>
sealed unsafe class CodedTree
{
    readonly List<int> _lanes = [];
    readonly List<int> _children = [];
    byte[] _left = new byte[Lane.MostSlots];

    /// <summary>Adds the node with the next number; a child below 0 is leaf <c>~child</c>.</summary>
    /// <param name="goesLeft">For each code of the lane 1 or 0.</param>
    public void Add(int lane, ReadOnlySpan<byte> goesLeft, int left, int right)
    {
        var start = _lanes.Count * Lane.MostSlots;
        if (start + Lane.MostSlots > _left.Length)
            Array.Resize(ref _left, 2 * _left.Length);
        goesLeft.CopyTo(_left.AsSpan(start));
        _lanes.Add(lane);
        _children.Add(right);
        _children.Add(left);
    }

    public void SetChild(int node, bool isLeft, int child) => _children[(2 * node) + (isLeft ? 1 : 0)] = child;

    /// <summary>Leaves of rows [from, until).</summary>
    /// <param name="into">One a row of the table.</param>
    public void Walk(BinnedRows rows, int from, int until, ushort[] into)
    {
        for (var row = from; row < until; row++)
            into[row] = 0;
        if (_lanes.Count == 0)
            return;
        var places = stackalloc byte*[_lanes.Count];
        nint stride = 0;
        for (var node = 0; node < _lanes.Count; node++)
            places[node] = rows.Lane(_lanes[node], byRow: true, out stride);
        fixed (byte* left = _left)
        fixed (int* children = _children.ToArray())
            for (var row = from; row < until; row++)
            {
                var node = 0;
                while (node >= 0)
                    node = children[(2 * node) + left[(node * Lane.MostSlots) + places[node][row * stride]]];
                into[row] = (ushort)~node;
            }
    }
}
