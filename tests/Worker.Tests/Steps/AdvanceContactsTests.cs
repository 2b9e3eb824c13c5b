using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>The funnel's night over two contacts and a store of their own.</summary>
public sealed class AdvanceContactsTests
{
    const string Week = "2026-W10";

    /// <summary>A Monday, so that the days after it lie in the same week.</summary>
    static readonly DateOnly Monday = new(2026, 3, 2);

    static readonly ContactId Anna = new("anna");
    static readonly ContactId Bo = new("bo");

    /// <summary>Nobody is drawn, and no other municipality has a floor that would want one of the two.</summary>
    static readonly PolicySet Policies = PolicyFile.Load([
        ("default.json", """{ "weeklyFloor": 0, "shares": { "holdOut": 0, "exploration": 0 } }"""),
    ]);

    readonly TemporaryHome _home = new();

    [TearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Likely_contacts_get_a_position_a_place_and_follow_ups()
    {
        using var store = LeadStore.Open(_home.Path);
        var outcome = Run(store, Monday, Both());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(new FunnelOutcome(Repeated: false, 2, outcome.FollowUps, 2)));
            Assert.That(outcome.FollowUps, Is.Positive);
            Assert.That(store.Positions().Keys, Is.EquivalentTo([Anna, Bo]));
            Assert.That(Places(store), Is.EqualTo(["anna 2506", "bo 2506"]));
        }
    }

    [Test]
    public void The_same_day_lake_model_and_policies_again_write_nothing()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday, Both());
        var before = store.Dump();
        var again = Run(store, Monday, Both());
        Assert.That(again, Is.EqualTo(new FunnelOutcome(Repeated: true, 0, 0, 2)));
        Assert.That(store.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void An_earlier_day_is_refused()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday, Both());
        Assert.That(
            () => Run(store, Monday.AddDays(-1), Both()),
            Throws.InstanceOf<WorkerException>().With.Message.Contains("2026-03-02").And.Message.Contains("--as-of")
        );
    }

    [Test]
    public void A_place_given_on_Monday_is_kept_on_Tuesday_however_the_likelihoods_turn()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday, Both());
        Run(store, Monday.AddDays(1), Both(), (Anna, 0.011), (Bo, 0.3));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Places(store), Is.EquivalentTo(["anna 2506", "bo 2506"]));
            Assert.That(store.ListPlaces(Week).Select(place => place.EnteredOn), Is.All.EqualTo(Monday));
        }
    }

    [Test]
    public void Who_withdraws_leaves_the_list_and_all_that_was_planned_lapses()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday, Both());
        var facts = Both(anna: new(false, false, null, [], null));
        Run(store, Monday.AddDays(1), facts, (Bo, 0.2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Places(store), Is.EqualTo(["bo 2506"]));
            Assert.That(
                store.FollowUpsOf(Anna).Select(planned => planned.State),
                Is.Not.Empty.And.All.EqualTo(FollowUpState.Lapsed)
            );
            Assert.That(store.FollowUpsOf(Bo).Select(planned => planned.State), Does.Contain(FollowUpState.Planned));
        }
    }

    [Test]
    public void Who_is_not_to_be_shown_leaves_the_list_and_only_the_calls_lapse()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday, Both());
        var facts = Both(anna: new(true, false, null, [], null));
        Run(store, Monday.AddDays(1), facts);
        var states = store
            .FollowUpsOf(Anna)
            .ToLookup(planned => planned.FollowUp.Kind == Funnel.FollowUps.FollowUpKind.Call, planned => planned.State);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Places(store), Is.EqualTo(["bo 2506"]));
            Assert.That(states[true], Is.Not.Empty.And.All.EqualTo(FollowUpState.Lapsed));
            Assert.That(states[false], Is.All.EqualTo(FollowUpState.Planned));
        }
    }

    static FunnelOutcome Run(
        LeadStore store,
        DateOnly day,
        NightFacts facts,
        params (ContactId Contact, double Likelihood)[] likelihoods
    )
    {
        if (likelihoods.Length == 0)
            likelihoods = [(Anna, 0.3), (Bo, 0.2)];
        var scores = likelihoods
            .OrderByDescending(one => one.Likelihood)
            .Select(
                (one, i) =>
                    new ContactScore(new LeadScore(one.Contact, 0, one.Likelihood, 0, 1, 'A', i + 1, []), [2506, 2582])
            );
        return AdvanceContacts.Run(
            store,
            facts,
            new ScoreRun(day, "m", [.. scores]),
            baseRate: 0.01,
            Policies,
            seed: 1,
            new Watermark(day, 1, "m", Policies.Hash)
        );
    }

    static string[] Places(LeadStore store) =>
        [
            .. store
                .ListPlaces(Week)
                .Where(place => !place.HasLeft)
                .OrderBy(place => place.Rank)
                .Select(place => $"{place.Contact} {place.Municipality}"),
        ];

    /// <summary>Both lean to Arjeplog, both may be scored and shown unless said otherwise.</summary>
    static NightFacts Both(Standing? anna = null)
    {
        Standing open = new(true, true, null, [], null);
        IReadOnlyList<MunicipalityEvidence> lean = [new(2506, Views: 30, RecentViews: 9), new(2582, Views: 2)];
        IReadOnlyList<Signal> visited =
        [
            new(SignalKind.Visited, new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc), 2506, false),
        ];
        return new(
            new Dictionary<ContactId, Standing> { [Anna] = anna ?? open, [Bo] = open },
            new Dictionary<ContactId, IReadOnlyList<MunicipalityEvidence>> { [Anna] = lean, [Bo] = lean },
            new Dictionary<ContactId, IReadOnlyList<Signal>> { [Anna] = visited, [Bo] = visited }
        );
    }
}
