namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Trees made ready to score blocks of rows: values coded to bytes once, then asked by every tree.</summary>
/// <remarks>
/// Scores are those of walking each row down each tree (<see cref="BoostedTrees.RawScore"/>), bit by bit: codes keep every
/// answer (<see cref="NumberColumn"/>, <see cref="LevelColumn"/>) and leaf values are added in tree order.
/// </remarks>
sealed class ByteForest
{
    /// <summary>Trees whose leaf numbers are kept until they are added up.</summary>
    const int TreesTogether = 16;

    readonly IReadOnlyList<Tree> _trees;
    readonly ByteTree?[] _byteTrees;
    readonly double[] _values;
    readonly int[] _firsts;
    readonly int _space;

    public ByteForest(IReadOnlyList<Tree> trees)
    {
        _trees = trees;
        Questions = new ForestQuestions(trees);
        _byteTrees =
        [
            .. trees.Select(
                (tree, i) => tree.LeafTotal <= ByteTree.MostLeaves ? new ByteTree(tree, i, Questions) : null
            ),
        ];
        _values = [.. trees.SelectMany(tree => tree.LeafValue)];
        _firsts = new int[trees.Count];
        for (var tree = 1; tree < trees.Count; tree++)
            _firsts[tree] = _firsts[tree - 1] + trees[tree - 1].LeafTotal;
        _space = _byteTrees.Select(tree => tree?.Space ?? 0).Append(ByteTree.LeafNumbers.Length).Max();
    }

    public ForestQuestions Questions { get; }

    /// <summary>Working space of one thread.</summary>
    public sealed class Room
    {
        internal Room(ByteForest forest)
        {
            Codes = new BlockCodes(forest.Questions);
            Space = new Aligned<byte>(forest._space);
            ByteTree.LeafNumbers.CopyTo(Space.Span);
        }

        internal BlockCodes Codes { get; }
        internal Aligned<byte> Space { get; }
        internal Aligned<byte> Leaves { get; } = new(TreesTogether * BlockCodes.Rows);
    }

    public Room MakeRoom() => new(this);

    /// <summary>Adds what the trees say of rows [from, until), at most <see cref="BlockCodes.Rows"/>, to their scores.</summary>
    public void AddTo(float[][] columns, int from, int until, Span<double> scores, Room room)
    {
        room.Codes.Fill(columns, from, until);
        scores = scores[from..until];
        var first = 0;
        for (var tree = 0; tree < _byteTrees.Length; tree++)
        {
            if (_byteTrees[tree] is { } steps)
                Keep(steps, room, tree - first);
            else
            {
                Add(first, tree, room, scores);
                Walk(_trees[tree], columns, from, scores);
                first = tree + 1;
            }
            if (tree + 1 - first < TreesTogether)
                continue;
            Add(first, tree + 1, room, scores);
            first = tree + 1;
        }
        Add(first, _byteTrees.Length, room, scores);
    }

    void Add(int first, int after, Room room, Span<double> scores) =>
        LeafSums.Add(room.Leaves.Span, BlockCodes.Rows, _values, _firsts.AsSpan(first, after - first), scores);

    static void Keep(ByteTree steps, Room room, int place)
    {
        var leaves = room.Leaves.Span.Slice(place * BlockCodes.Rows, BlockCodes.Rows);
        if (steps.Root < 0)
        {
            leaves.Clear();
            return;
        }
        steps.Run(room.Codes, room.Space);
        room.Space.Span.Slice(steps.Root, BlockCodes.Rows).CopyTo(leaves);
    }

    static void Walk(Tree tree, float[][] columns, int from, Span<double> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] += tree.LeafValue[tree.LeafOf(columns, from + i)];
    }
}
