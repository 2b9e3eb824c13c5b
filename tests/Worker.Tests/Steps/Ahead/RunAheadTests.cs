using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps.Ahead;

/// <summary>Looks on a Monday after its night. Anna and Bo are unlikely and lean to Arjeplog, whose list has one place.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RunAheadTests(StoreKind kind)
{
    const int Arjeplog = 2506;
    const string Week = "2026-W10";
    static readonly DateOnly Monday = new(2026, 3, 2);
    static readonly ContactId Anna = new("anna");
    static readonly ContactId Bo = new("bo");
    static readonly ContactId New = new("new");
    static readonly Standing Open = new(true, true, null, [], null);

    /// <summary>A lift of 0.58, below every list and stage.</summary>
    static readonly Likelihood Low = new(0.2, 0.3, "m");

    StoreHome _home = null!;
    LeadStore _store = null!;

    [SetUp]
    public void A_store_after_the_night_of_Monday()
    {
        _home = new StoreHome(kind);
        _store = LeadStore.Open(_home.Path);
        Night(Monday, []);
        Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Attention));
        Assert.That(_store.ListPlaces(Week), Is.Empty);
    }

    [TearDown]
    public void Remove()
    {
        _store.Dispose();
        _home.Dispose();
    }

    [Test]
    public void A_yes_leads_to_Action_a_place_and_follow_ups_of_today_before_the_next_night()
    {
        Look(Said(Anna, SignalKind.AnsweredYes));
        var planned = _store.FollowUpsOf(Anna).Where(f => f.State == FollowUpState.Planned).Select(f => f.FollowUp);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Action));
            Assert.That(_store.ListPlaces(Week).Single().Contact, Is.EqualTo(Anna));
            Assert.That(
                planned
                    .Where(step => step.DueAt <= new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc))
                    .Select(f => f.Kind),
                Is.EquivalentTo([FollowUpKind.Email, FollowUpKind.Call]),
                "the stage's first message and the call to its place, at nine"
            );
            Assert.That(_store.Watermark()!.AsOf, Is.EqualTo(Monday), "the night's own");
        }
    }

    [Test]
    public void An_inquiry_that_was_answered_fast_counts_once_by_further_looks_and_by_night()
    {
        var said = Said(Anna, SignalKind.Inquired);
        Look(said);
        Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Interest), "one up from Attention");
        var planned = _store.FollowUpsOf(Anna);
        Look(said);
        Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Interest), "the same signal once more");
        Night(Monday.AddDays(1), said);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Interest), "and by night");
            Assert.That(_store.History(Anna), Has.Count.EqualTo(2), "entered, inquired");
            Assert.That(_store.FollowUpsOf(Anna), Is.EqualTo(planned));
            Assert.That(_store.Ahead(), Is.Empty);
        }
    }

    [Test]
    public void A_new_contact_enters_by_what_it_said_and_the_next_night_finds_it_where_it_would_have_put_it()
    {
        var said = Said(New, SignalKind.AnsweredYes);
        Look(said, (New, Low));
        Assert.That(_store.PositionOf(New)!.Stage, Is.EqualTo(Stage.Action));
        Assert.That(_store.ListPlaces(Week).Single().Contact, Is.EqualTo(New));
        Assert.That(_store.Ahead()[New].Position, Is.Null);
        Night(Monday.AddDays(1), said, New);
        Assert.That(_store.History(New).Select(change => change.To), Is.EqualTo(new[] { Stage.Action }));
        Assert.That(_store.ListPlaces(Week).Single().EnteredOn, Is.EqualTo(Monday));
    }

    [Test]
    public void A_new_contact_who_withdraws_before_the_night_is_closed_and_written_to_no_more()
    {
        Look(Said(New, SignalKind.AnsweredYes), (New, Low));
        Night(Monday.AddDays(1), Said(New, SignalKind.AnsweredYes, SignalKind.Objected), may: _ => false);
        Assert.That(_store.PositionOf(New)!.Stage, Is.EqualTo(Stage.Closed));
        Assert.That(_store.FollowUpsOf(New).Select(f => f.State), Is.All.EqualTo(FollowUpState.Lapsed));
        Assert.That(_store.ListPlaces(Week).Single().HasLeft);
    }

    [Test]
    public void Who_may_not_be_scored_does_not_enter_and_who_only_read_waits_for_the_night()
    {
        var before = _store.Dump();
        Look(Said(New, SignalKind.AnsweredYes));
        Look(Said(Anna, SignalKind.Visited, SignalKind.Consented));
        Assert.That(_store.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void An_objection_ends_at_once_what_was_planned()
    {
        Look(Said(Anna, SignalKind.Objected), may: contact => contact != Anna);
        Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Closed));
        Assert.That(
            _store.FollowUpsOf(Anna).Select(planned => planned.State),
            Is.Not.Empty.And.All.EqualTo(FollowUpState.Lapsed)
        );
    }

    [Test]
    public void A_list_that_is_full_stays_as_it_is_and_the_message_goes_out_all_the_same()
    {
        Look(Said(Anna, SignalKind.AnsweredYes));
        var full = _store.ListPlaces(Week);
        Look(Said(Bo, SignalKind.AnsweredYes));
        Assert.That(_store.ListPlaces(Week), Is.EqualTo(full));
        Assert.That(_store.PositionOf(Bo)!.Stage, Is.EqualTo(Stage.Action));
        Assert.That(_store.FollowUpsOf(Bo).Select(f => f.FollowUp.Kind), Does.Contain(FollowUpKind.Email));
    }

    [TestCase("""{ "weeklyCapacity": 5, "absence": [{ "from": "2026-03-02", "to": "2026-03-08", "capacity": 0 }] }""")]
    [TestCase("""{ "weeklyCapacity": 5, "shares": { "holdOut": 0.4 }, "likelihood": { "list": 0.1 } }""", true)]
    public void Absence_and_the_hold_out_close_the_list_as_by_night(string policy, bool isHeldOut = false)
    {
        var policies = PolicyFile.Load([("default.json", policy)]);
        // In Interest, whom the seed holds out; who is in Action is owed an answer.
        var seed = Enumerable.Range(1, 99).First(s => Draw.IsHeldOut(Anna, Stage.Interest, policies.For(Arjeplog), s));
        Look(Said(Anna, isHeldOut ? SignalKind.Inquired : SignalKind.AnsweredYes), policies: policies, seed: seed);
        Assert.That(_store.ListPlaces(Week), Is.Empty);
        if (isHeldOut)
            Assert.That(_store.DrawnContacts().Single(), Has.Property("Part").EqualTo(Part.HeldOut));
    }

    [Test]
    public void One_household_has_one_place_and_what_handed_one_back_is_closed_to_the_other()
    {
        var roomy = PolicyFile.Load([("default.json", """{ "weeklyCapacity": 5 }""")]);
        var home = Open with { Household = "h" };
        Look(Said(Anna, SignalKind.AnsweredYes), policies: roomy, standing: _ => home);
        Look(Said(Bo, SignalKind.AnsweredYes), policies: roomy, standing: _ => home);
        Assert.That(_store.ListPlaces(Week).Select(place => place.Contact), Is.EqualTo(new[] { Anna }));
        Look(
            Said(Bo, SignalKind.AnsweredYes),
            policies: roomy,
            standing: contact => contact == Anna ? home with { DeclinedBy = [Arjeplog] } : home
        );
        var ofBo = _store.ListPlaces(Week).Single(place => place.Contact == Bo);
        Assert.That(ofBo.Municipality, Is.Not.EqualTo(Arjeplog));
    }

    [Test]
    public void Before_the_day_s_own_night_is_over_places_are_that_night_s_to_give()
    {
        Look(Said(Anna, SignalKind.AnsweredYes), day: Monday.AddDays(1));
        Assert.That(_store.PositionOf(Anna)!.Stage, Is.EqualTo(Stage.Action));
        Assert.That(_store.ListPlaces(Week), Is.Empty);
    }

    [Test]
    public void A_night_that_did_not_know_of_a_look_is_refused_and_so_is_a_look_of_another_night()
    {
        Look(Said(Anna, SignalKind.Inquired));
        var (night, before) = (_store.Watermark()!, _store.Dump());
        var look = new AheadLook(Monday, 9, Monday, 9, 9, "");
        foreach (var stale in (FunnelCommit[])[new(night), new(night with { Generation = 9 }) { Look = look }])
            Assert.That(
                () => _store.CommitFunnel(stale),
                Throws.TypeOf<WorkerException>().With.Message.Contains("another run has moved contacts")
            );
        Assert.That(_store.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void Erasure_leaves_nothing_of_where_a_contact_stood()
    {
        Look(Said(Anna, SignalKind.AnsweredYes));
        _store.Erase(Anna, "5a17ed", Monday);
        Assert.That(_home.Ask("select count(*) from ahead"), Is.Zero);
        Assert.That(_store.Dump(), Does.Not.Contain("anna"));
    }

    void Look(
        Dictionary<ContactId, IReadOnlyList<Signal>> said,
        (ContactId, Likelihood)? newcomer = null,
        PolicySet? policies = null,
        int seed = 1,
        DateOnly? day = null,
        Func<ContactId, bool>? may = null,
        Func<ContactId, Standing>? standing = null
    )
    {
        var likelihoods = new Dictionary<ContactId, Likelihood> { [Anna] = Low, [Bo] = Low };
        if (newcomer is var (contact, likelihood))
            likelihoods.Add(contact, likelihood);
        LooksBetween.Look(_store, Facts(said, may, standing), likelihoods, day ?? Monday, policies ?? Policies, seed);
    }

    void Night(
        DateOnly day,
        Dictionary<ContactId, IReadOnlyList<Signal>> said,
        ContactId? newcomer = null,
        Func<ContactId, bool>? may = null
    )
    {
        ContactId[] scored = newcomer is { } one ? [Anna, Bo, one] : [Anna, Bo];
        var scores = scored.Select(
            (c, i) => new ContactScore(new LeadScore(c, 0, Low.Value, 0, 1, 'B', i + 1, []), [])
        );
        AdvanceContacts.Run(
            _store,
            Facts(said, may),
            new(day, "m", [.. scores]),
            Low.BaseRate,
            Policies,
            seed: 1,
            new(day, 1, "m", Policies.Hash)
        );
    }

    static PolicySet Policies { get; } =
        PolicyFile.Load([
            ("default.json", """{ "weeklyCapacity": 0, "shares": { "holdOut": 0, "exploration": 0 } }"""),
            ("a.json", """{ "municipality": 2506, "weeklyCapacity": 1 }"""),
        ]);

    /// <summary>On Monday at nine and after, one a minute.</summary>
    static Dictionary<ContactId, IReadOnlyList<Signal>> Said(ContactId contact, params IEnumerable<SignalKind> kinds) =>
        new()
        {
            [contact] =
            [
                .. kinds.Select(
                    (said, i) => new Signal(said, new(2026, 3, 2, 8, i, 0, DateTimeKind.Utc), Arjeplog, false)
                ),
            ],
        };

    static NightFacts Facts(
        Dictionary<ContactId, IReadOnlyList<Signal>> signals,
        Func<ContactId, bool>? may = null,
        Func<ContactId, Standing>? standing = null
    )
    {
        IReadOnlyList<MunicipalityEvidence> lean = [new(Arjeplog, Views: 30)];
        ContactId[] all = [Anna, Bo, New];
        return new(
            all.ToDictionary(
                contact => contact,
                contact =>
                    (standing?.Invoke(contact) ?? Open) with
                    {
                        MayScore = may?.Invoke(contact) ?? true,
                        MayShare = may?.Invoke(contact) ?? true,
                    }
            ),
            all.ToDictionary(contact => contact, _ => lean),
            signals
        );
    }
}
