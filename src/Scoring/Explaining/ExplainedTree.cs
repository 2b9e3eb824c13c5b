using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace LeadScoring.Scoring.Explaining;

/// <summary>One tree, ready to explain blocks of rows.</summary>
/// <remarks>
/// A leaf on whose way the features i are asked is worth v to the features known to be the row's, with the others averaged:
/// <c>v ∏(known) o_i ∏(others) z_i</c>, o_i 1 when the row agrees with all questions of feature i and else 0, z_i the share
/// of training rows that do. With every feature known independently with probability t its expected worth is the
/// polynomial <c>v ∏ (t o_i + (1 - t) z_i)</c>, and a Shapley value is the integral over t from 0 to 1 of its derivative by
/// one feature's probability: <c>∫ v (o_i - z_i) ∏(j ≠ i) (t o_j + (1 - t) z_j) dt</c> (Owen 1972). On paths of d features
/// its degree is d - 1, so that <see cref="GaussLegendre"/> with ⌈d / 2⌉ points is exact: no table, no limit of depth.
/// <para>
/// All leaves below a node share the factors above it. At one t, with <c>R</c> the product of the factors on the way to a
/// node and <c>W</c> the sum over its leaves of v times the factors below it:
/// <c>R(left) = R r, R(right) = R (1 - r), W = r W(left) + (1 - r) W(right)</c>, and the node adds
/// <c>R c (W(left) - W(right))</c> to its feature. Where z is the share that goes left, <c>p = [row goes left] - z</c> and h
/// the share that agrees with the feature's former questions (1 without any): if the row agrees with those too,
/// <c>f = t + (1 - t) h, r = z + p t / f, c = p h / f²</c>, and else <c>r = z, c = 0</c>. For a feature asked once this is
/// plain; for one asked again the sums telescope along its questions, as in Linear TreeSHAP (Yu et al. 2022).
/// Nothing is divided by a share, so that shares of 0 need no care.
/// </para>
/// </remarks>
sealed class ExplainedTree
{
    /// <summary>Rows explained together, a bit each in the answers to a question.</summary>
    public const int BlockRows = 64;

    readonly AskedNode[] _nodes;
    readonly Step[] _steps;
    readonly double[] _leaves;
    readonly double[] _weights;
    readonly double[] _constants;
    readonly int _passedOn;

    public ExplainedTree(Tree tree)
    {
        _nodes = AskedNode.Of(tree, out var mostFeatures);
        _passedOn = _nodes.Count(node => node.Left >= 0 || node.Right >= 0);
        var rule = GaussLegendre.Of((mostFeatures + 1) / 2);
        _weights = rule.Weights;
        _constants = [.. _nodes.SelectMany(node => Constants(node.FormerShare, rule.Points))];
        _leaves = [.. tree.LeafValue.SelectMany(value => Enumerable.Repeat(value, Lanes.Count))];
        _steps = [.. _nodes.Select(ToStep)];
        Expected = tree.Expected();
    }

    /// <summary>Where a node's vectors stand in the working space.</summary>
    /// <param name="LeftStep">From the left child's W at one t to that at the next: 0 for a leaf.</param>
    readonly record struct Step(
        int Feature,
        double ShareLeft,
        int Pull,
        int Reach,
        int ReachLeft,
        int ReachRight,
        int Worth,
        int WorthLeft,
        int LeftStep,
        int WorthRight,
        int RightStep
    );

    /// <summary>Mean output of the tree over the training rows.</summary>
    public double Expected { get; }

    public ReadOnlySpan<AskedNode> Nodes => _nodes;

    /// <summary>Working space in numbers: the leaves, a spare place for every t, each node's p, R and W.</summary>
    public int Space => Reaches + 2 * _nodes.Length * PerNode;

    int PerNode => _weights.Length * Lanes.Count;

    int Pulls => _leaves.Length + PerNode;

    int Reaches => Pulls + _nodes.Length * Lanes.Count;

    /// <summary>Adds the tree's contributions to those of the rows.</summary>
    /// <param name="goLeft">For each of <see cref="Nodes"/> which of the rows go left, one bit each.</param>
    /// <param name="agree">Room for two numbers a node.</param>
    /// <param name="contributions"><see cref="BlockRows"/> for each feature.</param>
    public void AddTo(
        ReadOnlySpan<ulong> goLeft,
        Span<ulong> agree,
        int rows,
        Span<double> contributions,
        Aligned<double> space
    )
    {
        if (_nodes.Length == 0)
            return;
        Agree(goLeft, agree);
        _leaves.CopyTo(space.Span);
        for (var row = 0; row < rows; row += Lanes.Count)
        {
            Pull(agree, row, ref space.First);
            Down(ref space.First);
            Up(ref space.First, ref MemoryMarshal.GetReference(contributions[row..]));
        }
    }

    /// <summary>Which rows agree with a feature's former questions and then go left, and which go right.</summary>
    void Agree(ReadOnlySpan<ulong> goLeft, Span<ulong> agree)
    {
        for (var n = 0; n < _nodes.Length; n++)
        {
            ref readonly var node = ref _nodes[n];
            var former = node.Former < 0 ? ulong.MaxValue : agree[2 * node.Former + (node.FormerLeft ? 0 : 1)];
            agree[2 * n] = former & goLeft[n];
            agree[2 * n + 1] = former & ~goLeft[n];
        }
    }

