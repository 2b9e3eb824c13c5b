using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class ReportingDelayTests
{
    static readonly DateTime _asOf = LakeWorld.Utc("2025-12-01");

    [Test]
    public void It_is_the_days_within_which_nine_of_ten_were_reported()
    {
        // 0, 1, 2 ... 20 days late: nine tenths of the way from the first to the last is 18.
        Assert.That(Measured(Enumerable.Range(0, 21)), Is.EqualTo(18));
        Assert.That(Measured(Enumerable.Repeat(5.25, 30)), Is.EqualTo(6), "a day begun is a day");
    }

    [Test]
    public void Fewer_than_20_outcomes_tell_nothing()
    {
        Assert.That(Measured(Enumerable.Repeat(9, 19)), Is.Zero);
        Assert.That(Measured(Enumerable.Repeat(9, 20)), Is.EqualTo(9));
        Assert.That(Measured(Array.Empty<int>()), Is.Zero);
    }

    [Test]
    public void What_the_settings_say_is_not_measured() =>
        Assert.That(Measured(Enumerable.Repeat(9, 20), new LabelSettings { ReportingDelayDays = 3 }), Is.EqualTo(3));

    [Test]
    public void Outcomes_that_are_not_to_be_foreseen_do_not_count() =>
        Assert.That(Measured(Enumerable.Repeat(9, 20), new LabelSettings { Positive = ["visited"] }), Is.Zero);

    [Test]
    public void Reports_of_later_days_are_not_looked_at() =>
        Assert.That(Measured([.. Enumerable.Repeat(9, 20), .. Enumerable.Repeat(400, 20)]), Is.EqualTo(9));

    [Test]
    public void A_training_leaves_out_horizons_whose_movers_are_not_reported_yet()
    {
        using var world = World(Enumerable.Repeat(40, 20).Select(days => (double)days));
        var settings = new HomeSettings { Label = new LabelSettings { HorizonDays = 30 } };
        var lake = world.Write();
        DateTime Last(HomeSettings with) => TrainingTable.Build(world.Home, lake, with, _asOf).AsOf[^1];
        // The last fact is of 2025-11-30: 30 days before it, and 40 more.
        Assert.That(
            Last(settings with { Label = settings.Label with { ReportingDelayDays = 0 } }),
            Is.EqualTo(LakeWorld.Utc("2025-09-30T22:00:00Z"))
        );
        Assert.That(Last(settings), Is.EqualTo(LakeWorld.Utc("2025-08-31T22:00:00Z")));
    }

    static int Measured(IEnumerable<int> daysLate, LabelSettings? label = null) =>
        Measured(daysLate.Select(days => (double)days), label);

    static int Measured(IEnumerable<double> daysLate, LabelSettings? label = null)
    {
        using var world = World(daysLate);
        return ReportingDelay.Days(world.Write(), label ?? new LabelSettings(), _asOf, CancellationToken.None);
    }

    static LakeWorld World(IEnumerable<double> daysLate)
    {
        var world = new LakeWorld();
        var happened = LakeWorld.Utc("2025-01-15");
        foreach (var (days, i) in daysLate.Select((days, i) => (days, i)))
            world.Outcomes.Add(new WorldOutcome($"c{i}", happened, happened.AddDays(days), "moved"));
        world.Grant("anna");
        world.Trace("anna", "2025-01-02", "page_view");
        world.Trace("anna", "2025-11-30", "page_view");
        return world;
    }
}
