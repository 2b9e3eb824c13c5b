using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Model.Forest;
using LeadScoring.Scoring.Tests.Training;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class ExplainedTreeTests
{
    [Test]
    public void A_feature_asked_twice_counts_as_one_as_worked_out_by_hand()
    {
        // x0 <= 1 ? (x0 <= 0 ? 8 : (x1 <= 0 ? 0 : 16)) : 4, rows 25 | 25, 25 | 25. For (0.5, 1): f(none) = 7,
        // f(x0) = (0 + 16) / 2 = 8, f(x1) = (8 + 32 + 4) / 4 = 11, f(both) = 16; x0 gets (8 - 7 + 16 - 11) / 2 = 3 and
        // x1 (11 - 7 + 16 - 8) / 2 = 6.
        var tree = Chain([0, 0, 1], [1, 0, 0], [25, 25, 25, 25], [4, 8, 16, 0], goesOnLeft: [true, false, true]);
        var contributions = new double[3];
        TreeShap.Contributions(Model(2, tree), [0.5, 1], contributions);
        Assert.That(contributions, Is.EqualTo(new[] { 3, 6, 7.0 }).Within(1e-12));
    }

    [Test]
    public void Paths_of_twenty_features_and_repeated_ones_equal_the_sum_leaf_by_leaf()
    {
        var random = new Random(21);
        for (var round = 0; round < 60; round++)
        {
            var features = round % 3 == 0 ? 3 : 20;
            var depth = round % 2 == 0 ? 20 : 35;
            AssertTwin(random, Deep(random, depth, features), features, $"round {round}");
        }
    }

    [Test]
    public void Sides_no_training_row_went_to_are_explained_all_the_same()
    {
        var random = new Random(22);
        for (var round = 0; round < 60; round++)
        {
            var tree = RandomTrees.Tree(random, 12, 4);
            for (var leaf = 0; leaf < 12; leaf++)
                if (random.Next(2) == 0)
                    tree.LeafCount[leaf] = 0;
            tree.LeafCount[0] = 5;
            for (var node = 10; node >= 0; node--)
                tree.InternalCount[node] =
                    RandomTrees.Count(tree, tree.LeftChild[node]) + RandomTrees.Count(tree, tree.RightChild[node]);
            AssertTwin(random, tree, 4, $"round {round}");
        }
    }

    [Test]
    public void Rows_of_a_table_get_the_bits_a_row_alone_gets_on_any_number_of_threads()
    {
        var random = new Random(23);
        Tree[] trees = [.. Enumerable.Range(0, 12).Select(_ => RandomForests.Tree(random, random.Next(1, 40), 5))];
        var model = Model(5, trees);
        var shap = new TreeShap(model);
        foreach (var rows in new[] { 0, 1, 3, 4, 5, 63, 64, 65, 129, 300 })
        {
            float[][] columns = [.. Enumerable.Range(0, 5).Select(_ => RandomForests.Column(random, trees, rows))];
            var table = Tables.Numeric(columns, new float[rows]);
            var alone = new double[6];
            var expected = new Reason[rows][];
            for (var row = 0; row < rows; row++)
            {
                double[] values = [.. columns.Select(column => (double)column[row])];
                shap.Contributions(values, alone);
                expected[row] = Sorted(values, alone);
            }
            foreach (var threads in new[] { 1, 2, 3, 8 })
                Assert.That(
                    shap.TopReasons(table, 5, threads),
                    Is.EqualTo(expected),
                    $"{rows} rows, {threads} threads"
                );
        }

        static Reason[] Sorted(double[] values, double[] contributions) =>
            [
                .. values
                    .Select((value, f) => new Reason($"f{f}", value, contributions[f]))
                    .Where(reason => reason.Contribution != 0)
                    .OrderByDescending(reason => Math.Abs(reason.Contribution)),
            ];
    }

    [Test]
    public void Values_that_are_no_floats_are_explained_as_they_are_asked()
    {
        // 0.1 and the float nearest to it lie on different sides of a threshold of 0.1.
        var tree = Chain([0], [0.1], [3, 1], [1, 5], goesOnLeft: [true]);
        var contributions = new double[2];
        TreeShap.Contributions(Model(1, tree), [0.1], contributions);
        Assert.That(contributions, Is.EqualTo(new[] { 3, 2.0 }).Within(1e-12));
        TreeShap.Contributions(Model(1, tree), [0.1f], contributions);
        Assert.That(contributions, Is.EqualTo(new[] { -1, 2.0 }).Within(1e-12));
    }

    static void AssertTwin(Random random, Tree tree, int features, string where)
    {
        var model = Model(features, tree);
        var contributions = new double[features + 1];
        for (var i = 0; i < 3; i++)
        {
            var row = RandomTrees.Row(random, features);
            TreeShap.Contributions(model, row, contributions);
            var twin = PathShapley.Contributions(
                tree,
                features,
                node => tree.GoesLeft(node, row[tree.SplitFeature[node]])
            );
            Assert.That(contributions[..^1], Is.EqualTo(twin).Within(1e-9), where);
            Assert.That(contributions.Sum(), Is.EqualTo(model.RawScore(row)).Within(1e-9), where);
        }
    }

    static Tree Deep(Random random, int depth, int features) =>
        Chain(
            [.. Enumerable.Range(0, depth).Select(i => features == depth ? i : random.Next(features))],
            [.. Enumerable.Range(0, depth).Select(_ => random.Next(-1, 5) + 0.5)],
            [.. Enumerable.Range(0, depth + 1).Select(_ => (long)random.Next(1, 40))],
            [.. Enumerable.Range(0, depth + 1).Select(_ => random.NextDouble() * 4 - 2)],
            [.. Enumerable.Range(0, depth).Select(_ => random.Next(2) == 0)]
        );

    /// <summary>Each node has a leaf on one side and the next node on the other; the last has two leaves.</summary>
    /// <param name="counts">Rows of the leaves: that of the first node, of the second, ..., then the deepest one.</param>
    static Tree Chain(int[] features, double[] thresholds, long[] counts, double[] values, bool[] goesOnLeft)
    {
        var nodes = features.Length;
        int[] on = [.. Enumerable.Range(1, nodes).Select(next => next == nodes ? ~nodes : next)];
        int[] off = [.. Enumerable.Range(0, nodes).Select(leaf => ~leaf)];
        return new Tree
        {
            SplitFeature = features,
            Threshold = thresholds,
            DecisionType = new byte[nodes],
            LeftChild = [.. Enumerable.Range(0, nodes).Select(n => goesOnLeft[n] ? on[n] : off[n])],
            RightChild = [.. Enumerable.Range(0, nodes).Select(n => goesOnLeft[n] ? off[n] : on[n])],
            SplitGain = new double[nodes],
            InternalValue = new double[nodes],
            InternalWeight = new double[nodes],
            InternalCount = [.. Enumerable.Range(0, nodes).Select(n => counts.Skip(n).Sum())],
            LeafValue = values,
            LeafWeight = new double[nodes + 1],
            LeafCount = counts,
        };
    }

    static BoostedTrees Model(int features, params Tree[] trees) =>
        new([.. Enumerable.Range(0, features).Select(f => Feature.Numeric($"f{f}", "traces"))], trees);
}
