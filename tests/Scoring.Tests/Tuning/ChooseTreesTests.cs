using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Training;
using LeadScoring.Scoring.Tuning;

namespace LeadScoring.Scoring.Tests.Tuning;

public class ChooseTreesTests
{
    [Test]
    public void Every_training_row_is_held_out_once_and_scored_by_trees_of_the_other_folds()
    {
        var table = Worlds.Monthly(50, 4, seed: 1);
        var folds = Folds.ByContact(table, seed: 1);
        var given = new TrainingOptions
        {
            Trees = 30,
            Leaves = 4,
            MinimumRows = 5,
            EarlyStopping = 0,
        };
        var chosen = Choose(table, folds, given);
        Assert.That(chosen.Rows.Order(), Is.EqualTo(Enumerable.Range(0, table.RowCount)));
        var place = 0;
        foreach (var (fit, heldOut) in folds.Parts)
        {
            var trees = new HistogramTrainer().Train(
                table.Take(fit),
                null,
                given with
                {
                    Trees = chosen.Options.Trees,
                },
                null,
                CancellationToken.None
            );
            Assert.That(
                chosen.RawScores[place..(place + heldOut.Length)],
                Is.EqualTo(trees.RawScores(table.Take(heldOut))).Within(1e-12)
            );
            place += heldOut.Length;
        }
    }

    [Test]
    public void A_recipe_repeated_keeps_its_number_of_trees()
    {
        var table = Worlds.Monthly(50, 4, seed: 2);
        var folds = Folds.ByContact(table, seed: 1);
        var given = new TrainingOptions
        {
            Trees = 40,
            Leaves = 6,
            MinimumRows = 5,
            LearningRate = 0.2,
            EarlyStopping = 0,
            Bags = 3,
        };
        var options = new TrainModelOptions { Training = given, KeepTrees = true };
        var chosen = ChooseTrees.Run(table, folds, options, new HistogramTrainer(), null, CancellationToken.None);
        Assert.That(chosen.Options.Trees, Is.EqualTo(40));
        Assert.That(chosen.RawScores, Has.Length.EqualTo(table.RowCount).And.All.Not.NaN);
    }

    [Test]
    public void The_number_of_trees_is_where_the_held_out_loss_is_lowest()
    {
        var table = Worlds.Monthly(50, 4, seed: 2);
        var folds = Folds.ByContact(table, seed: 1);
        var given = new TrainingOptions
        {
            Trees = 40,
            Leaves = 6,
            MinimumRows = 5,
            LearningRate = 0.2,
            EarlyStopping = 0,
        };
        var chosen = Choose(table, folds, given);
        var slow = Enumerable
            .Range(1, 40)
            .MinBy(trees =>
                folds.Parts.Sum(part =>
                {
                    var fit = table.Take(part.Fit);
                    var held = table.Take(part.HeldOut);
                    var grown = new HistogramTrainer().Train(
                        fit,
                        null,
                        given with
                        {
                            Trees = trees,
                        },
                        null,
                        CancellationToken.None
                    );
                    return grown
                        .RawScores(held)
                        .Zip(held.Labels, (raw, label) => Metrics.LogLoss(1 / (1 + Math.Exp(-raw)), label))
                        .Sum();
                })
            );
        Assert.That(chosen.Options.Trees, Is.EqualTo(slow));
        Assert.That(chosen.Options.EarlyStopping, Is.Zero, "the final trees are grown to that number");
    }

    [Test]
    public void Noise_is_met_with_few_plain_trees()
    {
        var table = Worlds.Monthly(100, 3, seed: 3);
        var chance = new Random(4);
        for (var row = 0; row < table.RowCount; row++)
            table.Labels[row] = chance.Next(4) == 0 ? 1 : 0;
        var chosen = TrainingGrid.For(table, new TrainModelOptions());
        var found = ChooseTrees.Run(
            table,
            Folds.ByContact(table, 1),
            new TrainModelOptions(),
            new HistogramTrainer(),
            null,
            CancellationToken.None
        );
        Assert.That(found.Options.Leaves, Is.EqualTo(chosen[0].Leaves));
        Assert.That(found.Options.Trees, Is.LessThan(60));
    }

    [TestCase(0.02)]
    [TestCase(0.5)]
    public void A_leaf_needs_more_rows_the_rarer_a_class_is(double rate)
    {
        var table = Worlds.Monthly(1000, 1, seed: 5);
        for (var row = 0; row < 1000; row++)
            table.Labels[row] = row < 1000 * rate ? 1 : 0;
        var least = TrainingGrid
            .For(table, new TrainModelOptions())
            .Select(grid => grid.MinimumRows)
            .Distinct()
            .Single();
        Assert.That(least, Is.EqualTo(rate < 0.1 ? 130 : 8), "four of the rarer class, at most an eighth of the rows");
    }

    [TestCase(999, 4, 0.05)]
    [TestCase(1000, 7, 0.05)]
    [TestCase(3999, 7, 0.05)]
    [TestCase(4000, 15, 0.08)]
    [TestCase(15_999, 15, 0.08)]
    [TestCase(16_000, 31, 0.08)]
    public void A_large_table_grows_leaves_with_its_movers_not_with_their_rows(int movers, int leaves, double rate)
    {
        var table = Worlds.Monthly(40_000, 2, seed: 5);
        for (var row = 0; row < table.RowCount; row++)
            table.Labels[row] = row % 40_000 < movers ? 1 : 0;
        var only = TrainingGrid.For(table, new TrainModelOptions()).Single();
        Assert.That(only.Leaves, Is.EqualTo(leaves));
        Assert.That(only.LearningRate, Is.EqualTo(rate));
    }

    [Test]
    public void Given_options_are_taken_as_they_are()
    {
        var given = new TrainingOptions { Leaves = 9, Trees = 12 };
        var grid = TrainingGrid.For(
            Worlds.Monthly(20, 2, seed: 1),
            new TrainModelOptions { Training = given, Threads = 2 }
        );
        Assert.That(grid.Single(), Is.EqualTo(given with { Threads = 2 }));
    }

    static ChosenTrees Choose(FeatureTable table, Folds folds, TrainingOptions given) =>
        ChooseTrees.Run(
            table,
            folds,
            new TrainModelOptions { Training = given },
            new HistogramTrainer(),
            null,
            CancellationToken.None
        );
}