    /// <summary>p of every node, 0 for rows that disagree with the feature's former questions.</summary>
    void Pull(ReadOnlySpan<ulong> agree, int row, ref double space)
    {
        for (var n = 0; n < _steps.Length; n++)
        {
            ref readonly var step = ref _steps[n];
            var left = Mask(agree[2 * n] >> row) & Vector256.Create(1 - step.ShareLeft);
            var right = Mask(agree[2 * n + 1] >> row) & Vector256.Create(-step.ShareLeft);
            (left | right).StoreUnsafe(ref space, (nuint)step.Pull);
        }
    }

    /// <summary>R of every node, each t's weight folded into the root's.</summary>
    void Down(ref double space)
    {
        for (var q = 0; q < _weights.Length; q++)
            Vector256.Create(_weights[q]).StoreUnsafe(ref space, (nuint)(Reaches + q * Lanes.Count));
        ref var constant = ref MemoryMarshal.GetArrayDataReference(_constants);
        var points = _weights.Length;
        foreach (ref readonly var step in _steps.AsSpan(0, _passedOn))
        {
            var share = Vector256.Create(step.ShareLeft);
            var pull = Vector256.LoadUnsafe(ref space, (nuint)step.Pull);
            ref var reach = ref Unsafe.Add(ref space, step.Reach);
            ref var reachLeft = ref Unsafe.Add(ref space, step.ReachLeft);
            ref var reachRight = ref Unsafe.Add(ref space, step.ReachRight);
            for (nint q = 0; q < points; q++)
            {
                var at = (nuint)(q * Lanes.Count);
                var ratio = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref constant, q)), pull, share);
                var all = Vector256.LoadUnsafe(ref reach, at);
                var left = all * ratio;
                left.StoreUnsafe(ref reachLeft, at);
                (all - left).StoreUnsafe(ref reachRight, at);
            }
            constant = ref Unsafe.Add(ref constant, 2 * points);
        }
    }

    /// <summary>W of every node from the leaves up, and what it adds to its feature.</summary>
    void Up(ref double space, ref double contributions)
    {
        var points = _weights.Length;
        ref var constant = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_constants), _constants.Length);
        for (var n = _steps.Length - 1; n >= 0; n--)
        {
            ref readonly var step = ref _steps[n];
            constant = ref Unsafe.Subtract(ref constant, 2 * points);
            var share = Vector256.Create(step.ShareLeft);
            var pull = Vector256.LoadUnsafe(ref space, (nuint)step.Pull);
            ref var worthLeft = ref Unsafe.Add(ref space, step.WorthLeft);
            ref var worthRight = ref Unsafe.Add(ref space, step.WorthRight);
            ref var worth = ref Unsafe.Add(ref space, step.Worth);
            ref var reach = ref Unsafe.Add(ref space, step.Reach);
            var (leftStep, rightStep) = ((nint)step.LeftStep, (nint)step.RightStep);
            var sum = Lanes.Zero;
            for (nint q = 0; q < points; q++)
            {
                var at = (nuint)(q * Lanes.Count);
                var ratio = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref constant, q)), pull, share);
                var right = Vector256.LoadUnsafe(ref worthRight, (nuint)(q * rightStep));
                var gain = Vector256.LoadUnsafe(ref worthLeft, (nuint)(q * leftStep)) - right;
                Vector256.FusedMultiplyAdd(ratio, gain, right).StoreUnsafe(ref worth, at);
                var scale = Vector256.Create(Unsafe.Add(ref constant, points + q));
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref reach, at) * scale, gain, sum);
            }
            ref var total = ref Unsafe.Add(ref contributions, step.Feature * BlockRows);
            Vector256.FusedMultiplyAdd(pull, sum, Vector256.LoadUnsafe(ref total)).StoreUnsafe(ref total);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes Mask(ulong bits)
    {
        var lanes = Vector256.Create(1ul, 2, 4, 8);
        return Vector256.Equals(Vector256.Create(bits) & lanes, lanes).AsDouble();
    }

    /// <summary>For each t first t / f, then for each h / f².</summary>
    static IEnumerable<double> Constants(double share, double[] points)
    {
        var factors = points.Select(t => (T: t, Factor: t + (1 - t) * share)).ToArray();
        return factors.Select(at => at.T / at.Factor).Concat(factors.Select(at => share / (at.Factor * at.Factor)));
    }

    Step ToStep(AskedNode node, int n)
    {
        var worths = Reaches + _nodes.Length * PerNode;
        return new Step(
            node.Feature,
            node.ShareLeft,
            Pulls + n * Lanes.Count,
            Reaches + n * PerNode,
            Reach(node.Left),
            Reach(node.Right),
            worths + n * PerNode,
            Worth(node.Left),
            node.Left < 0 ? 0 : Lanes.Count,
            Worth(node.Right),
            node.Right < 0 ? 0 : Lanes.Count
        );

        // Nobody asks how a leaf is reached; writing it to the spare place is cheaper than a branch.
        int Reach(int child) => child < 0 ? _leaves.Length : Reaches + child * PerNode;
        int Worth(int child) => child < 0 ? ~child * Lanes.Count : worths + child * PerNode;
    }
}
