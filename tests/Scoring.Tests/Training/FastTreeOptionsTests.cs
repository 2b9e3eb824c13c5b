using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>What the options mean to FastTree, and what becomes of its models.</summary>
[Category("MLNet")]
public sealed class FastTreeOptionsTests
{
    static readonly TrainingOptions Small = new()
    {
        Trees = 30,
        Leaves = 8,
        LearningRate = 0.2,
        MinimumRows = 5,
        FeatureShare = 1,
        RowShare = 1,
    };

    static BoostedTrees Train(FeatureTable table, TrainingOptions? options = null, FeatureTable? validation = null) =>
        new FastTreeTrainer().Train(table, validation, options ?? Small, null, CancellationToken.None);

    [Test]
    public void Written_and_read_again_with_or_without_our_features_a_model_scores_bit_by_bit_the_same()
    {
        var table = Tables.Random(4000, 6, seed: 31);
        var model = Train(table);
        var bytes = ModelFile.Bytes(model);
        Assert.That(model.Trees.Any(tree => tree.CategoryBits.Length > 0), "no tree split by levels");
        Assert.That(
            ModelFile.Parse(bytes, "again", table.Features).RawScores(table),
            Is.EqualTo(model.RawScores(table))
        );
        var imported = ModelFile.Parse(bytes, "imported");
        Assert.That(imported.RawScores(table), Is.EqualTo(model.RawScores(table)));
        Assert.That(ModelFile.Bytes(imported), Is.EqualTo(bytes));
    }

    [Test]
    public void The_same_table_options_and_seed_give_the_same_bytes_and_another_seed_others()
    {
        var table = Tables.Random(3000, 6, seed: 32);
        var options = Small with { RowShare = 0.7, FeatureShare = 0.5 };
        var first = ModelFile.Bytes(Train(table, options));
        Assert.That(ModelFile.Bytes(Train(table, options with { Threads = 2 })), Is.EqualTo(first));
        Assert.That(ModelFile.Bytes(Train(table, options with { Seed = 2 })), Is.Not.EqualTo(first));
    }

    [TestCase(2)]
    [TestCase(4)]
    [TestCase(15)]
    public void No_tree_has_more_leaves_or_fewer_rows_a_leaf_than_asked(int leaves)
    {
        var table = Tables.Of(
            [.. Tables.Random(3000, 6, seed: 33).Features.Take(6)],
            Tables.Random(3000, 6, seed: 33).Columns[..6],
            Tables.Random(3000, 6, seed: 33).Labels
        );
        var model = Train(table, Small with { Leaves = leaves, MinimumRows = 40 });
        Assert.That(model.Trees, Has.Count.EqualTo(30));
        Assert.That(model.Trees.Max(tree => tree.LeafTotal), Is.EqualTo(leaves));
        Assert.That(model.Trees.SelectMany(tree => tree.LeafCount), Has.All.GreaterThanOrEqualTo(40));
    }

    [Test]
    public void Early_stopping_keeps_the_trees_of_least_log_loss_on_the_validation_rows()
    {
        var table = Tables.Random(1600, 6, seed: 34);
        var training = table.Take([.. Enumerable.Range(0, 800)]);
        var validation = table.Take([.. Enumerable.Range(800, 800)]);
        var options = Small with { Trees = 150, LearningRate = 0.3, EarlyStopping = 20 };
        var stopped = Train(training, options, validation);
        var all = Train(training, options with { EarlyStopping = 0 }, validation);
        Assert.That(all.Trees, Has.Count.EqualTo(150));
        Assert.That(stopped.Trees, Has.Count.InRange(2, 100));
        Assert.That(stopped.Trees[^1].LeafValue, Is.EqualTo(all.Trees[stopped.Trees.Count - 1].LeafValue));
        var best = Loss(stopped.Trees.Count);
        for (var trees = 1; trees <= stopped.Trees.Count + 20; trees++)
            Assert.That(Loss(trees), Is.GreaterThanOrEqualTo(best - 1e-7), $"{trees} trees");

        double Loss(int trees) =>
            Tables.LeastLoss(
                new BoostedTrees(all.Features, [.. all.Trees.Take(trees)]).RawScores(validation),
                validation.Labels
            );
    }

