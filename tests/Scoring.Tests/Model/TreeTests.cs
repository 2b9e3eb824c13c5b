using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Training;

namespace LeadScoring.Scoring.Tests.Model;

public sealed class TreeTests
{
    static Tree Stump(byte decision, double threshold) =>
        new()
        {
            SplitFeature = [0],
            Threshold = [threshold],
            DecisionType = [decision],
            LeftChild = [~0],
            RightChild = [~1],
            SplitGain = [1],
            InternalValue = [0],
            InternalWeight = [1],
            InternalCount = [2],
            LeafValue = [-1, 1],
            LeafWeight = [1, 1],
            LeafCount = [1, 1],
            CategoryStart = [0, 2],
            CategoryBits = [0b1010u, 1u],
        };

    // decision: 2 = default left; 4 = zero is missing; 8 = NaN is missing
    [TestCase(0, 1.5, 1.5, true)]
    [TestCase(0, 1.5, 1.6, false)]
    [TestCase(0, 1.5, double.NaN, true, Description = "missing off: NaN is 0")]
    [TestCase(0, -1.5, double.NaN, false)]
    [TestCase(2, -1.5, double.NaN, false, Description = "the default direction asks for a missing type")]
    [TestCase(4, 1.5, 0.0, false, Description = "zero is missing, default right")]
    [TestCase(6, -1.5, 0.0, true)]
    [TestCase(6, -1.5, double.NaN, true, Description = "NaN is 0, which is missing")]
    [TestCase(6, -1.5, 1e-36, true)]
    [TestCase(6, -1.5, -1.0000000180025095e-35, true, Description = "kZeroThreshold itself is zero")]
    [TestCase(6, -1.5, 1.1e-35, false)]
    [TestCase(8, 1.5, double.NaN, false)]
    [TestCase(10, -1.5, double.NaN, true)]
    [TestCase(10, -1.5, 0.0, false)]
    [TestCase(10, 1e300, double.PositiveInfinity, false)]
    [TestCase(1, 0, 1.0, true)]
    [TestCase(1, 0, 3.9, true, Description = "fractions are cut off")]
    [TestCase(1, 0, 2.0, false)]
    [TestCase(1, 0, 32.0, true, Description = "second word")]
    [TestCase(1, 0, 64.0, false, Description = "beyond the set")]
    [TestCase(1, 0, 1e30, false)]
    [TestCase(1, 0, -1.0, false)]
    [TestCase(1, 0, double.NaN, false)]
    [TestCase(9, 0, double.NaN, false)]
    public void A_node_decides_as_LightGBM_does(byte decision, double threshold, double value, bool left)
    {
        var tree = Stump(decision, threshold);
        Assert.That(tree.GoesLeft(0, value), Is.EqualTo(left));
        Assert.That(tree.LeafOf([value]), Is.EqualTo(left ? 0 : 1));
    }

    [Test]
    public void A_set_without_levels_sends_all_right_and_does_not_read_the_next_set()
    {
        var tree = Stump(1, 0) with { CategoryStart = [0, 0, 1], CategoryBits = [~0u] };
        foreach (var value in new[] { 0, -0.5, 3, double.NaN })
            Assert.That(tree.GoesLeft(0, value), Is.False);
    }

    [Test]
    public void A_table_scores_like_its_rows_one_by_one_whatever_the_order_of_columns_and_levels()
    {
        Feature[] features = [Feature.Categorical("country", ["DE", "NL", "SE", "FI"]), Feature.Numeric("n", "days")];
        var byLevel = Stump(1, 0);
        var byNumber = Stump(10, 1.5) with { SplitFeature = [1] };
        var model = new BoostedTrees(features, [byLevel, byNumber]);
        // The table knows levels the model does not, in another order, and has one column more.
        var table = Tables.Of(
            [
                Feature.Numeric("more", ""),
                Feature.Numeric("n", "days"),
                Feature.Categorical("country", ["FI", "XX", "NL", "DE"]),
            ],
            [
                [9, 9, 9, 9, 9],
                [1, 2, 1, float.NaN, 2],
                [0, 1, 2, 3, float.NaN],
            ],
            new float[5]
        );
        double[] expected =
        [
            model.RawScore([3, 1]),
            model.RawScore([-1, 2]),
            model.RawScore([1, 1]),
            model.RawScore([0, double.NaN]),
            model.RawScore([double.NaN, 2]),
        ];
        Assert.That(expected, Is.EqualTo(new double[] { -2, 2, -2, 0, 2 }));
        Assert.That(model.RawScores(table), Is.EqualTo(expected));
        Assert.That(model.RawScores(table, threads: 1), Is.EqualTo(expected));
    }

    [Test]
    public void A_table_without_one_of_the_features_is_refused_by_name()
    {
        var model = new BoostedTrees([Feature.Numeric("wanted", "days")], [Stump(0, 1)]);
        var error = Assert.Throws<ScoringException>(() =>
            model.RawScores(
                Tables.Numeric(
                    [
                        [1f],
                    ],
                    [0f]
                )
            )
        )!;
        Assert.That(error.Message, Does.Contain("'wanted'").And.Contain("expected"));
    }
}
