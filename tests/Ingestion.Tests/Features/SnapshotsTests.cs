using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class SnapshotsTests
{
    static readonly LocalCalendar _calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"));

    static LakeSpan Span(string first, string last) => new(LakeWorld.Utc(first), LakeWorld.Utc(last));

    [Test]
    public void Months_begin_at_midnight_in_Stockholm_after_the_first_fact_and_up_to_the_last()
    {
        var span = Span("2025-01-31T23:00:00Z", "2025-04-30T22:00:00Z");
        Assert.That(
            Snapshots.Regular(SnapshotEvery.Month, span, _calendar),
            Is.EqualTo([
                LakeWorld.Utc("2025-02-28T23:00:00Z"),
                LakeWorld.Utc("2025-03-31T22:00:00Z"),
                LakeWorld.Utc("2025-04-30T22:00:00Z"),
            ])
        );
    }

    [TestCase(SnapshotEvery.Week, "2025-01-05T23:00:00Z", 17)] // Monday the 6th
    [TestCase(SnapshotEvery.Quarter, "2025-03-31T22:00:00Z", 1)]
    [TestCase(SnapshotEvery.Year, null, 0)]
    public void Other_rhythms_begin_at_their_first_local_midnight(SnapshotEvery every, string? first, int count)
    {
        var cutoffs = Snapshots.Regular(every, Span("2025-01-02", "2025-05-01"), _calendar);
        Assert.That(cutoffs, Has.Count.EqualTo(count));
        Assert.That(cutoffs.Take(1), Is.EqualTo(first is null ? [] : new[] { LakeWorld.Utc(first) }));
    }

    [Test]
    public void Training_looks_back_from_every_month_whose_horizon_is_over()
    {
        using var world = World();
        var settings = new HomeSettings { Label = new LabelSettings { HorizonDays = 30 } };
        var table = TrainingTable.Build(world.Home, world.Write(), settings, LakeWorld.Utc("2025-05-10"));
        Assert.That(
            Rows(table),
            Is.EqualTo([
                "2025-01-31T23:00 anna 0",
                "2025-02-28T23:00 anna 1", // moved on 2025-03-20
                "2025-02-28T23:00 bo 0",
                "2025-03-31T22:00 bo 0",
            ])
        );
        Assert.That(table.Columns[0][2], Is.EqualTo(1), "bo's traces of the last 7 days"); // count.7d
    }

    [Test]
    public void Days_of_the_settings_are_local_midnights()
    {
        using var world = World();
        var settings = new HomeSettings
        {
            Label = new LabelSettings { HorizonDays = 30 },
            Snapshots = new SnapshotSettings { Days = [new DateOnly(2025, 3, 15)] },
        };
        var table = TrainingTable.Build(world.Home, world.Write(), settings, LakeWorld.Utc("2025-05-10"));
        Assert.That(Rows(table), Is.EqualTo(["2025-03-14T23:00 anna 1", "2025-03-14T23:00 bo 0"]));
    }

    [Test]
    public void A_cut_off_may_come_so_long_after_each_first_trace()
    {
        using var world = World();
        var settings = new HomeSettings
        {
            Label = new LabelSettings { HorizonDays = 30 },
            Snapshots = new SnapshotSettings { AfterFirstTraceDays = 28 },
        };
        var table = TrainingTable.Build(world.Home, world.Write(), settings, LakeWorld.Utc("2025-05-10"));
        Assert.That(Rows(table), Is.EqualTo(["2025-02-12T12:00 anna 0", "2025-03-25T12:00 bo 0"]));
    }

    [Test]
    public void A_file_may_give_each_contact_its_own()
    {
        using var world = World();
        File.WriteAllText(
            Path.Combine(world.Home, "cutoffs.csv"),
            "contact,at\nanna,2025-03-01T00:00:00Z\nbo,2025-04-01\nnobody,2025-04-01\n"
        );
        var settings = new HomeSettings
        {
            Label = new LabelSettings { HorizonDays = 30 },
            Snapshots = new SnapshotSettings { File = "cutoffs.csv" },
        };
        var table = TrainingTable.Build(world.Home, world.Write(), settings, LakeWorld.Utc("2025-05-10"));
        Assert.That(Rows(table), Is.EqualTo(["2025-03-01T00:00 anna 1", "2025-03-31T22:00 bo 0"]));
    }

    [TestCase(null, "is missing")]
    [TestCase("contact,at\nanna,1/3/2025\n", "cutoffs.csv row 1: at is '1/3/2025', expected a day")]
    [TestCase("who,when\nanna,2025-03-01\n", "cutoffs.csv has no column 'contact'")]
    public void A_file_that_is_none_is_named(string? text, string expected)
    {
        using var world = World();
        if (text is not null)
            File.WriteAllText(Path.Combine(world.Home, "cutoffs.csv"), text);
        var settings = new HomeSettings { Snapshots = new SnapshotSettings { File = "cutoffs.csv" } };
        Assert.That(
            () => TrainingTable.Build(world.Home, world.Write(), settings, LakeWorld.Utc("2025-05-10")),
            Throws.TypeOf<IngestionException>().With.Message.Contains(expected)
        );
    }

    [Test]
    public void An_empty_lake_gives_an_empty_table()
    {
        using var world = new LakeWorld();
        var table = TrainingTable.Build(world.Home, world.Write(), new HomeSettings(), LakeWorld.Utc("2025-05-10"));
        Assert.That(table.RowCount, Is.Zero);
        Assert.That(table.Features, Has.Count.GreaterThan(100));
    }

    // Anna is known from 15/1 and moves on 20/3; bo from 25/2; the last fact is of 5/5.
    static LakeWorld World()
    {
        var world = new LakeWorld();
        foreach (
            var (contact, day) in (ReadOnlySpan<(string, string)>)
                [("anna", "2025-01-15T12:00:00Z"), ("bo", "2025-02-25T12:00:00Z")]
        )
        {
            world.Consents.Add(new WorldConsent(contact, LakeWorld.Utc(day), "profiling", Granted: true));
            world.Trace(contact, day, "page_view");
        }
        var moved = LakeWorld.Utc("2025-03-20");
        world.Outcomes.Add(new WorldOutcome("anna", moved, moved.AddDays(10), "moved"));
        world.Trace("bo", "2025-05-05", "page_view");
        world.Trace("bo", "2025-06-05", "page_view");
        return world;
    }

    static IEnumerable<string> Rows(FeatureTable table) =>
        Enumerable
            .Range(0, table.RowCount)
            .Select(row =>
                FormattableString.Invariant(
                    $"{table.AsOf[row]:yyyy-MM-ddTHH:mm} {table.Contacts[row]} {table.Labels[row]}"
                )
            );
}
