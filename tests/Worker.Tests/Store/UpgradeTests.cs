using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>A store as the release before made it.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class UpgradeTests(StoreKind kind)
{
    const string Rows = """
        insert into positions (contact, stage, since, municipality, runner_up, cause, as_of)
        values ('k1', 'interest', '2026-03-02', 2582, 2581, 'likelihood', '2026-03-02');
        insert into follow_ups (key, contact, municipality, kind, stage, due_at, cause, state)
        values
            ('a', 'k1', 2582, 'email', 'interest', '2026-03-04T08:00:00.000000Z', 'likelihood', 'planned'),
            ('b', 'k1', 2582, 'call', 'interest', '2026-03-01T08:00:00.000000Z', 'list_place', 'done'),
            ('c', 'k1', 2582, 'email', 'interest', '2026-02-04T08:00:00.000000Z', 'likelihood', 'lapsed');
        """;

    [Test]
    public void What_was_planned_done_and_lapsed_before_sending_began_stays_so()
    {
        using var home = new StoreHome(kind);
        var migrations = StoreSql.Migrations(kind is StoreKind.Sqlite ? "sqlite" : "postgres");
        LeadStore.Open(home.Path, [.. migrations.Where(m => m.Number < 4)]).Dispose();
        using (var connection = home.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = Rows;
            command.ExecuteNonQuery();
        }

        using var store = LeadStore.Open(home.Path);
        Assert.That(
            store.FollowUpsOf(new("k1")).Select(f => (f.FollowUp.Key, f.State)),
            Is.EqualTo(new[] { ("c", FollowUpState.Lapsed), ("b", FollowUpState.Done), ("a", FollowUpState.Planned) })
        );
        Assert.That(
            new Sendings(store).Due(2582, new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc)).Single().Key,
            Is.EqualTo("a")
        );
        store.Erase(new("k1"), "5a17ed", new(2026, 3, 5));
        Assert.That(home.Ask("select count(*) from follow_ups"), Is.Zero, "the cascade came along");
    }

    [Test]
    public void A_store_from_before_looks_between_nights_begins_with_none_and_keeps_what_it_has()
    {
        using var home = new StoreHome(kind);
        var migrations = StoreSql.Migrations(kind is StoreKind.Sqlite ? "sqlite" : "postgres");
        LeadStore.Open(home.Path, [.. migrations.Where(m => m.Number < 8)]).Dispose();
        using (var connection = home.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = Rows;
            command.ExecuteNonQuery();
        }

        using var store = LeadStore.Open(home.Path);
        Assert.That(store.PositionOf(new("k1"))!.Stage, Is.EqualTo(Stage.Interest));
        Assert.That(store.FollowUpsOf(new("k1")), Has.Count.EqualTo(3));
        Assert.That(
            (store.Ahead().Count, store.LastLook(), store.Leaning()),
            Is.EqualTo((0, (AheadLook?)null, (RegionalPrior?)null))
        );
        store.CommitFunnel(Commits.Of("k1") with { Leaning = RegionalPrior.Even });
        var (night, look) = (store.Watermark()!, new AheadLook(Commits.Day, 1, Commits.Day, 2, 2, "f"));
        var start = new AheadStart(new("k1"), 2582, store.PositionOf(new("k1")));
        store.CommitFunnel(new(night) { Look = look, Ahead = [start] });
        Assert.That(store.Ahead().Values.Single(), Is.EqualTo(start));
        Assert.That(store.LastLook(), Is.EqualTo(look));
        Assert.That(store.Leaning()!.Text(), Is.EqualTo(RegionalPrior.Even.Text()));
    }
}
