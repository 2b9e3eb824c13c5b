using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests.Evaluation;

public class BacktestTests
{
    static TrainModelOptions Horizon(int days) => new() { Label = LabelDefinition.Default with { HorizonDays = days } };

    [Test]
    public void No_training_horizon_reaches_into_the_test_days([Range(1, 40)] int seed)
    {
        var chance = new Random(seed);
        var table = RandomTable(chance, out var horizon);
        var split = Backtest.Split(table, Horizon(horizon));
        Assert.That(split.Train.Intersect(split.Test), Is.Empty);
        Assert.That(Backtest.BothClasses(table, split.Train) && Backtest.BothClasses(table, split.Test));
        if (split.Kind == SplitKind.LaterDays)
        {
            var first = split.Test.Min(row => table.AsOf[row]);
            Assert.That(split.Train.Max(row => table.AsOf[row]).AddDays(horizon), Is.LessThanOrEqualTo(first));
            Assert.That(split.Warnings, Is.Empty);
        }
        else
        {
            Assert.That(split.Warnings, Is.Not.Empty, "anything less than a clean split is said");
        }
    }

    [Test]
    public void Later_validation_days_keep_their_distance_too()
    {
        var table = Worlds.Monthly(600, 24, seed: 1);
        var options = Horizon(60);
        var training = table.Take(Backtest.Split(table, options).Train);
        var folds = Folds.Of(training, options);
        Assert.That(folds.Later, Is.True);
        var (fit, heldOut) = folds.Parts.Single();
        Assert.That(
            fit.Max(row => training.AsOf[row]).AddDays(60),
            Is.LessThanOrEqualTo(heldOut.Min(row => training.AsOf[row]))
        );
    }

    [Test]
    public void The_test_part_is_about_a_quarter()
    {
        var split = Backtest.Split(Worlds.Monthly(200, 20, seed: 1), Horizon(30));
        Assert.That(
            split.Test.Length / (double)(split.Test.Length + split.Train.Length),
            Is.EqualTo(0.25).Within(0.05)
        );
    }

    [Test]
    public void Two_cut_off_days_are_enough()
    {
        var table = Worlds.Of(("a", 0, 1, 1), ("b", 0, 2, 0), ("c", 365, 1, 1), ("d", 365, 3, 0));
        var split = Backtest.Split(table, Horizon(180));
        Assert.That(split.Kind, Is.EqualTo(SplitKind.LaterDays));
        Assert.That(split.Train, Is.EqualTo<int[]>([0, 1]));
        Assert.That(split.Test, Is.EqualTo<int[]>([2, 3]));
    }

    [Test]
    public void Overlapping_horizons_are_said_with_the_contacts_in_both_parts()
    {
        var table = Worlds.Of(("a", 0, 1, 1), ("b", 0, 2, 0), ("a", 20, 1, 1), ("d", 20, 3, 0));
        var split = Backtest.Split(table, Horizon(180));
        Assert.That(split.Kind, Is.EqualTo(SplitKind.LaterDaysOverlapping));
        Assert.That(split.Warnings.Single(), Does.Contain("1 contacts are in both parts"));
    }

    [Test]
    public void A_forced_first_test_day_is_kept()
    {
        var options = Horizon(0) with { TestFrom = Worlds.Start.AddDays(20) };
        var table = Worlds.Of(("a", 0, 1, 1), ("b", 19, 2, 0), ("c", 20, 1, 1), ("d", 40, 3, 0));
        Assert.That(Backtest.Split(table, options).Test, Is.EqualTo<int[]>([2, 3]));
    }

    [Test]
    public void A_forced_day_without_both_outcomes_after_it_is_refused()
    {
        var options = Horizon(0) with { TestFrom = Worlds.Start.AddDays(30) };
        var table = Worlds.Of(("a", 0, 1, 1), ("b", 19, 2, 0), ("c", 20, 1, 1), ("d", 40, 3, 0));
        Assert.That(
            () => Backtest.Split(table, options),
            Throws.TypeOf<ScoringException>().With.Message.Contains("2024-01-31")
        );
    }

    [Test]
    public void Rows_without_time_are_parted_by_contact_and_it_is_said()
    {
        var table = Worlds.Monthly(300, 3, seed: 2);
        var split = Backtest.Split(table, Horizon(0) with { OrderedByTime = false });
        Assert.That(split.Warnings.Single(), Does.Contain("no time"));
        Assert.That(split.Test.Length / 900.0, Is.EqualTo(0.3).Within(0.01));
        Assert.That(
            split.Train.Select(row => table.Contacts[row]).Intersect(split.Test.Select(row => table.Contacts[row])),
            Is.Empty
        );
    }

    [Test]
    public void Folds_keep_a_contact_whole_and_share_the_positives_out()
    {
        var table = Worlds.Monthly(100, 4, seed: 3, logOdds: -5);
        var folds = Folds.ByContact(table, seed: 1);
        foreach (var (fit, heldOut) in folds.Parts)
        {
            Assert.That(fit.Length + heldOut.Length, Is.EqualTo(table.RowCount));
            Assert.That(
                fit.Select(row => table.Contacts[row]).Intersect(heldOut.Select(row => table.Contacts[row])),
                Is.Empty
            );
        }
        var positives = folds.Parts.Select(part => Contacts(table, part.HeldOut)).ToArray();
        Assert.That(positives.Max() - positives.Min(), Is.LessThanOrEqualTo(1));

        static int Contacts(FeatureTable table, int[] rows) =>
            rows.Where(row => table.Labels[row] == 1).Select(row => table.Contacts[row]).Distinct().Count();
    }

    static FeatureTable RandomTable(Random chance, out int horizon)
    {
        horizon = chance.Next(0, 120);
        var days = Enumerable.Range(0, 2 + chance.Next(12)).Select(_ => chance.Next(300)).Distinct().Order().ToArray();
        return Worlds.Of([
            .. days.SelectMany(day =>
                Enumerable
                    .Range(0, 5 + chance.Next(20))
                    .Select(i => ($"c{i}", day, (float)i, i < 2 ? i : (float)chance.Next(2)))
            ),
        ]);
    }
}
