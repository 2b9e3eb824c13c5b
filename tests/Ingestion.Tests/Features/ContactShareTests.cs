using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>Training on a share of the contacts, where all have more rows than it may look at.</summary>
public class ContactShareTests
{
    const int Contacts = 1500;

    [Test]
    public void Of_too_many_rows_those_of_a_share_of_the_contacts_are_taken_all_of_a_contact_or_none()
    {
        using var world = World();
        var lake = world.Write();
        var all = Build(world, lake, int.MaxValue);
        var some = Build(world, lake, 2000);
        Assert.That(all.ContactShare, Is.EqualTo(1));
        Assert.That(all.RowCount, Is.GreaterThan(8000));
        Assert.That(some.ContactShare, Is.InRange(0.1, 0.4));
        Assert.That(some.RowCount, Is.InRange(1400, 2600));

        var taken = some.Contacts.ToHashSet(StringComparer.Ordinal);
        Assert.That(some.Features.Select(f => f.Name), Is.EqualTo(all.Features.Select(f => f.Name)));
        Assert.That(Rows(some), Is.EqualTo(Rows(all).Where(row => taken.Contains(row.Contact))));
        Assert.That(some.Labels.Average(), Is.EqualTo(all.Labels.Average()).Within(0.05));
    }

    [Test]
    public void As_many_rows_as_may_be_looked_at_are_all_taken()
    {
        using var world = World();
        var lake = world.Write();
        var rows = Build(world, lake, int.MaxValue).RowCount;
        Assert.That(Build(world, lake, 2 * rows), Has.Property("ContactShare").EqualTo(1));
        Assert.That(Build(world, lake, 2 * rows).RowCount, Is.EqualTo(rows));
    }

    [Test]
    public void Who_is_in_a_small_share_is_in_every_larger_one()
    {
        var cutoffs = Cutoffs.At(LakeWorld.Utc("2025-06-01"));
        string[] contacts = [.. Enumerable.Range(0, 20_000).Select(Id)];
        HashSet<string> before = [];
        foreach (var share in (double[])[0, 0.01, 0.2, 0.21, 0.9, 1])
        {
            var part = cutoffs.OfShare(share);
            var taken = contacts.Where(contact => part.Of(contact, null).Length > 0).ToHashSet(StringComparer.Ordinal);
            Assert.That(taken, Is.SupersetOf(before));
            Assert.That(taken, Has.Count.EqualTo(share * contacts.Length).Within(300));
            before = taken;
        }
        Assert.That(before, Has.Count.EqualTo(contacts.Length), "a share of 1 is all");
    }

    static string Id(int number) => number.ToString("'k'00000", CultureInfo.InvariantCulture);

    static FeatureTable Build(LakeWorld world, Lake lake, int most) =>
        TrainingTable.Build(
            world.Home,
            lake,
            new HomeSettings
            {
                Label = new LabelSettings { HorizonDays = 30 },
                MostTrainingRows = most,
            },
            LakeWorld.Utc("2025-12-01")
        );

    static IEnumerable<(string Contact, DateTime AsOf, float Label, float First)> Rows(FeatureTable table) =>
        Enumerable
            .Range(0, table.RowCount)
            .Select(row => (table.Contacts[row], table.AsOf[row], table.Labels[row], table.Columns[0][row]));

    // every tenth moves in the autumn
    static LakeWorld World()
    {
        var world = new LakeWorld();
        for (var number = 0; number < Contacts; number++)
        {
            var id = Id(number);
            world.Consents.Add(new WorldConsent(id, LakeWorld.Utc("2025-01-05"), "profiling", Granted: true));
            var first = LakeWorld.Utc("2025-01-10").AddDays(number % 90);
            world.Traces.Add(new WorldTrace(id, first, first, "page_view", "web"));
            var moved = LakeWorld.Utc("2025-09-20");
            if (number % 10 == 0)
                world.Outcomes.Add(new WorldOutcome(id, moved, moved, "moved"));
        }
        return world;
    }
}