    [Test]
    public void Rare_positives_do_not_end_training_at_the_first_tree()
    {
        // One row in thirty is positive, so that nobody is foreseen to be and the share foreseen wrongly never changes.
        var random = new Random(37);
        var x = Enumerable.Range(0, 6000).Select(_ => (float)random.NextDouble()).ToArray();
        var labels = x.Select(v => random.NextDouble() < (v > 0.8 ? 0.1 : 0.015) ? 1f : 0f).ToArray();
        var table = Tables.Numeric([x], labels);
        var options = Small with { Trees = 200, LearningRate = 0.05, EarlyStopping = 20 };
        int[] earlier = [.. Enumerable.Range(0, 3000)];
        int[] later = [.. Enumerable.Range(3000, 3000)];
        Assert.That(Train(table.Take(earlier), options, table.Take(later)).Trees, Has.Count.GreaterThan(10));
    }

    [Test]
    public void Bags_are_averaged()
    {
        var table = Tables.Random(1000, 4, seed: 35);
        var options = Small with { Trees = 10, RowShare = 0.7 };
        var bagged = Train(table, options with { Bags = 2 }).RawScores(table);
        var (first, second) = (Train(table, options), Train(table, options with { Seed = 1 + 7919 }));
        double[] mean = [.. first.RawScores(table).Zip(second.RawScores(table), (one, other) => (one + other) / 2)];
        Assert.That(bagged, Is.EqualTo(mean).Within(1e-12));
    }

    [Test]
    public void Rows_that_weigh_more_pull_the_score()
    {
        // One constant question: in either half as many ones as zeros, the ones of the right half five times as heavy.
        var x = Enumerable.Range(0, 400).Select(row => row < 200 ? 0f : 1f).ToArray();
        var labels = Enumerable.Range(0, 400).Select(row => (float)(row % 2)).ToArray();
        var weights = Enumerable.Range(0, 400).Select(row => row >= 200 && row % 2 == 1 ? 5f : 1f).ToArray();
        var model = Train(Tables.Numeric([x], labels, weights), Small with { Trees = 100 });
        Assert.That(model.RawScore([0]), Is.Zero.Within(0.01));
        Assert.That(model.RawScore([1]), Is.EqualTo(Math.Log(5)).Within(0.01));
    }

    [Test]
    public void Without_any_question_to_ask_the_score_is_the_log_odds_of_the_share()
    {
        var labels = Enumerable.Range(0, 100).Select(row => row < 20 ? 1f : 0f).ToArray();
        var model = Train(Tables.Numeric([new float[100]], labels));
        Assert.That(model.Trees, Has.Count.EqualTo(1));
        Assert.That(model.RawScore([0]), Is.EqualTo(Math.Log(0.25)).Within(1e-12));
    }

    [Test]
    public void A_monotone_feature_is_refused_as_it_could_not_be_kept()
    {
        var monotone = Small with { Monotone = new(["f0"], []) };
        Assert.That(
            () => Train(Tables.Random(100, 2, seed: 36), monotone),
            Throws.InstanceOf<ScoringException>().With.Message.Contains("train with --trainer histogram")
        );
    }

    [Test]
    public void The_whole_training_works_and_its_model_comes_back_from_the_registry()
    {
        var options = new TrainModelOptions { Label = LabelDefinition.Default with { HorizonDays = 60 } };
        var table = Worlds.Monthly(250, 16, seed: 1);
        var model = TrainModel.Run(table, options, new FastTreeTrainer(), null, CancellationToken.None);
        Assert.That(model.Description.Trainer, Is.EqualTo("fasttree"));
        Assert.That(model.Evaluation.Auc, Is.GreaterThan(0.7));
        Assert.That(model.Evaluation.Ece, Is.LessThan(0.05));
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "fasttree-registry");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var registry = new ModelRegistry(folder);
        registry.Promote(registry.Save(model).Id);
        var loaded = registry.Champion()!;
        Assert.That(Scores(loaded), Is.EqualTo(Scores(model)));
        Assert.That(loaded.Description.Trainer, Is.EqualTo("fasttree"));

        IEnumerable<(double, double, double)> Scores(TrainedModel of) =>
            ScoreContacts.Run(of, table, 3, 1, CancellationToken.None).Select(s => (s.Likelihood, s.Low, s.High));
    }
}
