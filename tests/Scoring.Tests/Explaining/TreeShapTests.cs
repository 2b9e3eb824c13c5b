using System.Numerics;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Training;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class TreeShapTests
{
    [Test]
    public void Two_questions_share_as_worked_out_by_hand()
    {
        // x0 <= 0.5 ? 0 : (x1 <= 0.5 ? 10 : 40), 50 | 25 | 25 rows. For (1, 1): f(none) = 12.5, f(x0) = 25, f(x1) = 20,
        // f(both) = 40; x0 gets (25 - 12.5 + 40 - 20) / 2 = 16.25 and x1 (20 - 12.5 + 40 - 25) / 2 = 11.25.
        var tree = new Tree
        {
            SplitFeature = [0, 1],
            Threshold = [0.5, 0.5],
            DecisionType = [2, 2],
            LeftChild = [~0, ~1],
            RightChild = [1, ~2],
            SplitGain = [0, 0],
            InternalValue = [0, 0],
            InternalWeight = [0, 0],
            InternalCount = [100, 50],
            LeafValue = [0, 10, 40],
            LeafWeight = [1, 1, 1],
            LeafCount = [50, 25, 25],
        };
        var contributions = new double[3];
        TreeShap.Contributions(Model(2, tree), [1, 1], contributions);
        Assert.That(contributions, Is.EqualTo(new[] { 16.25, 11.25, 12.5 }).Within(1e-12));
    }

    [Test]
    public void Contributions_equal_the_sum_over_all_subsets_on_random_trees()
    {
        var random = new Random(11);
        for (var round = 0; round < 120; round++)
        {
            var features = random.Next(1, 7);
            var trees = Enumerable.Range(0, 3).Select(_ => RandomTrees.Tree(random, random.Next(1, 12), features));
            AssertEqualsTwin(random, Model(features, [.. trees]), $"round {round}");
        }
    }

    [Test]
    public void Long_paths_over_many_features_agree_too()
    {
        var random = new Random(12);
        for (var round = 0; round < 4; round++)
            AssertEqualsTwin(random, Model(12, RandomTrees.Tree(random, 60, 12)), $"round {round}");
    }

    static void AssertEqualsTwin(Random random, BoostedTrees model, string where)
    {
        var contributions = new double[model.Features.Count + 1];
        for (var i = 0; i < 3; i++)
        {
            var row = RandomTrees.Row(random, model.Features.Count);
            TreeShap.Contributions(model, row, contributions);
            Assert.That(contributions, Is.EqualTo(Twin(model, row)).Within(1e-9), where);
            Assert.That(contributions.Sum(), Is.EqualTo(model.RawScore(row)).Within(1e-9), where);
        }
    }

    [Test]
    public void Top_reasons_are_the_largest_contributions_of_each_row_for_any_number_of_threads()
    {
        var table = Tables.Random(600, 8, seed: 13);
        var options = new TrainingOptions { Trees = 20, MinimumRows = 5 };
        var model = new HistogramTrainer().Train(table, null, options, null, CancellationToken.None);
        var shap = new TreeShap(model);
        var reasons = shap.TopReasons(table, 3, threads: 1);
        Assert.That(shap.TopReasons(table, 3, threads: 3), Is.EqualTo(reasons));
        var contributions = new double[model.Features.Count + 1];
        for (var row = 0; row < table.RowCount; row++)
        {
            double[] values = [.. table.Columns.Select(column => (double)column[row])];
            shap.Contributions(values, contributions);
            var expected = contributions[..^1]
                .Select((contribution, f) => new Reason(model.Features[f].Name, values[f], contribution))
                .Where(reason => reason.Contribution != 0)
                .OrderByDescending(reason => Math.Abs(reason.Contribution))
                .Take(3);
            Assert.That(reasons[row], Is.EqualTo(expected), $"row {row}");
        }
    }

    [Test]
    public void A_model_without_row_counts_cannot_be_explained()
    {
        var tree = RandomTrees.Tree(new Random(1), 4, 2) with { InternalCount = [0, 0, 0] };
        var error = Assert.Throws<ScoringException>(() => _ = new TreeShap(Model(2, tree)))!;
        Assert.That(error.Message, Does.Contain("internal_count"));
    }

    static BoostedTrees Model(int features, params Tree[] trees) =>
        new([.. Enumerable.Range(0, features).Select(f => Feature.Numeric($"f{f}", ""))], trees);

    /// <summary>Shapley's own formula over all subsets; a question of an unknown feature goes both ways by row counts.</summary>
    static double[] Twin(BoostedTrees model, double[] row)
    {
        var features = model.Features.Count;
        var worth = new double[1 << features];
        for (var known = 0; known < worth.Length; known++)
            worth[known] = model.Trees.Sum(tree => Conditional(tree, tree.LeafTotal == 1 ? ~0 : 0, row, known));
        var result = new double[features + 1];
        result[features] = worth[0];
        for (var f = 0; f < features; f++)
        for (var known = 0; known < worth.Length; known++)
            if ((known >> f & 1) == 0)
            {
                var size = BitOperations.PopCount((uint)known);
                var weight = Factorial(size) * Factorial(features - size - 1) / Factorial(features);
                result[f] += weight * (worth[known | 1 << f] - worth[known]);
            }
        return result;
    }

    static double Conditional(Tree tree, int node, double[] row, int known)
    {
        if (node < 0)
            return tree.LeafValue[~node];
        var (left, right) = (tree.LeftChild[node], tree.RightChild[node]);
        var feature = tree.SplitFeature[node];
        if ((known >> feature & 1) != 0)
            return Conditional(tree, tree.GoesLeft(node, row[feature]) ? left : right, row, known);
        var share = RandomTrees.Count(tree, left) / (double)RandomTrees.Count(tree, node);
        return share * Conditional(tree, left, row, known) + (1 - share) * Conditional(tree, right, row, known);
    }

    static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
