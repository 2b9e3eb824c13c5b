using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class MonotoneFeaturesTests
{
    static readonly TrainingOptions Options = new()
    {
        Trees = 30,
        Leaves = 12,
        LearningRate = 0.3,
        MinimumRows = 2,
        FeatureShare = 1,
        RowShare = 1,
    };

    static BoostedTrees Train(FeatureTable table, MonotoneFeatures monotone) =>
        new HistogramTrainer().Train(table, null, Options with { Monotone = monotone }, null, CancellationToken.None);

    /// <summary>A wave of one feature, and another that acts with it.</summary>
    static FeatureTable Wave()
    {
        var random = new Random(8);
        var x = Enumerable.Range(0, 900).Select(row => row % 7 == 0 ? float.NaN : (float)random.NextDouble()).ToArray();
        var y = Enumerable.Range(0, 900).Select(_ => (float)random.NextDouble()).ToArray();
        var labels = x.Zip(y, (a, b) => random.NextDouble() < 0.5 + (0.4 * Math.Sin((9 * a) + (4 * b))) ? 1f : 0f);
        return Tables.Numeric([x, y], [.. labels]);
    }

    static double[] Curve(BoostedTrees model, double y) =>
        [.. Enumerable.Range(0, 101).Select(i => model.RawScore([i / 100.0, y]))];

    [Test]
    public void The_score_never_falls_with_a_rising_feature_nor_rises_with_a_falling_one()
    {
        var table = Wave();
        var free = Train(table, MonotoneFeatures.None);
        var rising = Train(table, new(["f0"], []));
        var falling = Train(table, new([], ["f0"]));
        Assert.That(rising.Trees.Sum(tree => tree.SplitFeature.Count(f => f == 0)), Is.GreaterThan(10));
        Assert.That(falling.Trees.Sum(tree => tree.SplitFeature.Count(f => f == 0)), Is.GreaterThan(10));
        Assert.That(Curve(free, 0.5), Is.Not.Ordered.Ascending.And.Not.Ordered.Descending);
        foreach (var y in new[] { 0, 0.2, 0.5, 0.77, 1 })
        {
            Assert.That(Curve(rising, y), Is.Ordered.Ascending);
            Assert.That(Curve(falling, y), Is.Ordered.Descending);
        }
    }

    [Test]
    public void Two_monotone_features_bind_together()
    {
        var model = Train(Wave(), new(["f0"], ["f1"]));
        foreach (var at in new[] { 0.1, 0.5, 0.9 })
        {
            Assert.That(Curve(model, at), Is.Ordered.Ascending);
            Assert.That(Enumerable.Range(0, 101).Select(i => model.RawScore([at, i / 100.0])), Is.Ordered.Descending);
        }
    }

    [Test]
    public void Where_the_data_rise_anyway_nothing_is_lost()
    {
        var random = new Random(9);
        var x = Enumerable.Range(0, 600).Select(_ => (float)random.NextDouble()).ToArray();
        var labels = x.Select(v => v > 0.5 ? 1f : 0f).ToArray();
        var table = Tables.Numeric([x], labels);
        var model = Train(table, new(["f0"], []));
        Assert.That(Tables.Auc(model.RawScores(table), labels), Is.EqualTo(1));
        var other = Train(table, new([], ["f0"]));
        Assert.That(other.Trees, Has.Count.EqualTo(1), "the other way there is no split");
        Assert.That(other.Trees[0].LeafTotal, Is.EqualTo(1));
    }

    [Test]
    public void Names_that_cannot_be_monotone_are_refused_at_once()
    {
        var table = Tables.Of(
            [Feature.Numeric("a", "x"), Feature.Categorical("c", ["u", "v"])],
            [
                [1, 2, 3, 4],
                [0, 1, 0, 1],
            ],
            [0, 1, 0, 1]
        );
        var error = Assert.Throws<ScoringException>(() => Train(table, new(["b", "a"], ["c", "a"])))!;
        Assert.That(
            error.Message,
            Does.Contain("monotone names 'b', expected a feature of the table")
                .And.Contain("monotone names 'c', which is categorical, expected a number")
                .And.Contain("monotone names 'a' as rising and as falling")
        );
    }

    [Test]
    public void Features_of_the_same_names_are_equal()
    {
        var one = new MonotoneFeatures(["a"], ["b"]);
        var same = new MonotoneFeatures(["a"], ["b"]);
        Assert.That(one, Is.EqualTo(same));
        Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(new MonotoneFeatures(["b"], ["b"])));
        Assert.That(one, Is.Not.EqualTo(new MonotoneFeatures(["a"], [])));
        Assert.That(one.Equals(null), Is.False);
    }
}
