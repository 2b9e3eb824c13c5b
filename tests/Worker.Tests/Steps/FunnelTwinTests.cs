using LeadScoring.Funnel.Policies;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>Nights of random regions, held against the slow way of going through them.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class FunnelTwinTests(StoreKind kind)
{
    static readonly DateOnly Sunday = new(2026, 3, 1);

    [Test]
    public void A_night_of_packed_facts_leaves_the_store_that_the_slow_way_leaves([Range(1, 12)] int seed)
    {
        using var home = new StoreHome(kind);
        using var slowHome = new StoreHome(StoreKind.Sqlite);
        using var store = LeadStore.Open(home.Path);
        using var slowStore = LeadStore.Open(slowHome.Path);
        var nights = new RandomNights(seed);
        // a Sunday and the days after it: places of one week are kept and those of the week before rest
        for (var (night, day) = (0, Sunday); night < 5; night++, day = day.AddDays(night == 4 ? 40 : 1))
        {
            var (facts, scores) = nights.Next(day);
            var mark = new Watermark(day, night, "m", PolicySet.BuiltIn.Hash);
            var slow = SlowFunnel.Run(slowStore, facts, scores, RandomNights.BaseRate, PolicySet.BuiltIn, seed, mark);
            var fast = AdvanceContacts.Run(
                store,
                RandomNights.Packed(facts),
                scores,
                RandomNights.BaseRate,
                PolicySet.BuiltIn,
                seed,
                mark
            );
            Assert.That((fast.Moved, fast.FollowUps), Is.EqualTo((slow.Changes, slow.FollowUps)), $"{day}");
            Assert.That(store.Dump(), Is.EqualTo(slowStore.Dump()), $"{day}");
        }
        Assert.That(store.Dump(), Does.Contain("list_places").And.Contain("lapsed"), "the region is not too quiet");
    }
}
