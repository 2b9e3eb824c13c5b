using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Explaining;

/// <summary>A question on the way to a leaf.</summary>
/// <param name="Node">The inner node.</param>
/// <param name="Left">Whether the leaf is on its left side.</param>
/// <param name="Place">Place of the node's feature in <see cref="LeafPath.Features"/>.</param>
readonly record struct PathStep(int Node, bool Left, int Place);

/// <summary>The way from the root to one leaf, the questions of one feature merged.</summary>
/// <param name="Features">The different features asked for, in the order first met.</param>
/// <param name="Shares">
/// For each: the share of training rows that would still reach the leaf if only its questions were asked, that is the
/// product of child rows over parent rows (Lundberg's zero fraction).
/// </param>
sealed record LeafPath(double Value, int[] Features, double[] Shares, PathStep[] Steps);

/// <summary>Takes a tree apart into its leaves' paths.</summary>
static class LeafPaths
{
    /// <summary>One path a leaf, in leaf order.</summary>
    public static LeafPath[] Of(Tree tree)
    {
        if (tree.LeafTotal > 1 && tree.InternalCount[0] <= 0)
            throw new ScoringException(
                "A tree of the model counts no rows in its root, expected the training rows of each node (internal_count). "
                    + "Contributions need them; retrain the model or score without reasons."
            );
        var paths = new LeafPath[tree.LeafTotal];
        var trail = new List<(int Node, bool Left)>();
        Walk(tree, tree.LeafTotal == 1 ? ~0 : 0, trail, paths);
        return paths;
    }

    /// <summary>Mean output over the training rows.</summary>
    public static double Expected(Tree tree)
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

    static void Walk(Tree tree, int node, List<(int Node, bool Left)> trail, LeafPath[] paths)
    {
        if (node < 0)
        {
            paths[~node] = Path(tree, ~node, trail);
            return;
        }
        foreach (var left in new[] { true, false })
        {
            trail.Add((node, left));
            Walk(tree, Child(tree, node, left), trail, paths);
            trail.RemoveAt(trail.Count - 1);
        }
    }

    static LeafPath Path(Tree tree, int leaf, List<(int Node, bool Left)> trail)
    {
        var features = new List<int>();
        var shares = new List<double>();
        var steps = new PathStep[trail.Count];
        for (var i = 0; i < trail.Count; i++)
        {
            var (node, left) = trail[i];
            var place = features.IndexOf(tree.SplitFeature[node]);
            if (place < 0)
            {
                place = features.Count;
                features.Add(tree.SplitFeature[node]);
                shares.Add(1);
            }
            // Below a node no row reached, the share is 0 already.
            shares[place] *= Rows(tree, Child(tree, node, left)) / Math.Max(1.0, tree.InternalCount[node]);
            steps[i] = new PathStep(node, left, place);
        }
        return new LeafPath(tree.LeafValue[leaf], [.. features], [.. shares], steps);
    }

    static int Child(Tree tree, int node, bool left) => left ? tree.LeftChild[node] : tree.RightChild[node];

    static long Rows(Tree tree, int node) => node < 0 ? tree.LeafCount[~node] : tree.InternalCount[node];
}
