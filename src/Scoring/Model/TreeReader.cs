using System.Globalization;
using System.Numerics;

namespace LeadScoring.Scoring.Model;

/// <summary>Reads one <c>Tree=i</c> block and checks that it is a tree.</summary>
sealed class TreeReader(ModelLines lines, int index, int features)
{
    readonly Dictionary<string, (string Value, int Line)> _pairs = new(StringComparer.Ordinal);
    int _line;

    public Tree Read()
    {
        var (key, value, line) = lines.Pair();
        _line = line;
        if (!string.Equals($"{key}={value}", $"Tree={index}", StringComparison.Ordinal))
            throw lines.Error(line, $"is '{ModelLines.Short(key + "=" + value)}'", $"Tree={index}");
        while (!lines.AtEnd && lines.Peek.Length > 0)
        {
            var pair = lines.Pair();
            if (!_pairs.TryAdd(pair.Key, (pair.Value, pair.Line)))
                throw lines.Error(pair.Line, $"{ModelLines.Short(pair.Key)} is there twice", "each key once a tree");
        }
        if (Single<int>("is_linear", 0) != 0)
            throw Error("is_linear", "is_linear is not 0", "constant leaves; linear trees are not supported");
        var tree = Arrays(Many<int>("num_leaves", 1)[0]);
        Check(tree);
        return tree;
    }

    Tree Arrays(int leaves)
    {
        if (leaves < 1)
            throw Error("num_leaves", $"num_leaves is {leaves}", "1 or more");
        var inner = leaves - 1;
        var sets = Single<int>("num_cat", 0);
        return new Tree
        {
            SplitFeature = Many<int>("split_feature", inner),
            Threshold = Thresholds(inner),
            DecisionType = Many<byte>("decision_type", inner),
            LeftChild = Many<int>("left_child", inner),
            RightChild = Many<int>("right_child", inner),
            SplitGain = Noted("split_gain", inner),
            InternalValue = Noted("internal_value", inner),
            InternalWeight = Noted("internal_weight", inner),
            InternalCount = Many<long>("internal_count", inner),
            LeafValue = Many<double>("leaf_value", leaves),
            LeafWeight = leaves == 1 && Absent("leaf_weight") ? [0] : Noted("leaf_weight", leaves),
            LeafCount = leaves == 1 && Absent("leaf_count") ? [0] : Many<long>("leaf_count", leaves),
            CategoryStart = sets == 0 ? [0] : Many<int>("cat_boundaries", sets + 1),
            CategoryBits = sets == 0 ? [] : Many<uint>("cat_threshold", -1),
            Shrinkage = Single("shrinkage", 1.0),
        };
    }

    /// <summary>Every inner node and leaf hangs once below the root; features, thresholds and level sets exist.</summary>
    void Check(Tree tree)
    {
        var seen = new HashSet<int>();
        for (var node = 0; node < tree.SplitFeature.Length; node++)
        {
            if (tree.SplitFeature[node] < 0 || tree.SplitFeature[node] >= features)
                throw Error("split_feature", $"feature {tree.SplitFeature[node]}", $"0 to {features - 1}");
            if (tree.DecisionType[node] > 11)
                throw Error("decision_type", $"decision_type {tree.DecisionType[node]}", "0 to 11");
            foreach (var (key, child) in new[] { ("left_child", tree.LeftChild), ("right_child", tree.RightChild) })
                if (child[node] >= tree.SplitFeature.Length || ~child[node] >= tree.LeafTotal || !seen.Add(child[node]))
                    throw Error(key, $"child {child[node]} of node {node}", "a later node or a leaf, each named once");
                else if (child[node] >= 0 && child[node] <= node)
                    throw Error(key, $"child {child[node]} of node {node}", "a node after its parent");
            if (tree.InternalCount[node] < 1)
                throw Error("internal_count", $"internal_count {tree.InternalCount[node]}", "1 row or more");
            if ((tree.DecisionType[node] & Tree.CategoricalBit) != 0)
                CheckSet(tree, tree.Threshold[node]);
        }
        if (Array.Exists(tree.LeafCount, count => count < 0))
            throw Error("leaf_count", "a negative leaf_count", "0 rows or more");
        for (var set = 0; set + 1 < tree.CategoryStart.Length; set++)
            if (tree.CategoryStart[set] < 0 || tree.CategoryStart[set + 1] < tree.CategoryStart[set])
                throw Error("cat_boundaries", "boundaries that fall", "rising boundaries from 0");
        if (tree.CategoryStart[^1] != tree.CategoryBits.Length || tree.CategoryStart[0] != 0)
            throw Error("cat_boundaries", $"{tree.CategoryBits.Length} words in cat_threshold", "as many as bounded");
    }

    void CheckSet(Tree tree, double set)
    {
        if (!(set >= 0 && set < tree.CategoryStart.Length - 1))
            throw Error("threshold", $"level set {set.ToString(CultureInfo.InvariantCulture)}", "one below num_cat");
    }

    bool Absent(string key) => !_pairs.TryGetValue(key, out var pair) || pair.Value.Length == 0;

    T Single<T>(string key, T absent)
        where T : INumberBase<T> => _pairs.ContainsKey(key) ? Many<T>(key, 1)[0] : absent;

    T[] Many<T>(string key, int count)
        where T : INumberBase<T>
    {
        if (!_pairs.TryGetValue(key, out var pair))
            return count == 0 ? [] : throw lines.Error(_line, $"Tree={index} has no {key}", "it before the blank line");
        var texts = pair.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (count >= 0 && texts.Length != count)
            throw Error(key, $"{texts.Length} values of {key}", count.ToString(CultureInfo.InvariantCulture));
        return Array.ConvertAll(texts, text => Number<T>(key, text));
    }

    /// <summary>
    /// LightGBM writes inf where all numbers go left and only missing values go right. The greatest double says the same
    /// of every finite value, and unlike infinity it can be written as JSON.
    /// </summary>
    double[] Thresholds(int count)
    {
        if (_pairs.TryGetValue("threshold", out var pair) && pair.Value.Contains("inf", StringComparison.Ordinal))
        {
            var greatest = double.MaxValue.ToString("R", CultureInfo.InvariantCulture);
            var texts = pair.Value.Split(' ').Select(text => text is "inf" ? greatest : text);
            _pairs["threshold"] = (string.Join(' ', texts), pair.Line);
        }
        return Many<double>("threshold", count);
    }

    /// <summary>Numbers that are kept but never scored with: LightGBM may write inf or nan there.</summary>
    double[] Noted(string key, int count)
    {
        if (!_pairs.TryGetValue(key, out var pair) || !pair.Value.Contains('n', StringComparison.OrdinalIgnoreCase))
            return Many<double>(key, count);
        var replaced = pair.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < replaced.Length; i++)
            if (replaced[i].TrimStart('-') is "inf" or "nan" or "Infinity" or "NaN")
                replaced[i] = "0";
        _pairs[key] = (string.Join(' ', replaced), pair.Line);
        return Many<double>(key, count);
    }

    T Number<T>(string key, string text)
        where T : INumberBase<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number)
            ? number
            : throw Error(key, $"{key} holds '{ModelLines.Short(text)}'", "a number");

    ScoringException Error(string key, string found, string expected) =>
        lines.Error(_pairs.TryGetValue(key, out var pair) ? pair.Line : _line, found, expected);
}
