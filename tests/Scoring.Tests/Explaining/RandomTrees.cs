using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Explaining;

/// <summary>Small trees at random: any shape, numeric and categorical questions, any counts.</summary>
static class RandomTrees
{
    public static Tree Tree(Random random, int leaves, int features)
    {
        var inner = leaves - 1;
        var left = new int[inner];
        var right = new int[inner];
        var parents = new List<(int Node, bool Left)> { (-1, true) };
        for (var node = 0; node < inner; node++)
        {
            // Leaf slots are split in random order; a slot's place in the list is its leaf number.
            var slot = random.Next(parents.Count);
            var (parent, isLeft) = parents[slot];
            if (parent >= 0)
                (isLeft ? left : right)[parent] = node;
            (left[node], right[node]) = (~slot, ~parents.Count);
            parents[slot] = (node, true);
            parents.Add((node, false));
        }
        var categorical = Enumerable.Range(0, inner).Select(_ => random.Next(3) == 0).ToArray();
        var tree = new Tree
        {
            SplitFeature = Many(inner, _ => random.Next(features)),
            Threshold = Many(inner, node => categorical[node] ? node : Math.Round(random.NextDouble() * 6 - 1, 1)),
            DecisionType = Many(inner, node => (byte)(categorical[node] ? 9 : random.Next(2) * 2 + random.Next(3) * 4)),
            LeftChild = left,
            RightChild = right,
            SplitGain = new double[inner],
            InternalValue = new double[inner],
            InternalWeight = new double[inner],
            InternalCount = new long[inner],
            LeafValue = Many(leaves, _ => random.NextDouble() * 4 - 2),
            LeafWeight = Many(leaves, _ => 1.0),
            LeafCount = Many(leaves, _ => (long)random.Next(1, 50)),
            CategoryStart = [.. Enumerable.Range(0, inner + 1)],
            CategoryBits = Many(inner, _ => (uint)random.Next(64)),
        };
        for (var node = inner - 1; node >= 0; node--)
            tree.InternalCount[node] = Count(tree, left[node]) + Count(tree, right[node]);
        return tree;
    }

    public static double[] Row(Random random, int features) =>
        Many(
            features,
            _ =>
                random.Next(8) == 0 ? double.NaN
                : random.Next(3) == 0 ? 0
                : random.Next(-1, 7)
        );

    public static long Count(Tree tree, int node) => node < 0 ? tree.LeafCount[~node] : tree.InternalCount[node];

    static T[] Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
