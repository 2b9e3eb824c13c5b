using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LeadScoring.Scoring.Model;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;
using Vec = System.Runtime.Intrinsics.Vector256;

namespace LeadScoring.Scoring.Explaining;

/// <summary>One tree, ready to explain blocks of rows.</summary>
/// <remarks>
/// TODO formula
/// </remarks>
sealed class ExplainedTree
{
    public const int BlockRows = 64;

    readonly AskedNode[] _nodes;
    readonly double[] _leaves;
    readonly double[] _weights;
    readonly double[] _turns;
    readonly double[] _scales;
    readonly int _points;

    public ExplainedTree(Tree tree)
    {
        _nodes = AskedNode.Of(tree, out var mostFeatures);
        _points = (mostFeatures + 1) / 2;
        var rule = GaussLegendre.Of(_points);
        _weights = rule.Weights;
        _turns = new double[_nodes.Length * _points];
        _scales = new double[_nodes.Length * _points];
        for (var n = 0; n < _nodes.Length; n++)
            for (var q = 0; q < _points; q++)
            {
                var t = rule.Points[q];
                var h = _nodes[n].FormerShare;
                var factor = t + (1 - t) * h;
                _turns[n * _points + q] = t / factor;
                _scales[n * _points + q] = h / (factor * factor);
            }
        _leaves = [.. tree.LeafValue.SelectMany(value => Enumerable.Repeat(value, Lanes.Count))];
        Expected = TreeShap.Mean(tree);
    }

    public double Expected { get; }

    public ReadOnlySpan<AskedNode> Nodes => _nodes;

    public int Space => (2 * _points + 1) * _nodes.Length * Lanes.Count;

    public void AddTo(ReadOnlySpan<ulong> goLeft, int rows, Span<double> contributions, ref double space)
    {
        if (_nodes.Length == 0)
            return;
        Span<ulong> agreeLeft = stackalloc ulong[_nodes.Length];
        Span<ulong> agreeRight = stackalloc ulong[_nodes.Length];
        for (var n = 0; n < _nodes.Length; n++)
        {
            ref readonly var node = ref _nodes[n];
            var agree =
                node.Former < 0 ? ulong.MaxValue
                : node.FormerLeft ? agreeLeft[node.Former]
                : agreeRight[node.Former];
            agreeLeft[n] = agree & goLeft[n];
            agreeRight[n] = agree & ~goLeft[n];
        }
        ref var reach = ref space;
        ref var worth = ref Unsafe.Add(ref reach, _points * _nodes.Length * Lanes.Count);
        ref var pulls = ref Unsafe.Add(ref worth, _points * _nodes.Length * Lanes.Count);
        for (var row = 0; row < rows; row += Lanes.Count)
        {
            Down(agreeLeft, agreeRight, row, ref reach, ref pulls);
            Up(ref reach, ref worth, ref pulls, ref MemoryMarshal.GetReference(contributions[row..]));
        }
    }

