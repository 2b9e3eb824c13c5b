using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Explaining;

/// <summary>Slow twin for deep trees: leaf by leaf, with the weights of Lundberg's EXTEND worked out feature by feature.</summary>
/// <remarks>
/// For feature i of a leaf's path and the others j: let e_k be the sum over all sets of k others of
/// <c>∏(in the set) o_j ∏(not in it) z_j</c>; then i gets <c>v (o_i - z_i) ∑ k! (d - 1 - k)! / d! e_k</c>.
/// </remarks>
static class PathShapley
{
    public static double[] Contributions(Tree tree, int features, Func<int, bool> goesLeft)
    {
        var result = new double[features];
        Visit(tree, tree.LeafTotal == 1 ? ~0 : 0, goesLeft, [], result);
        return result;
    }

    static void Visit(
        Tree tree,
        int node,
        Func<int, bool> goesLeft,
        Dictionary<int, (double One, double Share)> path,
        double[] result
    )
    {
        if (node < 0)
        {
            foreach (var (feature, (one, share)) in path)
                result[feature] +=
                    tree.LeafValue[~node]
                    * (one - share)
                    * Weight([.. path.Where(f => f.Key != feature).Select(f => f.Value)]);
            return;
        }
        var rows = RandomTrees.Count(tree, tree.LeftChild[node]) + RandomTrees.Count(tree, tree.RightChild[node]);
        foreach (var left in new[] { true, false })
        {
            var child = (left ? tree.LeftChild : tree.RightChild)[node];
            var (one, share) = path.GetValueOrDefault(tree.SplitFeature[node], (1, 1));
            var below = new Dictionary<int, (double, double)>(path)
            {
                [tree.SplitFeature[node]] = (
                    goesLeft(node) == left ? one : 0,
                    share * (rows == 0 ? 0.5 : RandomTrees.Count(tree, child) / (double)rows)
                ),
            };
            Visit(tree, child, goesLeft, below, result);
        }
    }

    static double Weight((double One, double Share)[] others)
    {
        var sums = new double[others.Length + 1];
        sums[0] = 1;
        for (var j = 0; j < others.Length; j++)
        for (var k = j + 1; k >= 0; k--)
            sums[k] = sums[k] * others[j].Share + (k > 0 ? sums[k - 1] * others[j].One : 0);
        var (total, weight) = (0.0, 1.0 / (others.Length + 1));
        for (var k = 0; k <= others.Length; k++)
        {
            total += weight * sums[k];
            weight *= (k + 1.0) / Math.Max(1, others.Length - k);
        }
        return total;
    }
}
