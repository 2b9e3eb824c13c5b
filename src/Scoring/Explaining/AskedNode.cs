using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Explaining;

/// <summary>A question of a tree as explaining needs it; nodes stand after their parents, those of two leaves last.</summary>
/// <param name="Node">Its number in the tree.</param>
/// <param name="Left">Place of the left child among the asked nodes, or <c>~leaf</c>.</param>
/// <param name="ShareLeft">Share of the node's training rows that go left; the others go right.</param>
/// <param name="Former">Place of the last node above that asks the same feature; -1 when none does.</param>
/// <param name="FormerLeft">Whether this node is on that one's left side.</param>
/// <param name="FormerShare">Share of training rows that agree with all former questions of the feature; 1 without.</param>
readonly record struct AskedNode(
    int Node,
    int Feature,
    int Left,
    int Right,
    double ShareLeft,
    int Former,
    bool FormerLeft,
    double FormerShare
)
{
    /// <summary>The inner nodes of a tree, parents first.</summary>
    /// <param name="mostFeatures">Most different features on the way to a leaf.</param>
    public static AskedNode[] Of(Tree tree, out int mostFeatures)
    {
        int[] order = [.. tree.ParentsFirst().OrderBy(node => tree.LeftChild[node] < 0 && tree.RightChild[node] < 0)];
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
            places[order[place]] = place;
        var nodes = new AskedNode[order.Length];
        var ways = new Way?[order.Length];
        mostFeatures = 0;
        for (var place = 0; place < nodes.Length; place++)
        {
            var (node, feature) = (order[place], tree.SplitFeature[order[place]]);
            var (former, met) = Met(ways[place], feature);
            var isNew = former is null ? 1 : 0;
            mostFeatures = Math.Max(mostFeatures, met + isNew);
            var share = LeftShare(tree, node);
            var formerShare = former?.Share ?? 1;
            nodes[place] = new AskedNode(
                node,
                feature,
                Child(tree.LeftChild[node], true, share),
                Child(tree.RightChild[node], false, 1 - share),
                share,
                former?.Place ?? -1,
                former?.Left ?? false,
                formerShare
            );

            int Child(int child, bool left, double childShare)
            {
                if (child < 0)
                    return child;
                var below = places[child];
                ways[below] = new Way(ways[place], place, left, feature, formerShare * childShare, met + isNew);
                return below;
            }
        }
        return nodes;
    }

    /// <summary>An edge above a node.</summary>
    /// <param name="Share">Share of training rows that agree with all the feature's questions down to here.</param>
    /// <param name="Features">Different features asked down to here.</param>
    sealed record Way(Way? Above, int Place, bool Left, int Feature, double Share, int Features);

    static (Way? Former, int Features) Met(Way? way, int feature)
    {
        var features = way?.Features ?? 0;
        while (way is not null && way.Feature != feature)
            way = way.Above;
        return (way, features);
    }

    /// <summary>Rows are counted by the children; a node that no row reached sends half each way.</summary>
    static double LeftShare(Tree tree, int node)
    {
        var (left, right) = (Rows(tree, tree.LeftChild[node]), Rows(tree, tree.RightChild[node]));
        return left + right == 0 ? 0.5 : left / (left + right);
    }

    static double Rows(Tree tree, int node) => node < 0 ? tree.LeafCount[~node] : tree.InternalCount[node];
}