    void Down(
        ReadOnlySpan<ulong> agreeLeft,
        ReadOnlySpan<ulong> agreeRight,
        int row,
        ref double reach,
        ref double pulls
    )
    {
        var stride = _points * Lanes.Count;
        for (var q = 0; q < _points; q++)
            Vec.Create(_weights[q]).StoreUnsafe(ref reach, (nuint)(q * Lanes.Count));
        ref var turns = ref MemoryMarshal.GetArrayDataReference(_turns);
        for (var n = 0; n < _nodes.Length; n++)
        {
            ref readonly var node = ref _nodes[n];
            var left = Vec.Create(node.ShareLeft);
            var pull =
                (Mask(agreeLeft[n] >> row) & Vec.Create(1 - node.ShareLeft))
                | (Mask(agreeRight[n] >> row) & Vec.Create(-node.ShareLeft));
            pull.StoreUnsafe(ref pulls, (nuint)(n * Lanes.Count));
            ref var turn = ref Unsafe.Add(ref turns, n * _points);
            ref var mine = ref Unsafe.Add(ref reach, n * stride);
            if (node.Left >= 0 && node.Right >= 0)
            {
                ref var l = ref Unsafe.Add(ref reach, node.Left * stride);
                ref var r = ref Unsafe.Add(ref reach, node.Right * stride);
                for (nint q = 0; q < _points; q++)
                {
                    var at = (nuint)(q * Lanes.Count);
                    var ratio = Vec.FusedMultiplyAdd(Vec.Create(Unsafe.Add(ref turn, q)), pull, left);
                    var all = Vec.LoadUnsafe(ref mine, at);
                    var goesLeft = all * ratio;
                    goesLeft.StoreUnsafe(ref l, at);
                    (all - goesLeft).StoreUnsafe(ref r, at);
                }
            }
            else if (node.Left >= 0)
            {
                ref var l = ref Unsafe.Add(ref reach, node.Left * stride);
                for (nint q = 0; q < _points; q++)
                {
                    var at = (nuint)(q * Lanes.Count);
                    var ratio = Vec.FusedMultiplyAdd(Vec.Create(Unsafe.Add(ref turn, q)), pull, left);
                    (Vec.LoadUnsafe(ref mine, at) * ratio).StoreUnsafe(ref l, at);
                }
            }
            else if (node.Right >= 0)
            {
                ref var r = ref Unsafe.Add(ref reach, node.Right * stride);
                for (nint q = 0; q < _points; q++)
                {
                    var at = (nuint)(q * Lanes.Count);
                    var ratio = Vec.FusedMultiplyAdd(Vec.Create(Unsafe.Add(ref turn, q)), pull, left);
                    var all = Vec.LoadUnsafe(ref mine, at);
                    (all - all * ratio).StoreUnsafe(ref r, at);
                }
            }
        }
    }

    void Up(ref double reach, ref double worth, ref double pulls, ref double contributions)
    {
        var stride = _points * Lanes.Count;
        ref var turns = ref MemoryMarshal.GetArrayDataReference(_turns);
        ref var scales = ref MemoryMarshal.GetArrayDataReference(_scales);
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(_leaves);
        for (var n = _nodes.Length - 1; n >= 0; n--)
        {
            ref readonly var node = ref _nodes[n];
            ref var l = ref node.Left < 0
                ? ref Unsafe.Add(ref leaves, ~node.Left * Lanes.Count)
                : ref Unsafe.Add(ref worth, node.Left * stride);
            ref var r = ref node.Right < 0
                ? ref Unsafe.Add(ref leaves, ~node.Right * Lanes.Count)
                : ref Unsafe.Add(ref worth, node.Right * stride);
            nint lMoves = node.Left < 0 ? 0 : Lanes.Count;
            nint rMoves = node.Right < 0 ? 0 : Lanes.Count;
            ref var turn = ref Unsafe.Add(ref turns, n * _points);
            ref var scale = ref Unsafe.Add(ref scales, n * _points);
            ref var mine = ref Unsafe.Add(ref reach, n * stride);
            ref var into = ref Unsafe.Add(ref worth, n * stride);
            var left = Vec.Create(node.ShareLeft);
            var pull = Vec.LoadUnsafe(ref pulls, (nuint)(n * Lanes.Count));
            var sum = Lanes.Zero;
            for (nint q = 0; q < _points; q++)
            {
                var at = (nuint)(q * Lanes.Count);
                var ratio = Vec.FusedMultiplyAdd(Vec.Create(Unsafe.Add(ref turn, q)), pull, left);
                var rightWorth = Vec.LoadUnsafe(ref r, (nuint)(q * rMoves));
                var gain = Vec.LoadUnsafe(ref l, (nuint)(q * lMoves)) - rightWorth;
                Vec.FusedMultiplyAdd(ratio, gain, rightWorth).StoreUnsafe(ref into, at);
                var weighed = Vec.LoadUnsafe(ref mine, at) * Vec.Create(Unsafe.Add(ref scale, q));
                sum = Vec.FusedMultiplyAdd(weighed, gain, sum);
            }
            ref var total = ref Unsafe.Add(ref contributions, node.Feature * BlockRows);
            Vec.FusedMultiplyAdd(pull, sum, Vec.LoadUnsafe(ref total)).StoreUnsafe(ref total);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes Mask(ulong bits)
    {
        var lane = Vector256.Create(1ul, 2, 4, 8);
        return Vec.Equals(Vec.Create(bits) & lane, lane).AsDouble();
    }
}
