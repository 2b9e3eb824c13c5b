using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Model;

/// <summary>A tree made ready to score blocks of rows without walking down it row by row.</summary>
/// <remarks>
/// QuickScorer (Lucchese et al. 2015) with vectors of rows (V-QuickScorer, 2016): leaves are numbered from the left, one
/// bit each. Every question a row answers with "right" strikes out the leaves of that node's left side; the leaf the row
/// ends in is the lowest bit that is left. All questions are asked of eight rows at once, so nothing is mispredicted.
/// Thresholds are rounded down to float32, which changes no answer, as the values are float32.
/// Trees of more than 32 leaves are walked.
/// </remarks>
sealed class TreeMasks
{
    /// <summary>Rows scored together: their part of every column stays in the first-level cache.</summary>
    public const int BlockRows = 256;

    const int MostLeaves = 32;

    readonly Tree _tree;
    readonly Question[] _questions;
    readonly double[] _values;

    public TreeMasks(Tree tree)
    {
        _tree = tree;
        _questions = tree.LeafTotal <= MostLeaves ? new Question[tree.SplitFeature.Length] : [];
        _values = new double[tree.LeafTotal];
        if (tree.LeafTotal <= MostLeaves)
            Number(tree.LeafTotal == 1 ? ~0 : 0, 0);
    }

    /// <param name="Keep">All leaves but those on the node's left side.</param>
    /// <param name="Plain">Numeric with NaN as the missing value: can be asked of eight rows at once.</param>
    readonly record struct Question(float Threshold, uint Keep, bool Plain, bool MissingLeft);

    /// <summary>Adds what the tree says of rows [from, until), at most <see cref="BlockRows"/>, to their scores.</summary>
    public void AddTo(float[][] columns, int from, int until, double[] scores)
    {
        if (_tree.LeafTotal > MostLeaves)
        {
            for (var row = from; row < until; row++)
                scores[row] += _tree.LeafValue[_tree.LeafOf(columns, row)];
            return;
        }
        Span<uint> alive = stackalloc uint[until - from];
        alive.Fill(uint.MaxValue);
        for (var node = 0; node < _questions.Length; node++)
        {
            var column = columns[_tree.SplitFeature[node]].AsSpan(from, alive.Length);
            if (_questions[node].Plain)
                Ask(_questions[node], column, alive);
            else
                AskOneByOne(node, column, alive);
        }
        for (var i = 0; i < alive.Length; i++)
            scores[from + i] += _values[BitOperations.TrailingZeroCount(alive[i])];
    }

    static void Ask(Question question, ReadOnlySpan<float> column, Span<uint> alive)
    {
        var threshold = Vector256.Create(question.Threshold);
        var strike = Vector256.Create(~question.Keep);
        ref var values = ref MemoryMarshal.GetReference(column);
        ref var bits = ref MemoryMarshal.GetReference(alive);
        var i = 0;
        for (; i + Vector256<float>.Count <= alive.Length; i += Vector256<float>.Count)
        {
            var value = Vector256.LoadUnsafe(ref values, (nuint)i);
            // A comparison with NaN is false: "greater" leaves missing values left, "not at most" sends them right.
            var right = question.MissingLeft
                ? Vector256.GreaterThan(value, threshold)
                : ~Vector256.LessThanOrEqual(value, threshold);
            var struck = Vector256.LoadUnsafe(ref bits, (nuint)i) & ~(right.AsUInt32() & strike);
            struck.StoreUnsafe(ref bits, (nuint)i);
        }
        for (; i < alive.Length; i++)
            if (question.MissingLeft ? column[i] > question.Threshold : !(column[i] <= question.Threshold))
                alive[i] &= question.Keep;
    }

    void AskOneByOne(int node, ReadOnlySpan<float> column, Span<uint> alive)
    {
        for (var i = 0; i < alive.Length; i++)
            if (!_tree.GoesLeft(node, column[i]))
                alive[i] &= _questions[node].Keep;
    }

    /// <summary>Numbers the leaves below a node from the left.</summary>
    /// <returns>The number after the last.</returns>
    int Number(int node, int first)
    {
        if (node < 0)
        {
            _values[first] = _tree.LeafValue[~node];
            return first + 1;
        }
        var middle = Number(_tree.LeftChild[node], first);
        var left = ((1u << (middle - first)) - 1) << first;
        var decision = _tree.DecisionType[node];
        _questions[node] = new Question(
            RoundDown(_tree.Threshold[node]),
            ~left,
            (decision & ~Tree.DefaultLeftBit) == Tree.MissingNaN << 2,
            (decision & Tree.DefaultLeftBit) != 0
        );
        return Number(_tree.RightChild[node], middle);
    }

    /// <summary>The greatest float that is not above the threshold.</summary>
    static float RoundDown(double threshold)
    {
        var nearest = (float)threshold;
        return nearest > threshold ? MathF.BitDecrement(nearest) : nearest;
    }
}
