using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests.Evaluation;

public class BaselineTests
{
    [Test]
    public void The_recency_rule_puts_the_most_recent_first_and_the_silent_last()
    {
        var table = Numbers("recency", [5, float.NaN, 1], [0, 1, 0]);
        Assert.That(Order(SingleFeatureRule.Recency(table, "recency")!.Scores(table)), Is.EqualTo<int[]>([2, 0, 1]));
        Assert.That(SingleFeatureRule.Recency(table, "other"), Is.Null);
    }

    [Test]
    public void The_best_single_feature_is_chosen_with_its_direction()
    {
        var chance = new Random(1);
        float[] labels = [.. Enumerable.Range(0, 200).Select(_ => (float)chance.Next(2))];
        float[] noise = [.. labels.Select(_ => (float)chance.NextDouble())];
        float[] opposite = [.. labels.Select(label => (float)(chance.NextDouble() - label))];
        var table = new FeatureTable(
            [Feature.Numeric("noise", "x"), Feature.Numeric("opposite", "x")],
            [.. labels.Select((_, i) => $"c{i}")],
            new DateTime[200],
            [noise, opposite],
            labels
        );
        var rule = SingleFeatureRule.Best(table);
        Assert.That(rule.Name, Is.EqualTo("single feature opposite"));
        Assert.That(Metrics.RocAuc(rule.Scores(table), labels), Is.GreaterThan(0.9));
    }

    [Test]
    public void Levels_are_ordered_by_their_smoothed_rate_and_unknown_ones_lie_in_the_middle()
    {
        var table = new FeatureTable(
            [Feature.Categorical("origin", ["good", "bad", "unseen"])],
            [.. Enumerable.Range(0, 40).Select(i => $"c{i}")],
            new DateTime[40],
            [
                [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 0f : 1f)],
            ],
            [.. Enumerable.Range(0, 40).Select(i => i < 15 || i is 30 ? 1f : 0f)]
        );
        var scores = SingleFeatureRule
            .Best(table)
            .Scores(
                new FeatureTable(
                    table.Features,
                    ["a", "b", "c"],
                    new DateTime[3],
                    [
                        [0, 1, 2],
                    ]
                )
            );
        // (15 + 4) / 30, (1 + 4) / 30 and the overall 16 / 40.
        Assert.That(scores, Is.EqualTo<double[]>([19 / 30.0, 5 / 30.0, 0.4]).Within(1e-12));
    }

    [Test]
    public void Logistic_regression_finds_the_coefficients_the_labels_were_drawn_from()
    {
        var chance = new Random(2);
        const int rows = 20_000;
        float[] left = [.. Enumerable.Range(0, rows).Select(_ => (float)(chance.NextDouble() * 2 - 1))];
        float[] right = [.. Enumerable.Range(0, rows).Select(_ => (float)(chance.NextDouble() * 2 - 1))];
        float[] labels =
        [
            .. left.Zip(right, (x, y) => chance.NextDouble() < 1 / (1 + Math.Exp(-(1.5 * x - 0.8 * y - 1))) ? 1f : 0f),
        ];
        var table = new FeatureTable(
            [Feature.Numeric("left", "x"), Feature.Numeric("right", "x")],
            [.. Enumerable.Range(0, rows).Select(i => $"c{i}")],
            new DateTime[rows],
            [left, right],
            labels
        );
        var fit = LogisticRegression.Fit(table, CancellationToken.None);
        var spread = Math.Sqrt(1 / 3.0);
        Assert.That(fit.Coefficients[0] / spread, Is.EqualTo(1.5).Within(0.1));
        Assert.That(fit.Coefficients[1] / spread, Is.EqualTo(-0.8).Within(0.1));
    }

    [Test]
    public void At_the_solution_the_gradient_is_zero()
    {
        // One standardised column: sum of (p - y) x + coefficient = 0 and sum of (p - y) = 0.
        var table = Numbers("value", [0, 1, 2, 3, 4, 5], [0, 0, 1, 0, 1, 1]);
        var fit = LogisticRegression.Fit(table, CancellationToken.None);
        var spread = Math.Sqrt(35 / 12.0);
        double Residual(int row) => 1 / (1 + Math.Exp(-fit.Scores(table)[row])) - table.Labels[row];
        var rows = Enumerable.Range(0, 6).ToArray();
        Assert.That(rows.Sum(Residual), Is.Zero.Within(1e-3));
        Assert.That(rows.Sum(row => Residual(row) * (row - 2.5) / spread) + fit.Coefficients[0], Is.Zero.Within(1e-3));
    }

    [Test]
    public void Missing_values_and_constant_columns_do_no_harm()
    {
        var table = new FeatureTable(
            [Feature.Numeric("gaps", "x"), Feature.Numeric("constant", "x"), Feature.Numeric("empty", "x")],
            ["a", "b", "c", "d"],
            new DateTime[4],
            [
                [1, float.NaN, 3, float.NaN],
                [7, 7, 7, 7],
                [float.NaN, float.NaN, float.NaN, float.NaN],
            ],
            [1, 0, 1, 0]
        );
        var scores = LogisticRegression.Fit(table, CancellationToken.None).Scores(table);
        Assert.That(scores, Has.All.Matches<double>(double.IsFinite));
        Assert.That(scores[2], Is.GreaterThan(scores[1]), "that it is missing says something");
    }

    static int[] Order(double[] scores) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row])];

    static FeatureTable Numbers(string name, float[] values, float[] labels) =>
        new(
            [Feature.Numeric(name, "x")],
            [.. values.Select((_, i) => $"c{i}")],
            new DateTime[values.Length],
            [values],
            labels
        );
}
