namespace LeadScoring.Funnel.Allocation;

/// <summary>
/// What an assignment could still be changed into, seen from the sinks alone: 14 nodes however many units there are.
/// </summary>
/// <remarks>
/// <code>
/// nobody --enter(m)--> m     the best unit that waits and may go to m
///      a --move(a, b)--> b   the unit at a that gains most (or loses least) by going to b instead
/// </code>
/// Each edge is the top of a heap. Paths are found by Bellman and Ford's method (1958): some edges lose, and an
/// optimal assignment leaves no cycle that gains.
/// </remarks>
sealed class ResidualGraph
{
    /// <summary>No such edge or path; far below every real sum, and sums with it do not overflow.</summary>
    public const long None = long.MinValue / 4;

    readonly int[] _gains;
    readonly int _sinks;
    readonly GainHeap[] _waiting;
    readonly GainHeap[] _moves;
    readonly long[] _enter;
    readonly long[] _move;

    public ResidualGraph(int[] gains, int sinks)
    {
        (_gains, _sinks) = (gains, sinks);
        At = new int[gains.Length / sinks];
        Array.Fill(At, TransportSolution.Nobody);
        Filled = new int[sinks];
        _enter = new long[sinks];
        _move = new long[sinks * sinks];
        Array.Fill(_move, None);
        _waiting = [.. Enumerable.Range(0, sinks).Select(Waiting)];
        _moves = [.. Enumerable.Range(0, sinks * sinks).Select(_ => new GainHeap())];
        for (var sink = 0; sink < sinks; sink++)
            FindEntrant(sink);
    }

    /// <summary>By unit: its sink, or nobody.</summary>
    public int[] At { get; }

    public int[] Filled { get; }

    /// <summary>Adds one unit along the path that gains most.</summary>
    /// <param name="ends">By sink: what the next place there adds, <see cref="None"/> when there is none.</param>
    /// <returns>False when no path gains.</returns>
    public bool Augment(long[] ends)
    {
        var before = new int[_sinks];
        Array.Fill(before, TransportSolution.Nobody);
        var reach = Relax([.. _enter], before);
        var last = 0;
        for (var sink = 1; sink < _sinks; sink++)
            if (reach[sink] + ends[sink] > reach[last] + ends[last])
                last = sink;
        if (reach[last] + ends[last] <= 0)
            return false;
        Filled[last]++;
        List<int> path = [last];
        while (before[path[^1]] >= 0)
            path.Add(before[path[^1]]);
        var units = path.Select(
                (sink, i) => i + 1 < path.Count ? _moves[path[i + 1] * _sinks + sink].Unit : _waiting[sink].Unit
            )
            .ToList();
        for (var i = 0; i < path.Count; i++)
            Seat(units[i], path[i]);
        foreach (var sink in path)
            FindMoves(sink);
        for (var sink = 0; sink < _sinks; sink++)
            FindEntrant(sink);
        return true;
    }

    /// <summary>By sink: the most that the best path from a start to it gains.</summary>
    /// <param name="starts">By sink: what it gains to take a unit out of it.</param>
    public long[] FromStarts(long[] starts)
    {
        var reach = starts.Zip(_enter, Math.Max).ToArray();
        return Relax(reach, new int[_sinks]);
    }

    /// <summary>By sink: the most that one of its units gains by leaving, along the best path to an end.</summary>
    /// <param name="ends">By sink: what a path gains that ends there.</param>
    public long[] ToEnds(long[] ends)
    {
        long[] reach = [.. ends];
        for (var changed = true; changed; )
        {
            changed = false;
            for (var a = 0; a < _sinks; a++)
            for (var b = 0; b < _sinks; b++)
                if (_move[a * _sinks + b] > None && reach[b] > None && _move[a * _sinks + b] + reach[b] > reach[a])
                    (reach[a], changed) = (_move[a * _sinks + b] + reach[b], true);
        }
        return reach;
    }

    long[] Relax(long[] reach, int[] before)
    {
        for (var changed = true; changed; )
        {
            changed = false;
            for (var a = 0; a < _sinks; a++)
            {
                if (reach[a] == None)
                    continue;
                for (var b = 0; b < _sinks; b++)
                {
                    var edge = _move[a * _sinks + b];
                    if (edge > None && reach[a] + edge > reach[b])
                        (reach[b], before[b], changed) = (reach[a] + edge, a, true);
                }
            }
        }
        return reach;
    }

    GainHeap Waiting(int sink)
    {
        var (words, count) = (new long[At.Length], 0);
        for (var unit = 0; unit < At.Length; unit++)
            if (_gains[unit * _sinks + sink] is var gain and >= 0)
                words[count++] = GainHeap.Word(gain, unit);
        return new(words, count);
    }

    void Seat(int unit, int sink)
    {
        At[unit] = sink;
        var here = _gains[unit * _sinks + sink];
        for (var other = 0; other < _sinks; other++)
            if (other != sink && _gains[unit * _sinks + other] is var there and >= 0)
                _moves[sink * _sinks + other].Add((long)there - here, unit);
    }

    void FindEntrant(int sink)
    {
        var heap = _waiting[sink];
        while (!heap.IsEmpty && At[heap.Unit] != TransportSolution.Nobody)
            heap.Drop();
        _enter[sink] = heap.IsEmpty ? None : heap.Gain;
    }

    void FindMoves(int from)
    {
        for (var to = 0; to < _sinks; to++)
        {
            var heap = _moves[from * _sinks + to];
            while (!heap.IsEmpty && At[heap.Unit] != from)
                heap.Drop();
            _move[from * _sinks + to] = heap.IsEmpty ? None : heap.Gain;
        }
    }
}
