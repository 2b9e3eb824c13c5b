using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class StoredFollowUpTests(StoreKind kind)
{
    [Test]
    public void A_settled_follow_up_is_not_planned_again_and_not_settled_twice()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        var key = Commits.FollowUp("k1", Commits.Day).Key;

        Assert.That(store.Settle(key, FollowUpState.Sent), Is.True);
        Assert.That(store.Settle(key, FollowUpState.Lapsed), Is.False);
        Assert.That(store.CommitFunnel(Commits.Of("k1")).FollowUps, Is.Zero);
        Assert.That(store.FollowUpsOf(new("k1")).Single().State, Is.EqualTo(FollowUpState.Sent));
    }

    [Test]
    public void A_follow_up_is_due_from_its_instant_on()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        var due = Commits.FollowUp("k1", Commits.Day).DueAt;

        Assert.That(store.FollowUpsDue(due), Is.Empty);
        Assert.That(store.FollowUpsDue(due.AddMicroseconds(1)), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_an_earlier_stage_planned_lapses_with_the_change()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1", "k2"));
        var next = Commits.Day.AddDays(1);
        var planned = Commits.FollowUp("k1", next) with { Stage = Stage.Desire };

        var rows = store.CommitFunnel(
            new(Commits.Of().Watermark)
            {
                Changes = [Commits.Change("k1", next, Stage.Interest, Stage.Desire)],
                FollowUps = [planned],
            }
        );
        Assert.That(rows.FollowUpsLapsed, Is.EqualTo(1));
        Assert.That(
            store.FollowUpsPlanned().Select(f => f.FollowUp),
            Is.EqualTo(new[] { Commits.FollowUp("k2", Commits.Day), planned })
        );
    }

    [TestCase(Stage.Desire, 1)]
    [TestCase(Stage.Closed, 0)]
    public void The_call_to_a_list_place_outlives_a_change_unless_nobody_is_left_to_call(Stage to, int planned)
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var call = Commits.FollowUp("k1", Commits.Day) with { Kind = FollowUpKind.Call, Cause = Cause.ListPlace };
        store.CommitFunnel(Commits.Of("k1") with { FollowUps = [call] });
        store.CommitFunnel(
            new(Commits.Of().Watermark) { Changes = [Commits.Change("k1", Commits.Day.AddDays(1), Stage.Interest, to)] }
        );
        Assert.That(store.FollowUpsPlanned(), Has.Count.EqualTo(planned));
    }
}
