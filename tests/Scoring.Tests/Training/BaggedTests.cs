using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>Several models of different seeds, averaged into one.</summary>
public sealed class BaggedTests
{
    static readonly TrainingOptions Options = new()
    {
        Trees = 12,
        RowShare = 0.6,
        FeatureShare = 0.5,
        Seed = 5,
        MinimumRows = 5,
    };

    [Test]
    public void The_raw_score_is_the_mean_of_the_models_own()
    {
        var table = Tables.Random(400, 6, seed: 3);
        var bagged = Train(Options with { Bags = 3 }).RawScores(table);
        double[][] alone =
        [
            .. new[] { 5, 5 + 7919, 5 + 2 * 7919 }.Select(seed => Train(Options with { Seed = seed }).RawScores(table)),
        ];
        for (var row = 0; row < table.RowCount; row++)
            Assert.That(bagged[row], Is.EqualTo((alone[0][row] + alone[1][row] + alone[2][row]) / 3).Within(1e-12));
    }

    [Test]
    public void Its_contributions_add_up_to_the_raw_score()
    {
        var model = Train(Options with { Bags = 4 });
        var row = new double[] { 0.3, -1, double.NaN, 2, 0, 1, 2, 11 };
        var contributions = new double[row.Length + 1];
        TreeShap.Contributions(model, row, contributions);
        Assert.That(contributions.Sum(), Is.EqualTo(model.RawScore(row)).Within(1e-9));
    }

    [Test]
    public void Threads_change_no_byte() =>
        Assert.That(
            ModelFile.Bytes(Train(Options with { Bags = 3, Threads = 1 })),
            Is.EqualTo(ModelFile.Bytes(Train(Options with { Bags = 3, Threads = 3 })))
        );

    static BoostedTrees Train(TrainingOptions options) =>
        new HistogramTrainer().Train(Tables.Random(400, 6, seed: 3), null, options, null, CancellationToken.None);
}
