using System.Text.Json.Serialization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>A feature as the nodes ask for it.</summary>
/// <param name="Levels">Names behind a categorical feature's codes, in code order; empty for numbers.</param>
public sealed record PortableFeature(string Name, string Unit, FeatureType Type, IReadOnlyList<string> Levels);

/// <summary>What a numeric question takes for missing.</summary>
public enum MissingValue
{
    /// <summary>Nothing: a missing value is asked as 0.</summary>
    None,

    /// <summary>0 and, as 0, a missing value.</summary>
    Zero,

    /// <summary>A missing value.</summary>
    Nan,
}

/// <summary>One question of a tree; a child below 0 is the leaf of number -1 - child.</summary>
/// <param name="Feature">Place in the model's features, from 0.</param>
/// <param name="Threshold">Of a number: values up to it go left. Null for levels.</param>
/// <param name="LeftLevels">Of a categorical feature: the codes that go left; all others and missing ones go right.</param>
/// <param name="Missing">What counts as missing; null for levels.</param>
/// <param name="MissingLeft">Whether what counts as missing goes left; null for levels.</param>
public sealed record PortableNode(
    int Feature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Threshold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? LeftLevels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MissingValue? Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? MissingLeft,
    int Left,
    int Right
);

/// <summary>One tree: the walk begins at the first node, or ends at the only leaf when there is none.</summary>
/// <param name="Leaves">What each leaf adds to the raw score.</param>
public sealed record PortableTree(IReadOnlyList<PortableNode> Nodes, IReadOnlyList<double> Leaves)
{
    internal static PortableTree Of(Tree tree) =>
        new([.. Enumerable.Range(0, tree.SplitFeature.Length).Select(node => Node(tree, node))], tree.LeafValue);

    static PortableNode Node(Tree tree, int node)
    {
        var decision = tree.DecisionType[node];
        var (feature, left, right) = (tree.SplitFeature[node], tree.LeftChild[node], tree.RightChild[node]);
        return (decision & Tree.CategoricalBit) != 0
            ? new(feature, null, LeftLevels(tree, (int)tree.Threshold[node]), null, null, left, right)
            : new(
                feature,
                tree.Threshold[node],
                null,
                (MissingValue)((decision >> 2) & 3),
                (decision & Tree.DefaultLeftBit) != 0,
                left,
                right
            );
    }

    static int[] LeftLevels(Tree tree, int set)
    {
        var first = tree.CategoryStart[set];
        var codes = 32 * (tree.CategoryStart[set + 1] - first);
        return
        [
            .. Enumerable.Range(0, codes).Where(code => (tree.CategoryBits[first + code / 32] >> (code % 32) & 1) != 0),
        ];
    }
}
