namespace LeadScoring.Scoring.Model.Forest;

/// <summary>One question asked of a block's codes.</summary>
/// <param name="Place">Which byte of a row's codes is asked, columns one after the other.</param>
/// <param name="Most">A number goes left when its code, as a signed byte, is at most this.</param>
/// <param name="Set">Where the set of levels that go left begins in <see cref="ForestQuestions.Sets"/>; -1 for numbers.</param>
readonly record struct Question(int Place, sbyte Most, int Set);

/// <summary>Everything the trees of a model ask, as questions of bytes, and the columns to code for them.</summary>
/// <remarks>
/// Nodes that ask the same feature with the same kind of missing values share a column; a column's thresholds or levels
/// beyond what bytes hold get further columns. A node whose set of levels lies in several columns asks several
/// questions and goes left when one of them says so; every other node asks one.
/// </remarks>
sealed class ForestQuestions
{
    readonly List<CodedColumn> _columns = [];
    readonly List<byte> _sets = [];
    readonly Question[][][] _nodes;

    public ForestQuestions(IReadOnlyList<Tree> trees)
    {
        var thresholds = new SortedDictionary<(int Feature, int Missing), SortedSet<int>>();
        var levels = new SortedDictionary<int, SortedSet<int>>();
        foreach (var tree in trees)
            for (var node = 0; node < tree.SplitFeature.Length; node++)
                if (tree.IsCategorical(node))
                    Of(levels, tree.SplitFeature[node]).UnionWith(tree.LevelsLeft(node));
                else
                    Of(thresholds, Kind(tree, node)).Add(FloatOrder.AtMost(tree.Threshold[node]));
        var numbers = thresholds.ToDictionary(kind => kind.Key, kind => AddNumbers(kind.Key, [.. kind.Value]));
        var categories = levels.ToDictionary(feature => feature.Key, f => AddLevels(f.Key, [.. f.Value]));
        _nodes =
        [
            .. trees.Select(tree =>
                Enumerable
                    .Range(0, tree.SplitFeature.Length)
                    .Select(node =>
                        tree.IsCategorical(node)
                            ? OfLevels(tree, node, categories[tree.SplitFeature[node]])
                            : [OfNumber(tree, node, numbers[Kind(tree, node)])]
                    )
                    .ToArray()
            ),
        ];
        Columns = [.. _columns];
        Sets = [.. _sets];
    }

    public CodedColumn[] Columns { get; }

    /// <summary>Sets of <see cref="LevelColumn.SetBytes"/> bytes each.</summary>
    public byte[] Sets { get; }

    /// <summary>Bytes of a row's codes.</summary>
    public int Places { get; private set; }

    /// <summary>What a node asks; it sends a row left when any of the answers is yes.</summary>
    public ReadOnlySpan<Question> Of(int tree, int node) => _nodes[tree][node];

    static SortedSet<int> Of<TKey>(SortedDictionary<TKey, SortedSet<int>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
            sets[key] = set = [];
        return set;
    }

    static (int Feature, int Missing) Kind(Tree tree, int node) =>
        (tree.SplitFeature[node], tree.DecisionType[node] >> 2);

    (int Place, int[] Thresholds) AddNumbers((int Feature, int Missing) kind, int[] thresholds)
    {
        var first = Places;
        foreach (var part in thresholds.Chunk(NumberColumn.MostThresholds))
            Add(new NumberColumn(kind.Feature, kind.Missing, part));
        return (first, thresholds);
    }

    (int Place, int[] Levels) AddLevels(int feature, int[] levels)
    {
        var first = Places;
        foreach (var part in levels.Chunk(LevelColumn.MostLevels).DefaultIfEmpty([]))
            Add(new LevelColumn(feature, part));
        return (first, levels);
    }

    void Add(CodedColumn column)
    {
        _columns.Add(column);
        Places += column.Width;
    }

    static Question OfNumber(Tree tree, int node, (int Place, int[] Thresholds) numbers)
    {
        var place = Array.BinarySearch(numbers.Thresholds, FloatOrder.AtMost(tree.Threshold[node]));
        var (part, most) = Math.DivRem(place, NumberColumn.MostThresholds);
        var missingRight = (tree.DecisionType[node] & Tree.DefaultLeftBit) == 0;
        var first = numbers.Place + part * NumberColumn.Bytes + (missingRight ? 1 : 0);
        return new Question(first, (sbyte)(most - NumberColumn.Offset), -1);
    }

    Question[] OfLevels(Tree tree, int node, (int Place, int[] Levels) categories)
    {
        var asked = new List<Question>();
        var numbers = tree.LevelsLeft(node).Select(level => Array.BinarySearch(categories.Levels, level));
        foreach (var part in numbers.GroupBy(number => number / LevelColumn.MostLevels))
        {
            asked.Add(new Question(categories.Place + part.Key * LevelColumn.Bytes, 0, _sets.Count));
            var set = new byte[LevelColumn.SetBytes];
            foreach (var number in part)
                set[number % LevelColumn.MostLevels >> 3] |= (byte)(1 << (number & 7));
            _sets.AddRange(set);
        }
        if (asked.Count > 0)
            return [.. asked];
        _sets.AddRange(new byte[LevelColumn.SetBytes]);
        return [new Question(categories.Place, 0, _sets.Count - LevelColumn.SetBytes)];
    }
}
