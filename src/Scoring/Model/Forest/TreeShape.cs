namespace LeadScoring.Scoring.Model.Forest;

/// <summary>What is asked about the build of a tree before it is made ready for blocks.</summary>
static class TreeShape
{
    public static bool IsCategorical(this Tree tree, int node) => (tree.DecisionType[node] & Tree.CategoricalBit) != 0;

    /// <summary>The levels a categorical node sends left, rising.</summary>
    public static IEnumerable<int> LevelsLeft(this Tree tree, int node)
    {
        var set = (int)tree.Threshold[node];
        var words = tree.CategoryBits[tree.CategoryStart[set]..tree.CategoryStart[set + 1]];
        return Enumerable.Range(0, words.Length * 32).Where(level => (words[level >> 5] >> (level & 31) & 1) != 0);
    }

    /// <summary>The inner nodes from the root down, each after its parent, whatever their numbers.</summary>
    public static IReadOnlyList<int> ParentsFirst(this Tree tree)
    {
        List<int> nodes = tree.LeafTotal == 1 ? [] : [0];
        for (var i = 0; i < nodes.Count; i++)
            foreach (var child in new[] { tree.LeftChild[nodes[i]], tree.RightChild[nodes[i]] })
                if (child >= 0)
                    nodes.Add(child);
        return nodes;
    }

    /// <summary>Mean output over the training rows.</summary>
    public static double Expected(this Tree tree)
    {
        if (tree.LeafTotal == 1)
            return tree.LeafValue[0];
        var (sum, rows) = (0.0, 0.0);
        for (var leaf = 0; leaf < tree.LeafTotal; leaf++)
        {
            sum += tree.LeafValue[leaf] * tree.LeafCount[leaf];
            rows += tree.LeafCount[leaf];
        }
        return sum / rows;
    }
}
