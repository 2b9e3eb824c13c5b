using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Twins;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class TreeGrowerTests
{
    static readonly TrainingOptions Options = new()
    {
        Leaves = 9,
        MinimumRows = 3,
        MinimumHessian = 0.5,
        L2 = 0.7,
        LearningRate = 0.25,
        RowShare = 1,
        FeatureShare = 1,
    };

    /// <summary>A table, its bins and derivatives with levels that rounding has touched.</summary>
    sealed class Case : IDisposable
    {
        public Case(int rows, int numbers, int seed, TrainingOptions options, int threads)
        {
            var random = new Random(seed);
            Crew = new Crew(threads);
            var columns = Enumerable.Range(0, numbers).Select(f => Column(random, rows, f)).ToArray();
            Table = Tables.Numeric(columns, [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(2))]);
            Binned = BinnedTable.Make(Table, options, Crew);
            Gradients = new Gradients(rows);
            for (var row = 0; row < rows; row++)
            {
                var tilt =
                    float.IsNaN(columns[0][row]) ? 0.3
                    : columns[0][row] > 2 ? -0.4
                    : 0.1;
                Gradients.First[row] = tilt + random.NextDouble() - 0.5;
                Gradients.Second[row] = random.NextDouble() / 4;
            }
            var spread = new GradientSpread(1, Gradients.First.Sum(Math.Abs), 0.25, Gradients.Second.Sum());
            Gradients.Quantise(spread, seed, Crew);
            Grower = new TreeGrower(Binned, Gradients, options, [], Crew);
        }

        public Crew Crew { get; }
        public FeatureTable Table { get; }
        public BinnedTable Binned { get; }
        public Gradients Gradients { get; }
        public TreeGrower Grower { get; }

        public int[] AllFeatures => [.. Enumerable.Range(0, Binned.Features.Length)];

        static float[] Column(Random random, int rows, int f) =>
            [
                .. Enumerable
                    .Range(0, rows)
                    .Select(_ =>
                        f % 3 == 0 && random.Next(6) == 0 ? float.NaN
                        : f % 2 == 0 ? random.Next(2 + f)
                        : (float)random.NextDouble()
                    ),
            ];

        public void Dispose() => Crew.Dispose();
    }

    [TestCase(40, 2, 1)]
    [TestCase(150, 5, 2)]
    [TestCase(700, 11, 3)]
    [TestCase(1200, 10, 4)]
    public void Trees_are_those_of_a_slow_twin(int rows, int numbers, int seed)
    {
        using var one = new Case(rows, numbers, seed, Options, 1);
        var tree = one.Grower.Grow([.. Enumerable.Range(0, rows)], one.AllFeatures);
        var twin = new SlowGrower(one.Binned, one.Gradients, Options).Grow(
            [.. Enumerable.Range(0, rows)],
            one.AllFeatures
        );
        AssertTwins(tree, twin, one);
    }

    [Test]
    public void Some_rows_and_features_are_enough_and_no_others_are_looked_at()
    {
        for (var seed = 10; seed < 12; seed++)
        {
            using var one = new Case(400, 14, seed, Options, 1);
            int[] rows = [.. Enumerable.Range(0, 400).Where(row => (row * 7) % 11 > 3)];
            int[] features = [.. one.AllFeatures.Where(feature => (feature + seed) % 3 != 0)];
            var tree = one.Grower.Grow(rows, features);
            var twin = new SlowGrower(one.Binned, one.Gradients, Options).Grow(rows, features);
            AssertTwins(tree, twin, one);
            Assert.That(tree.LeafCount.Sum(), Is.EqualTo(rows.Length));
            one.Grower.PlaceOthers();
            Assert.That(
                one.Grower.LeafOf,
                Is.EqualTo(Enumerable.Range(0, 400).Select(row => tree.LeafOf(one.Table.Columns, row)))
            );
        }
    }

    static void AssertTwins(Tree tree, SlowGrower.Grown twin, Case one)
    {
        Assert.That(tree.SplitFeature, Is.EqualTo(twin.Features.Select(u => one.Binned.Features[u])));
        Assert.That(tree.LeafCount, Is.EqualTo(twin.Leaves.Select(leaf => leaf.Length)));
        Assert.That(tree.SplitGain, Is.EqualTo(twin.Gains).Within(1e-9));
        foreach (var (leaf, rows) in twin.Leaves.Index())
        {
            var (first, second) = (
                rows.Sum(row => one.Gradients.First[row]),
                rows.Sum(row => one.Gradients.Second[row])
            );
            Assert.That(tree.LeafWeight[leaf], Is.EqualTo(second).Within(1e-9));
            Assert.That(tree.LeafValue[leaf], Is.EqualTo(-0.25 * first / (second + 0.7)).Within(1e-9));
            Assert.That(rows.Select(row => tree.LeafOf(one.Table.Columns, row)), Has.All.EqualTo(leaf));
            Assert.That(rows.Select(row => one.Grower.LeafOf[row]), Has.All.EqualTo(leaf));
        }
        foreach (var (node, rows) in twin.Nodes.Index())
        {
            var (first, second) = (
                rows.Sum(row => one.Gradients.First[row]),
                rows.Sum(row => one.Gradients.Second[row])
            );
            Assert.That(tree.InternalCount[node], Is.EqualTo(rows.Length));
            Assert.That(tree.InternalWeight[node], Is.EqualTo(second).Within(1e-9));
            Assert.That(tree.InternalValue[node], Is.EqualTo(-0.25 * first / (second + 0.7)).Within(1e-9));
        }
    }

    [Test]
    public void Many_rows_on_several_threads_give_what_one_thread_gives()
    {
        // 70,000 rows of a few lanes: one tile, so that the root is summed in parts, blocks and both layouts are used.
        const int rows = 70_000;
        var options = Options with { Leaves = 12, Bins = 63 };
        using var alone = new Case(rows, 7, 5, options, 1);
        var expected = alone.Grower.Grow([.. Enumerable.Range(0, rows)], alone.AllFeatures);
        Assert.That(expected.LeafTotal, Is.EqualTo(12));
        for (var row = 0; row < rows; row += 17)
            Assert.That(alone.Grower.LeafOf[row], Is.EqualTo(expected.LeafOf(alone.Table.Columns, row)));
        foreach (var threads in new[] { 2, 3 })
        {
            using var several = new Case(rows, 7, 5, options, threads);
            var tree = several.Grower.Grow([.. Enumerable.Range(0, rows)], several.AllFeatures);
            Assert.That(tree.SplitFeature, Is.EqualTo(expected.SplitFeature));
            Assert.That(tree.Threshold, Is.EqualTo(expected.Threshold));
            Assert.That(tree.SplitGain, Is.EqualTo(expected.SplitGain));
            Assert.That(tree.LeafValue, Is.EqualTo(expected.LeafValue));
            Assert.That(tree.LeafCount, Is.EqualTo(expected.LeafCount));
            Assert.That(tree.InternalValue, Is.EqualTo(expected.InternalValue));
            Assert.That(several.Grower.LeafOf, Is.EqualTo(alone.Grower.LeafOf));
        }
    }

    [Test]
    public void A_tree_that_gains_nothing_has_one_leaf_with_the_step_of_all_rows()
    {
        using var one = new Case(50, 3, 6, Options with { MinimumGain = 1e9 }, 1);
        var tree = one.Grower.Grow([.. Enumerable.Range(0, 50)], one.AllFeatures);
        Assert.That(tree.LeafTotal, Is.EqualTo(1));
        Assert.That(tree.LeafCount, Is.EqualTo(new[] { 50 }));
        Assert.That(
            tree.LeafValue[0],
            Is.EqualTo(-0.25 * one.Gradients.First.Sum() / (one.Gradients.Second.Sum() + 0.7)).Within(1e-12)
        );
        Assert.That(one.Grower.LeafOf, Has.All.Zero);
    }
}
