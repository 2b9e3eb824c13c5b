using System.Diagnostics;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class CommitFunnelTests(StoreKind kind)
{
    [Test]
    public void What_is_committed_is_read_back_as_it_was()
    {
        using var home = new StoreHome(kind);
        var commit = Commits.Of("k1", "k2");
        CommittedRows rows;
        using (var store = LeadStore.Open(home.Path))
            rows = store.CommitFunnel(commit);

        using var again = LeadStore.Open(home.Path);
        Assert.That(rows, Is.EqualTo(new CommittedRows(2, 2, 2, 2, 0, 0)));
        Assert.That(again.Positions().Values, Is.EqualTo(commit.Positions));
        Assert.That(again.PositionOf(new("k2")), Is.EqualTo(commit.Positions.Last()));
        Assert.That(again.PositionOf(new("k3")), Is.Null);
        Assert.That(again.History(new("k1")), Is.EqualTo(new[] { commit.Changes.First() }));
        Assert.That(again.FollowUpsPlanned().Select(f => f.FollowUp), Is.EqualTo(commit.FollowUps));
        Assert.That(again.ListPlaces(Commits.Week), Is.EqualTo(commit.Places));
        Assert.That(again.Watermark(), Is.EqualTo(commit.Watermark));
    }

    [Test]
    public void Counts_are_those_of_what_is_read()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var commit = Commits.Of("k1", "k2", "k3", "k4");
        Stage[] stages = [Stage.Dormant, Stage.Attention, Stage.Action, Stage.Attention];
        store.CommitFunnel(
            commit with
            {
                Positions = [.. commit.Positions.Zip(stages, (position, stage) => position with { Stage = stage })],
            }
        );
        Assert.That(store.Settle(commit.FollowUps.First().Key, FollowUpState.Done));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                store.Stages().Select(one => (one.Key, one.Value)),
                Is.EqualTo([(Stage.Attention, 2), (Stage.Action, 1), (Stage.Dormant, 1)])
            );
            Assert.That(store.Contacts(), Is.EquivalentTo(commit.Positions.Select(position => position.Contact)));
            Assert.That(store.Planned(), Is.EqualTo(3).And.EqualTo(store.FollowUpsPlanned().Count));
        }
    }

    [Test]
    public void A_new_store_holds_nothing()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        Assert.That(store.Positions(), Is.Empty);
        Assert.That(store.Stages(), Is.Empty);
        Assert.That(store.Planned(), Is.Zero);
        Assert.That(store.Watermark(), Is.Null);
        Assert.That(store.Dump(), Is.Empty);
    }

    [Test]
    public void The_same_commit_again_changes_nothing()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1", "k2"));
        var before = store.Dump();

        Assert.That(store.CommitFunnel(Commits.Of("k1", "k2")), Is.EqualTo(default(CommittedRows)));
        Assert.That(store.Dump(), Is.EqualTo(before).And.Not.Empty);
    }

    [Test]
    public void Each_field_of_a_position_counts_as_a_change()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var p = Commits.Position("k1", Commits.Day);
        var watermark = Commits.Of().Watermark;
        store.CommitFunnel(new(watermark) { Positions = [p] });
        foreach (var changed in EachFieldChanged(p))
        {
            Assert.That(store.CommitFunnel(new(watermark) { Positions = [changed] }).Positions, Is.EqualTo(1));
            Assert.That(store.PositionOf(p.Contact), Is.EqualTo(changed));
            store.CommitFunnel(new(watermark) { Positions = [p] });
        }
    }

    [Test]
    public void A_commit_that_fails_on_its_last_row_leaves_nothing()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        var before = store.Dump();
        var half = Commits.Of(Commits.Day.AddDays(1), "k2", "k3");

        var broken = half with { Places = [.. half.Places, new(Commits.Week, 2582, new("nobody"), 9, Commits.Day)] };
        Assert.That(() => store.CommitFunnel(broken), Throws.Exception.Message.Contains("FOREIGN KEY").IgnoreCase);
        Assert.That(store.Dump(), Is.EqualTo(before));
        Assert.That(store.CommitFunnel(half).Positions, Is.EqualTo(2), "the store works on");
    }

    [Test]
    public void A_place_keeps_the_day_it_was_entered_when_its_rank_changes()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        var next = Commits.Day.AddDays(1);

        var rows = store.CommitFunnel(
            new(Commits.Of().Watermark) { Places = [new(Commits.Week, 2582, new("k1"), 5, next)] }
        );
        Assert.That(rows.Places, Is.EqualTo(1));
        Assert.That(
            store.ListPlaces(Commits.Week),
            Is.EqualTo(new[] { new ListPlace(Commits.Week, 2582, new("k1"), 5, Commits.Day) })
        );
    }

    [Test]
    public void A_contacts_last_place_is_the_latest_before_the_week()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        ListPlace Place(string week, int municipality, DateOnly day) =>
            new(week, municipality, new("k1"), 1, day, "h7");
        var first = Place("2026-W08", 2505, new(2026, 2, 16));
        var second = Place("2026-W09", 2582, new(2026, 2, 25));
        store.CommitFunnel(
            Commits.Of("k1", "k2") with
            {
                Places = [first, second, Place("2026-W10", 2505, Commits.Day)],
            }
        );

        Assert.That(store.LastPlaces("2026-W10").Values, Is.EqualTo(new[] { second }));
        Assert.That(store.LastPlaces("2026-W09").Values, Is.EqualTo(new[] { first }));
        Assert.That(store.LastPlaces("2026-W08"), Is.Empty);
    }

    [Test]
    public void A_change_without_grounds_from_a_signal_or_score_is_read_back_as_it_was()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var entered = Commits.Change("k1", Commits.Day, Stage.Attention, Stage.Interest) with
        {
            From = null,
            Evidence = null,
            Lift = null,
            ModelId = null,
        };
        store.CommitFunnel(Commits.Of("k1") with { Changes = [entered] });
        Assert.That(store.CommitFunnel(Commits.Of("k1") with { Changes = [entered] }).Changes, Is.Zero);
        Assert.That(store.History(new("k1")), Is.EqualTo(new[] { entered }));
    }

    [Test]
    public void History_keeps_the_order_in_which_changes_were_made()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var commit = Commits.Of("k1") with
        {
            Changes =
            [
                Commits.Change("k1", Commits.Day, Stage.Interest, Stage.Desire),
                Commits.Change("k1", Commits.Day, Stage.Desire, Stage.Action),
                Commits.Change("k1", Commits.Day, Stage.Action, Stage.Closed),
            ],
        };
        store.CommitFunnel(commit);
        store.CommitFunnel(Commits.Of(Commits.Day.AddDays(1), "k1"));
        Assert.That(
            store.History(new("k1")).Select(c => c.To),
            Is.EqualTo(new[] { Stage.Desire, Stage.Action, Stage.Closed, Stage.Interest })
        );
    }

    [Test]
    public void A_hundred_thousand_positions_take_seconds()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var contacts = Enumerable.Range(0, 100_000).Select(i => $"k{i:D6}").ToArray();
        var watch = Stopwatch.StartNew();
        var rows = store.CommitFunnel(Commits.Of(Commits.Day, contacts) with { Places = [] });
        TestContext.Out.WriteLine($"300,000 rows in {watch.Elapsed.TotalSeconds:F1} s");
        Assert.That(rows.Positions, Is.EqualTo(100_000));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "a bound for slow machines, not the aim");
        watch.Restart();
        Assert.That(store.Positions(), Has.Count.EqualTo(100_000));
        TestContext.Out.WriteLine($"read in {watch.Elapsed.TotalSeconds:F1} s");
    }

    static FunnelPosition[] EachFieldChanged(FunnelPosition p) =>
        [
            p with
            {
                Stage = Stage.Desire,
            },
            p with
            {
                Since = p.Since.AddDays(1),
            },
            p with
            {
                LastSignal = null,
            },
            p with
            {
                LastSignal = p.LastSignal!.Value.AddMicroseconds(1),
            },
            p with
            {
                Municipality = 2505,
            },
            p with
            {
                RunnerUp = 0,
            },
            p with
            {
                Cause = "silence",
            },
            p with
            {
                ModelId = null,
            },
            p with
            {
                AsOf = p.AsOf.AddDays(1),
            },
            p with
            {
                LastWord = null,
            },
            p with
            {
                LastWord = p.LastWord!.Value with { Kind = SignalKind.AnsweredNo },
            },
            p with
            {
                LastWord = p.LastWord!.Value with { At = p.LastWord!.Value.At.AddDays(1) },
            },
        ];
}
