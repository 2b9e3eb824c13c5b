using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;
using LeadScoring.Scoring.Tuning;

namespace LeadScoring.Scoring.Tests.Tuning;

public sealed class TrainingGridTests
{
    static IReadOnlyList<TrainingOptions> Grid(int features, int rows, int positives, TrainModelOptions? options = null)
    {
        float[] labels = [.. Enumerable.Range(0, rows).Select(row => row < positives ? 1f : 0)];
        var table = new FeatureTable(
            [.. Enumerable.Range(0, features).Select(feature => Feature.Numeric($"f{feature}", "traces"))],
            null,
            [.. Enumerable.Repeat(Worlds.Start, rows)],
            [.. Enumerable.Range(0, features).Select(_ => new float[rows])],
            labels
        );
        return TrainingGrid.For(table, options ?? new());
    }

    [Test]
    public void Few_features_are_asked_together_and_none_is_kept_back()
    {
        var grid = Grid(3, 1000, 100);
        Assert.That(grid.Select(options => options.Leaves), Is.EqualTo([4, 8]));
        Assert.That(grid.Select(options => options.FeatureShare), Has.All.EqualTo(1));
    }

    [TestCase(199, 4)]
    [TestCase(200, 5)]
    public void Small_tables_try_from_plain_to_rich_and_eight_leaves_only_with_positives_enough(
        int positives,
        int tried
    )
    {
        var grid = Grid(4, 1000, positives);
        Assert.That(grid, Has.Count.EqualTo(tried));
        Assert.That(grid.Select(options => options.Leaves), Is.Ordered);
        Assert.That(grid[0].Leaves, Is.EqualTo(2));
    }

    [Test]
    public void Large_tables_have_one_setting_that_stops_by_itself()
    {
        var grid = Grid(201, 1000, 100);
        Assert.That(grid, Has.Count.EqualTo(1));
        Assert.That(grid[0].EarlyStopping, Is.GreaterThan(0));
    }

    [TestCase(1000, 100, 40, Description = "Four expected rows of the rarer outcome a leaf")]
    [TestCase(1000, 900, 40, Description = "which is rarer does not matter")]
    [TestCase(1000, 500, 8)]
    [TestCase(1000, 2, 130, Description = "never more than an eighth of the rows and five")]
    public void A_leaf_needs_more_rows_where_an_outcome_is_rare(int rows, int positives, int fewest) =>
        Assert.That(Grid(4, rows, positives)[0].MinimumRows, Is.EqualTo(fewest));

    [Test]
    public void Given_options_are_the_only_ones()
    {
        var given = new TrainingOptions { Trees = 7, Bags = 3 };
        Assert.That(
            Grid(4, 100, 50, new() { Training = given, Threads = 2 }),
            Is.EqualTo([given with { Threads = 2, Bags = 1 }])
        );
    }
}
