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
}
