using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;
using LeadScoring.Scoring.Tests.Training;

namespace LeadScoring.Scoring.Tests.Model.Forest;

/// <summary>The slow twin is every row's own walk down every tree.</summary>
public sealed class ByteForestTests
{
    [Test]
    public void Blocks_score_bit_by_bit_as_rows_walked_down_the_trees() => AssertSeeds(0, 25);

    [Test]
    public void Many_more_forests_score_so_too() => AssertSeeds(25, 150);

    static void AssertSeeds(int from, int until)
    {
        for (var seed = from; seed < until; seed++)
        {
            var random = new Random(seed);
            var features = random.Next(1, 6);
            Tree[] trees =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 40))
                    .Select(_ => RandomForests.Tree(random, random.Next(1, 41), features)),
            ];
            AssertWalks(random, trees, features, rows: random.Next(1, 300), $"seed {seed}");
        }
    }

    // 255 leaves fit into bytes, as do 256; of 257 and more the rows are walked, between trees that are not.
    [TestCase(255)]
    [TestCase(256)]
    [TestCase(257)]
    [TestCase(400)]
    public void Large_trees_score_like_small_ones(int leaves)
    {
        var random = new Random(leaves);
        Tree[] trees =
        [
            RandomForests.Tree(random, 5, 3),
            RandomForests.Tree(random, leaves, 3),
            RandomForests.Tree(random, 7, 3),
            RandomForests.Tree(random, leaves, 3),
        ];
        AssertWalks(random, trees, 3, 300, $"{leaves} leaves");
    }

    // One column holds 255 thresholds, and 128 levels.
    [TestCase(254)]
    [TestCase(255)]
    [TestCase(256)]
    [TestCase(511)]
    [TestCase(800)]
    public void A_feature_may_be_asked_more_thresholds_than_a_byte_holds(int thresholds)
    {
        var random = new Random(thresholds);
        Tree[] trees = [.. Enumerable.Range(0, thresholds).Select(i => Stump(random, i * 0.25 - 20))];
        float[][] columns =
        [
            [.. Enumerable.Range(-10, 4 * thresholds).Select(i => i * 0.0625f - 20)],
        ];
        AssertWalks(trees, columns, $"{thresholds} thresholds");
        var forest = new ForestQuestions(trees);
        Assert.That(forest.Columns, Has.Length.EqualTo((thresholds + 254) / 255));
    }

    [Test]
    public void Rows_around_the_edges_of_blocks_score_alike_on_any_number_of_threads()
    {
        var random = new Random(5);
        var trees = Enumerable.Range(0, 20).Select(_ => RandomForests.Tree(random, 12, 3)).ToArray();
        var model = Model(3, trees);
        foreach (var rows in new[] { 0, 1, 7, 8, 9, 31, 32, 33, 63, 64, 65, 255, 256, 257, 511, 512, 513, 1300 })
        {
            float[][] columns = [.. Enumerable.Range(0, 3).Select(_ => RandomForests.Column(random, trees, rows))];
            var table = Tables.Numeric(columns, new float[rows]);
            var expected = Walk(trees, columns);
            foreach (var threads in new[] { 1, 2, 3, 8 })
                Assert.That(model.RawScores(table, threads), Is.EqualTo(expected), $"{rows} rows, {threads} threads");
        }
    }

    [Test]
    public void Chunks_of_a_stream_score_as_the_whole_and_are_asked_for_one_by_one()
    {
        var random = new Random(6);
        var trees = Enumerable.Range(0, 5).Select(_ => RandomForests.Tree(random, 12, 2)).ToArray();
        float[][] columns = [.. Enumerable.Range(0, 2).Select(_ => RandomForests.Column(random, trees, 700))];
        var table = Tables.Numeric(columns, new float[700]);
        var asked = 0;
        var scored = new List<double>();
        foreach (var scores in Model(2, trees).RawScores(Chunks(), threads: 2))
        {
            scored.AddRange(scores);
            Assert.That(scored, Has.Count.EqualTo(Math.Min(asked * 300, 700)));
        }
        Assert.That(scored, Is.EqualTo(Walk(trees, columns)));

        IEnumerable<FeatureTable> Chunks()
        {
            foreach (var rows in Enumerable.Range(0, 700).Chunk(300))
            {
                asked++;
                yield return table.Take(rows);
            }
        }
    }

    [Test]
    public void Constant_trees_and_no_tree_at_all_score_too()
    {
        var table = Tables.Numeric(
            [
                [1f, float.NaN, 3f],
            ],
            new float[3]
        );
        Assert.That(Model(1, Tree.Constant(0.25, 1, 9)).RawScores(table), Is.EqualTo(new[] { 0.25, 0.25, 0.25 }));
        Assert.That(Model(1).RawScores(table), Is.EqualTo(new double[3]));
    }

    [Test]
    public void A_cancelled_scoring_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var table = Tables.Numeric([new float[1000]], new float[1000]);
        var model = Model(1, Tree.Constant(1, 1, 1));
        foreach (var threads in new[] { 1, 2 })
            Assert.That(
                () => model.RawScores(table, threads, cancelled.Token),
                Throws.InstanceOf<OperationCanceledException>()
            );
    }

    static Tree Stump(Random random, double threshold) =>
        RandomForests.Tree(random, 2, 1) with
        {
            Threshold = [threshold],
            DecisionType = [8],
        };

    static void AssertWalks(Random random, Tree[] trees, int features, int rows, string where)
    {
        float[][] columns =
        [
            .. Enumerable.Range(0, features).Select(_ => RandomForests.Column(random, trees, rows + 3)),
        ];
        AssertWalks(trees, columns, where);
    }

    static void AssertWalks(Tree[] trees, float[][] columns, string where)
    {
        var forest = new ByteForest(trees);
        var expected = Walk(trees, columns);
        var scores = new double[columns[0].Length];
        var room = forest.MakeRoom();
        // A first block that is not full leaves its codes behind, which no later row may see.
        var from = 0;
        for (var until = Math.Min(3, scores.Length); from < scores.Length; until = Math.Min(from + 256, scores.Length))
        {
            forest.AddTo(columns, from, until, scores, room);
            from = until;
        }
        Assert.That(scores, Is.EqualTo(expected), where);
    }

    static double[] Walk(Tree[] trees, float[][] columns) =>
        [
            .. Enumerable
                .Range(0, columns[0].Length)
                .Select(row => trees.Aggregate(0.0, (sum, tree) => sum + tree.LeafValue[tree.LeafOf(columns, row)])),
        ];

    static BoostedTrees Model(int features, params Tree[] trees) =>
        new([.. Enumerable.Range(0, features).Select(f => Feature.Numeric($"f{f}", "traces"))], trees);
}
