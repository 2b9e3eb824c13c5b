using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class HistogramTrainerTests
{
    static readonly TrainingOptions Small = new()
    {
        Trees = 40,
        Leaves = 8,
        LearningRate = 0.2,
        MinimumRows = 5,
        FeatureShare = 1,
        RowShare = 1,
    };

    static BoostedTrees Train(FeatureTable table, TrainingOptions? options = null, FeatureTable? validation = null) =>
        new HistogramTrainer().Train(table, validation, options ?? Small, null, CancellationToken.None);

    [Test]
    public void It_is_called_histogram() => Assert.That(new HistogramTrainer().Name, Is.EqualTo("histogram"));

    [Test]
    public void Trees_recover_a_known_decision_function()
    {
        var random = new Random(3);
        var x = Enumerable.Range(0, 2000).Select(_ => (float)random.NextDouble()).ToArray();
        var y = Enumerable.Range(0, 2000).Select(_ => (float)random.NextDouble()).ToArray();
        // A square in the middle: no single question tells it, four do.
        var labels = x.Zip(y, (a, b) => a is > 0.3f and < 0.7f && b is > 0.3f and < 0.7f ? 1f : 0f).ToArray();
        var model = Train(Tables.Numeric([x, y], labels));
        Assert.That(BoostedTrees.Probability(model.RawScore([0.5, 0.5])), Is.GreaterThan(0.95));
        foreach (var (a, b) in new[] { (0.1, 0.5), (0.9, 0.5), (0.5, 0.1), (0.5, 0.9), (0.05, 0.05) })
            Assert.That(BoostedTrees.Probability(model.RawScore([a, b])), Is.LessThan(0.05), $"at {a}, {b}");
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(8)]
    public void Any_number_of_threads_gives_the_same_bytes(int threads)
    {
        var table = Tables.Random(3000, 30, seed: 5);
        var options = Small with { Trees = 10, RowShare = 0.7, FeatureShare = 0.5 };
        var alone = ModelFile.Bytes(Train(table, options with { Threads = 1 }));
        Assert.That(ModelFile.Bytes(Train(table, options with { Threads = threads })), Is.EqualTo(alone));
    }

    [Test]
    public void Written_and_read_again_a_trained_model_scores_bit_by_bit_the_same()
    {
        var table = Tables.Random(2000, 6, seed: 7);
        var model = Train(table);
        Assert.That(model.Trees.Any(tree => tree.CategoryBits.Length > 0), "no tree split by levels");
        var again = ModelFile.Parse(ModelFile.Bytes(model), "again", table.Features);
        Assert.That(again.RawScores(table), Is.EqualTo(model.RawScores(table)));
        Assert.That(ModelFile.Bytes(again), Is.EqualTo(ModelFile.Bytes(model)));
    }

    [Test]
    public void The_better_direction_of_missing_values_is_learned()
    {
        foreach (var missingIsPositive in new[] { true, false })
        {
            // x above 5 is positive; missing values follow one side or the other.
            var x = Enumerable.Range(0, 400).Select(i => i % 4 == 3 ? float.NaN : i % 10).ToArray();
            var labels = x.Select(v =>
                    float.IsNaN(v) ? (missingIsPositive ? 1f : 0f)
                    : v > 5 ? 1f
                    : 0f
                )
                .ToArray();
            var model = Train(Tables.Numeric([x], labels));
            Assert.That(model.RawScore([double.NaN]) > 0, Is.EqualTo(missingIsPositive));
            Assert.That(model.RawScore([2]), Is.LessThan(0));
            Assert.That(model.RawScore([8]), Is.GreaterThan(0));
        }
    }

    [Test]
    public void Being_missing_can_itself_be_the_question()
    {
        var x = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? float.NaN : i % 7).ToArray();
        var labels = x.Select(v => float.IsNaN(v) ? 1f : 0f).ToArray();
        var model = Train(Tables.Numeric([x], labels));
        Assert.That(model.RawScore([double.NaN]), Is.GreaterThan(2));
        Assert.That(model.RawScore([6]), Is.LessThan(-2));
        Assert.That(model.RawScore([1e30]), Is.LessThan(-2), "a number never seen is still no missing value");
    }

    [Test]
    public void Levels_beat_the_same_codes_taken_as_numbers()
    {
        // Every other level is positive: one question of levels, thirty of numbers.
        var random = new Random(9);
        var levels = Enumerable.Range(0, 3000).Select(_ => (float)random.Next(60)).ToArray();
        var labels = levels.Select(v => random.NextDouble() < (v % 2 == 0 ? 0.8 : 0.2) ? 1f : 0f).ToArray();
        var names = Enumerable.Range(0, 60).Select(level => $"l{level}").ToArray();
        var options = Small with { Trees = 3, Leaves = 4 };
        var asLevels = Tables.Of([Feature.Categorical("c", names)], [levels], labels);
        var asNumbers = Tables.Numeric([levels], labels);
        var withLevels = Tables.Auc(Train(asLevels, options).RawScores(asLevels), labels);
        var withNumbers = Tables.Auc(Train(asNumbers, options).RawScores(asNumbers), labels);
        Assert.That(withLevels, Is.GreaterThan(0.78));
        Assert.That(withNumbers, Is.LessThan(0.65));
    }

    [Test]
    public void Early_stopping_keeps_the_best_number_of_trees_and_no_more()
    {
        var table = Tables.Random(1200, 6, seed: 15);
        var training = table.Take([.. Enumerable.Range(0, 600)]);
        var validation = table.Take([.. Enumerable.Range(600, 600)]);
        var options = Small with { Trees = 200, LearningRate = 0.3, EarlyStopping = 10 };
        var stopped = Train(training, options, validation);
        var all = Train(training, options with { EarlyStopping = 0 }, validation);
        Assert.That(all.Trees, Has.Count.EqualTo(200));
        Assert.That(stopped.Trees, Has.Count.InRange(2, 100));
        Assert.That(stopped.Trees[^1].LeafValue, Is.EqualTo(all.Trees[stopped.Trees.Count - 1].LeafValue));
        var best = Loss(stopped.Trees.Count);
        for (var trees = 1; trees <= stopped.Trees.Count + 10; trees++)
            Assert.That(Loss(trees), Is.GreaterThanOrEqualTo(best - 1e-7), $"{trees} trees");

        double Loss(int trees) =>
            Tables.LeastLoss(
                new BoostedTrees(all.Features, [.. all.Trees.Take(trees)]).RawScores(validation),
                validation.Labels
            );
    }

    [Test]
    public void A_drifted_share_of_positives_does_not_end_training_early()
    {
        var table = Tables.Random(3000, 4, seed: 16);
        var training = table.Take([.. Enumerable.Range(0, 1500)]);
        var later = Enumerable.Range(1500, 1500).ToArray();
        // The later period has four times the odds of a positive for everybody: every other negative is dropped twice.
        var drifted = later.Where(row => table.Labels[row] == 1 || row % 4 == 0).ToArray();
        var options = Small with { Trees = 100, LearningRate = 0.1, EarlyStopping = 10 };
        var plain = Train(training, options, table.Take(later)).Trees.Count;
        var shifted = Train(training, options, table.Take(drifted)).Trees.Count;
        Assert.That(shifted, Is.InRange(plain / 2, plain * 2));
    }

    [Test]
    public void A_weight_of_three_is_the_row_three_times()
    {
        var table = Tables.Random(300, 4, seed: 17);
        var weights = Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? 3f : 1f).ToArray();
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        var weighted = new FeatureTable(
            table.Features,
            table.Contacts,
            table.AsOf,
            table.Columns,
            table.Labels,
            weights
        );
        // Counts of rows differ, so bounds and cuts that go by them are kept out of the way.
        var options = Small with
        {
            Trees = 5,
            MinimumRows = 1,
            CategorySmoothing = 0,
            MinimumLevelRows = 1,
        };
        var a = Train(weighted, options).RawScores(table);
        var b = Train(table.Take(repeated), options).RawScores(table);
        Assert.That(a, Is.EqualTo(b).Within(1e-9));
    }

    [Test]
    public void The_start_is_the_log_odds_of_the_share_of_positives_and_lies_in_the_first_tree()
    {
        var labels = Enumerable.Range(0, 100).Select(row => row < 20 ? 1f : 0f).ToArray();
        var constant = Train(Tables.Numeric([new float[100]], labels));
        Assert.That(constant.Trees, Has.Count.EqualTo(1));
        Assert.That(constant.RawScore([0]), Is.EqualTo(Math.Log(0.25)).Within(1e-12));
        var x = Enumerable.Range(0, 100).Select(row => (float)(row % 2)).ToArray();
        var grown = Train(Tables.Numeric([x], labels), Small with { Trees = 1, LearningRate = 1e-9 });
        Assert.That(grown.RawScore([0]), Is.EqualTo(Math.Log(0.25)).Within(1e-6));
    }

    [Test]
    public void The_first_step_is_Newton_s()
    {
        // 8 rows at p = 1/2, so g = ±1/2 and h = 1/4: the left leaf of 4 rows holds 1 positive, the right 3.
        // -lr G/(H + λ) = 0.2 · 1 / (1 + 1) = 0.1 up or down.
        float[] x = [0, 0, 0, 0, 1, 1, 1, 1];
        float[] labels = [1, 0, 0, 0, 1, 1, 1, 0];
        var model = Train(Tables.Numeric([x], labels), Small with { Trees = 1, MinimumRows = 4 });
        Assert.That(model.RawScore([0]), Is.EqualTo(-0.1).Within(1e-9));
        Assert.That(model.RawScore([1]), Is.EqualTo(0.1).Within(1e-9));
        Assert.That(model.Trees[0].SplitGain[0], Is.EqualTo(1.0).Within(1e-9), "1/2 + 1/2 - 0");
        Assert.That(model.Trees[0].LeafCount, Is.EqualTo(new[] { 4, 4 }));
        Assert.That(model.Trees[0].Threshold[0], Is.EqualTo(0.5));
    }

    [Test]
    public void Counts_of_every_node_are_the_rows_that_reach_it_and_bounds_hold()
    {
        var table = Tables.Random(1500, 6, seed: 18);
        var options = Small with { Trees = 5, MinimumRows = 30, MinimumHessian = 4 };
        var model = Train(table, options);
        foreach (var tree in model.Trees)
        {
            var rows = new long[tree.LeafTotal];
            for (var row = 0; row < table.RowCount; row++)
                rows[tree.LeafOf(table.Columns, row)]++;
            Assert.That(tree.LeafCount, Is.EqualTo(rows));
            Assert.That(rows, Has.All.GreaterThanOrEqualTo(30));
            Assert.That(tree.LeafWeight, Has.All.GreaterThanOrEqualTo(4));
            Assert.That(tree.LeafTotal, Is.LessThanOrEqualTo(options.Leaves));
        }
    }

    [TestCase(370, 100)]
    [TestCase(2000, 10)]
    public void Small_tables_are_learned_without_harm(int rows, int features)
    {
        // 20 positives in 2000 rows, or 370 rows of 100 features: one feature tells a little, the others nothing.
        var random = new Random(19);
        var columns = Enumerable.Range(0, features).Select(_ => Normal(random, 2 * rows)).ToArray();
        var threshold = columns[0].Order().ElementAt((int)(2 * rows * (rows == 2000 ? 0.99 : 0.7)));
        var labels = columns[0].Select(v => v + 0.5 * (random.NextDouble() - 0.5) > threshold ? 1f : 0f).ToArray();
        var table = Tables.Numeric(columns, labels);
        var model = Train(table.Take([.. Enumerable.Range(0, rows)]), new TrainingOptions());
        var test = table.Take([.. Enumerable.Range(rows, rows)]);
        Assert.That(Tables.Auc(model.RawScores(test), test.Labels), Is.GreaterThan(0.9));
    }

    static float[] Normal(Random random, int rows) =>
        [.. Enumerable.Range(0, rows).Select(_ => (float)Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5))];

    [Test]
    public void Another_seed_draws_other_rows_and_the_same_seed_the_same()
    {
        var table = Tables.Random(800, 6, seed: 20);
        var options = Small with { Trees = 5, RowShare = 0.5, Seed = 4 };
        var first = ModelFile.Bytes(Train(table, options));
        Assert.That(ModelFile.Bytes(Train(table, options)), Is.EqualTo(first));
        Assert.That(ModelFile.Bytes(Train(table, options with { Seed = 5 })), Is.Not.EqualTo(first));
        Assert.That(Train(table, options).Trees.Select(tree => tree.LeafCount.Sum()), Has.All.EqualTo(400));
    }

    [Test]
    public void However_few_features_a_tree_may_use_it_sees_two_act_together()
    {
        var random = new Random(23);
        float[][] bits = [.. Enumerable.Range(0, 2).Select(_ => Bits(random, 1000))];
        var labels = bits[0].Zip(bits[1], (a, b) => a == b ? 1f : 0f).ToArray();
        // Both bits alone tell nothing; a little noise lets the first question be asked.
        labels[0] = 1 - labels[0];
        var model = Train(Tables.Numeric(bits, labels), Small with { FeatureShare = 0.01 });
        Assert.That(model.RawScore([1, 1]) - model.RawScore([1, 0]), Is.GreaterThan(4));
    }

    static float[] Bits(Random random, int rows) => [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(2))];

    [Test]
    public void Progress_is_told_and_a_cancelled_training_ends()
    {
        var table = Tables.Random(300, 4, seed: 21);
        using var source = new CancellationTokenSource();
        var told = new List<(int, int)>();
        var progress = new Told(step =>
        {
            told.Add(step);
            if (told.Count == 3)
                source.Cancel();
        });
        Assert.That(
            () => new HistogramTrainer().Train(table, null, Small, progress, source.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(told, Is.EqualTo(new[] { (1, 40), (2, 40), (3, 40) }));
    }

    sealed class Told(Action<(int, int)> report) : IProgress<(int Grown, int Asked)>
    {
        public void Report((int Grown, int Asked) value) => report(value);
    }
}
