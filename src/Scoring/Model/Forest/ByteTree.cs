using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Model.Forest;

/// <summary>A tree of at most 256 leaves as steps over vectors of leaf numbers, from its leaves up to its root.</summary>
/// <remarks>
/// <c>leaf(node) = left ? leaf(left child) : leaf(right child)</c> for all rows of a block at once: no branch depends on a
/// value, and every row costs the same few instructions a node. All nodes are worked out, those off a row's way too,
/// which still is far less than waiting for the mispredicted branches of the few on it.
/// </remarks>
sealed class ByteTree
{
    public const int MostLeaves = 256;

    /// <summary>Each leaf's number, a vector of it.</summary>
    public static readonly byte[] LeafNumbers = Numbers();

    /// <summary>Bytes a vector may have.</summary>
    const int Widest = 64;

    readonly Step[] _steps;
    readonly byte[] _sets;

    public ByteTree(Tree tree, int index, ForestQuestions questions)
    {
        _sets = questions.Sets;
        var steps = new List<Step>();
        var spots = new int[tree.SplitFeature.Length];
        foreach (var node in tree.ParentsFirst().Reverse())
        {
            var left = Spot(tree.LeftChild[node]);
            var right = Spot(tree.RightChild[node]);
            foreach (var question in questions.Of(index, node))
            {
                // "Not in this part of the set" asks the next part; the last step is the node's answer.
                var into = LeafNumbers.Length + steps.Count * BlockCodes.Rows;
                var codes = question.Place * BlockCodes.Rows;
                steps.Add(new Step(codes, left.From, left.Moves, right.From, right.Moves, into, question));
                right = (into, true);
                spots[node] = into;
            }
        }
        _steps = [.. steps];
        Root = tree.LeafTotal == 1 ? -1 : spots[0];

        (int From, bool Moves) Spot(int child) => child < 0 ? (~child * Widest, false) : (spots[child], true);
    }

    /// <param name="Codes">Where the codes it asks begin.</param>
    /// <param name="Left">Where the leaf numbers of the left child begin.</param>
    /// <param name="LeftMoves">Whether they follow the rows; else they are one leaf's.</param>
    /// <param name="Into">Where the node's leaf numbers go.</param>
    readonly record struct Step(
        int Codes,
        int Left,
        bool LeftMoves,
        int Right,
        bool RightMoves,
        int Into,
        Question Question
    );

    /// <summary>Where the root's leaf numbers stand in the working space; -1 for a tree without a question.</summary>
    public int Root { get; }

    /// <summary>Bytes of working space it needs, leaf numbers included.</summary>
    public int Space => LeafNumbers.Length + _steps.Length * BlockCodes.Rows;

    /// <summary>Works out the leaf number of every row of a block.</summary>
    /// <param name="space">Begins with <see cref="LeafNumbers"/>.</param>
    public void Run(BlockCodes codes, Aligned<byte> space)
    {
        ref var code = ref codes.Bytes.First;
        ref var number = ref space.First;
        foreach (ref readonly var step in _steps.AsSpan())
        {
            if (step.Question.Set >= 0)
                LookUp(step, ref code, ref number, ref _sets[step.Question.Set]);
            else if (Vector512.IsHardwareAccelerated)
                Wide(step, ref code, ref number);
            else
                Narrow(step, ref code, ref number);
        }
    }

    static void Wide(in Step step, ref byte code, ref byte number)
    {
        code = ref Unsafe.Add(ref code, step.Codes);
        ref var left = ref Unsafe.Add(ref number, step.Left);
        ref var right = ref Unsafe.Add(ref number, step.Right);
        ref var into = ref Unsafe.Add(ref number, step.Into);
        nuint l = step.LeftMoves ? 64u : 0u;
        nuint r = step.RightMoves ? 64u : 0u;
        var most = Vector512.Create(step.Question.Most);
        Four(ref code, ref left, l, ref right, r, ref into, most, 0);
        Four(ref code, ref left, l, ref right, r, ref into, most, 1);
        Four(ref code, ref left, l, ref right, r, ref into, most, 2);
        Four(ref code, ref left, l, ref right, r, ref into, most, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Four(
        ref byte code,
        ref byte left,
        nuint l,
        ref byte right,
        nuint r,
        ref byte into,
        Vector512<sbyte> most,
        uint i
    )
    {
        var goesRight = Vector512.GreaterThan(Vector512.LoadUnsafe(ref code, i * 64).AsSByte(), most).AsByte();
        var leftLeaf = Vector512.LoadUnsafe(ref left, i * l);
        var rightLeaf = Vector512.LoadUnsafe(ref right, i * r);
        Vector512.ConditionalSelect(goesRight, rightLeaf, leftLeaf).StoreUnsafe(ref into, i * 64);
    }

    static void Narrow(in Step step, ref byte code, ref byte number)
    {
        code = ref Unsafe.Add(ref code, step.Codes);
        ref var left = ref Unsafe.Add(ref number, step.Left);
        ref var right = ref Unsafe.Add(ref number, step.Right);
        ref var into = ref Unsafe.Add(ref number, step.Into);
        nuint l = step.LeftMoves ? 32u : 0u;
        nuint r = step.RightMoves ? 32u : 0u;
        var most = Vector256.Create(step.Question.Most);
        for (var i = 0; i < 2; i++)
        {
            Eight(ref code, ref left, l, ref right, r, ref into, most, 0);
            Eight(ref code, ref left, l, ref right, r, ref into, most, 1);
            Eight(ref code, ref left, l, ref right, r, ref into, most, 2);
            Eight(ref code, ref left, l, ref right, r, ref into, most, 3);
            code = ref Unsafe.Add(ref code, 128);
            into = ref Unsafe.Add(ref into, 128);
            left = ref Unsafe.Add(ref left, 4 * l);
            right = ref Unsafe.Add(ref right, 4 * r);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Eight(
        ref byte code,
        ref byte left,
        nuint l,
        ref byte right,
        nuint r,
        ref byte into,
        Vector256<sbyte> most,
        uint i
    )
    {
        var goesRight = Vector256.GreaterThan(Vector256.LoadUnsafe(ref code, i * 32).AsSByte(), most).AsByte();
        var leftLeaf = Vector256.LoadUnsafe(ref left, i * l);
        var rightLeaf = Vector256.LoadUnsafe(ref right, i * r);
        Vector256.ConditionalSelect(goesRight, rightLeaf, leftLeaf).StoreUnsafe(ref into, i * 32);
    }

    static void LookUp(in Step step, ref byte code, ref byte number, ref byte set)
    {
        code = ref Unsafe.Add(ref code, step.Codes);
        ref var left = ref Unsafe.Add(ref number, step.Left);
        ref var right = ref Unsafe.Add(ref number, step.Right);
        ref var into = ref Unsafe.Add(ref number, step.Into);
        nuint l = step.LeftMoves ? 32u : 0u;
        nuint r = step.RightMoves ? 32u : 0u;
        for (nuint i = 0; i < BlockCodes.Rows / 32; i++)
        {
            var goesLeft = ByteAnswers.Within(ref code, i * 32, ref set);
            var leftLeaf = Vector256.LoadUnsafe(ref left, i * l);
            var rightLeaf = Vector256.LoadUnsafe(ref right, i * r);
            Vector256.ConditionalSelect(goesLeft, leftLeaf, rightLeaf).StoreUnsafe(ref into, i * 32);
        }
    }

    static byte[] Numbers()
    {
        var numbers = new byte[MostLeaves * Widest];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (byte)(i / Widest);
        return numbers;
    }
}
