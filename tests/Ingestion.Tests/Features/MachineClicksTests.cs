using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>Clicks of one contact as of 2025-07-01, counted by hand: those of people, and those of machines.</summary>
public class MachineClicksTests
{
    static readonly DateTime _asOf = LakeWorld.Utc("2025-07-01");

    // instants of one morning; 's' is a sending, 'c' a click
    [TestCase("s 09:00:00, c 09:00:00", 0, 1, TestName = "A click at the instant of the delivery is a machine's")]
    [TestCase("s 09:00:00, c 09:00:02", 0, 1, TestName = "Two seconds after the delivery still is a machine's")]
    [TestCase("s 09:00:00, c 09:00:02.000001", 1, 0, TestName = "A microsecond later is a person's")]
    [TestCase("s 09:00:00, c 09:00:02.001", 1, 0, TestName = "A millisecond later is a person's")]
    [TestCase("c 08:59:59, s 09:00:00", 1, 0, TestName = "Before the delivery is a person's")]
    [TestCase(
        "s 09:00:00, c 09:00:01, c 09:00:03",
        1,
        1,
        TestName = "Only the click within two seconds is a machine's"
    )]
    [TestCase("c 09:00:00, c 09:00:01", 2, 0, TestName = "A double click is a person's")]
    [TestCase("c 09:00:00, c 09:00:01, c 09:00:02", 0, 3, TestName = "Three clicks within two seconds are a machine's")]
    [TestCase(
        "c 09:00:00, c 09:00:01, c 09:00:02.001",
        3,
        0,
        TestName = "Three clicks in more than that are a person's"
    )]
    [TestCase(
        "c 09:00:00, c 09:00:01, c 09:00:02, c 09:00:03, c 09:00:06",
        1,
        4,
        TestName = "A burst goes on as long as three lie within two seconds"
    )]
    public void What_of_a_morning_is_a_machine_s(string morning, int people, int machines)
    {
        using var world = World(morning);
        Assert.That(Counts(world), Is.EqualTo((people, machines)));
    }

    [Test]
    public void The_order_in_which_the_lake_holds_them_does_not_matter()
    {
        string[] traces =
        [
            "s 09:00:00",
            "c 09:00:00",
            "c 09:00:01",
            "c 10:00:00",
            "c 10:00:00",
            "c 10:00:00",
            "c 11:00:00",
        ];
        for (var turn = 0; turn < traces.Length; turn++)
        {
            using var world = World(
                string.Join(", ", traces.Skip(turn).Concat(traces.Take(turn))),
                runs: 1 + (turn % 3)
            );
            Assert.That(Counts(world), Is.EqualTo((1, 5)), $"turned by {turn}");
        }
    }

    [Test]
    public void A_delivery_that_became_known_later_says_nothing_as_of_before()
    {
        using var world = World("c 09:00:01");
        var sent = LakeWorld.Utc("2025-06-01T09:00:00Z");
        world.Traces.Add(new WorldTrace("anna", sent, _asOf, "email_sent"));
        var lake = world.Write();
        Assert.That(Counts(lake, _asOf), Is.EqualTo((1, 0)));
        Assert.That(Counts(lake, _asOf.AddMicroseconds(1)), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_burst_of_which_only_two_clicks_were_before_the_instant_is_none_as_of_then()
    {
        using var world = World("c 09:00:00, c 09:00:01, c 09:00:02");
        var lake = world.Write();
        Assert.That(Counts(lake, LakeWorld.Utc("2025-06-01T09:00:02Z")), Is.EqualTo((2, 0)));
        Assert.That(Counts(lake, LakeWorld.Utc("2025-06-01T09:00:03Z")), Is.EqualTo((0, 3)));
    }

    [Test]
    public void Clicks_that_the_lake_calls_automated_make_a_burst_with_others()
    {
        using var world = World("c 09:00:00, c 09:00:01");
        var at = LakeWorld.Utc("2025-06-01T09:00:00.5Z");
        world.Traces.Add(new WorldTrace("anna", at, at, "email_click", Automated: true));
        Assert.That(Counts(world), Is.EqualTo((0, 3)));
    }

    [Test]
    public void Somebody_else_s_delivery_says_nothing()
    {
        using var world = World("c 09:00:01");
        world.Trace("bo", "2025-06-01T09:00:00Z", "email_sent");
        Assert.That(Counts(world), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Other_seconds_other_numbers_and_none_of_it()
    {
        using var world = World("s 09:00:00, c 09:00:05, c 10:00:00, c 10:00:01");
        var lake = world.Write();
        var rule = MachineRules.BuiltIn.Clicks;
        Assert.That(Counts(lake, _asOf, rule with { Seconds = 5 }), Is.EqualTo((2, 1)));
        Assert.That(Counts(lake, _asOf, rule with { Seconds = 4.5, Burst = 2 }), Is.EqualTo((1, 2)));
        Assert.That(Counts(lake, _asOf, rule with { Seconds = 5, Burst = 0 }), Is.EqualTo((2, 1)));
        Assert.That(Counts(lake, _asOf, rule with { Seconds = 0 }), Is.EqualTo((3, 0)));
        Assert.That(Counts(lake, _asOf, rule with { Kinds = ["of_nobody"] }), Is.EqualTo((3, 0)));
    }

    static LakeWorld World(string morning, int runs = 1)
    {
        var world = new LakeWorld { Runs = runs };
        world.Grant("anna", "bo");
        foreach (var trace in morning.Split(", "))
        {
            var at = LakeWorld.Utc($"2025-06-01T{trace[2..]}Z");
            world.Traces.Add(new WorldTrace("anna", at, at, trace[0] == 's' ? "email_sent" : "email_click", "email"));
        }
        return world;
    }

    static (int People, int Machines) Counts(LakeWorld world) => Counts(world.Write(), _asOf);

    /// <summary>Clicks that count, and traces of machines.</summary>
    static (int People, int Machines) Counts(Lake lake, DateTime asOf, ClickRule? rule = null)
    {
        Feature[] features =
        [
            new FeatureDefinition(Measure.Count, Dimension.Kind, "email_click", 0).ToFeature(),
            new FeatureDefinition(Measure.Automated).ToFeature(),
        ];
        var options = new FeatureBuildOptions(asOf, new HomeSettings())
        {
            Clicks = rule ?? MachineRules.BuiltIn.Clicks,
        };
        var table = FeatureBuild.Run(lake, features, Cutoffs.At(asOf), options);
        var row = Array.IndexOf(table.Contacts, "anna");
        return ((int)table.Columns[0][row], (int)table.Columns[1][row]);
    }
}
