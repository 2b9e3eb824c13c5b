using System.Globalization;
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

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>Nights over eighty contacts who lean to Arjeplog and then to Jokkmokk; every other one is unlikely.</summary>
public sealed class GivePlacesTests
{
    const int Seed = 1;
    const int Arjeplog = 2506;
    const int Jokkmokk = 2510;
    const string Week = "2026-W10";

    static readonly DateOnly Monday = new(2026, 3, 2);

    static readonly PolicySet Policies = PolicyFile.Load([
        (
            "default.json",
            """
            { "weeklyCapacity": 0, "shares": { "holdOut": 0.3, "exploration": 0.5 },
              "cadence": { "attention": [{ "days": 1, "kind": "call" }], "desire": [{ "days": 1, "kind": "call" }] } }
            """
        ),
        ("a.json", """{ "municipality": 2506, "weeklyCapacity": 8 }"""),
        ("j.json", """{ "municipality": 2510, "weeklyCapacity": 2, "shares": { "holdOut": 0, "exploration": 0 } }"""),
    ]);

    readonly TemporaryHome _home = new();

    [TearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Who_is_held_out_is_on_no_list_and_nobody_is_to_call_but_the_store_knows_whose_place_was_at_stake()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday);
        var places = store.ListPlaces(Week);
        var held = Contacts().Where(c => Draw.IsHeldOut(c, StageOf(c), Policies.For(Arjeplog), Seed)).ToHashSet();
        var called = store
            .FollowUpsPlanned()
            .Where(planned => planned.FollowUp.Kind == FollowUpKind.Call)
            .Select(planned => planned.FollowUp.Contact)
            .ToList();
        var drawn = store.DrawnContacts();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.Count, Is.InRange(10, 40));
            Assert.That(places.Count(place => place.Municipality == Arjeplog), Is.EqualTo(8));
            Assert.That(places.Select(place => place.Contact).Where(held.Contains), Is.Empty);
            Assert.That(called, Is.Not.Empty);
            Assert.That(called.Where(held.Contains), Is.Empty);
            Assert.That(
                drawn.Where(d => d.Part == Part.HeldOut).Select(d => d.Contact),
                Is.Not.Empty.And.All.Matches<ContactId>(held.Contains)
            );
            Assert.That(
                drawn.Where(d => d.Part == Part.Explored).Select(d => d.Contact),
                Is.EquivalentTo(places.Where(place => place.Part == Part.Explored).Select(place => place.Contact))
            );
        }
    }

    [Test]
    public void The_explored_stand_last_are_kept_through_the_week_and_are_not_more_on_Tuesday()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday);
        var before = store.ListPlaces(Week);
        var drawn = store.DrawnContacts();
        var parts = before
            .Where(place => place.Municipality == Arjeplog)
            .OrderBy(place => place.Rank)
            .Select(place => place.Part);
        Assert.That(parts, Is.EqualTo(Enumerable.Repeat(Part.Usual, 4).Concat(Enumerable.Repeat(Part.Explored, 4))));
        Run(store, Monday.AddDays(1));
        Assert.That(store.ListPlaces(Week), Is.EqualTo(before));
        Assert.That(store.DrawnContacts(), Is.SupersetOf(drawn));
    }

    [Test]
    public void Who_is_handed_back_on_Tuesday_is_on_another_list_the_same_night_and_nobody_takes_the_old_place()
    {
        using var store = LeadStore.Open(_home.Path);
        Run(store, Monday);
        var back = store.ListPlaces(Week).First(place => place.Municipality == Arjeplog && place.Part == Part.Usual);
        // Both places of Jokkmokk are taken; one more officer comes.
        var more = PolicyFile.Load([
            ("default.json", """{ "weeklyCapacity": 0, "shares": { "holdOut": 0.3, "exploration": 0.5 } }"""),
            ("a.json", """{ "municipality": 2506, "weeklyCapacity": 8 }"""),
            (
                "j.json",
                """{ "municipality": 2510, "weeklyCapacity": 30, "shares": { "holdOut": 0, "exploration": 0 } }"""
            ),
        ]);
        Run(store, Monday.AddDays(1), back.Contact, more);
        var places = store.ListPlaces(Week);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                places
                    .Where(place => place.Contact == back.Contact)
                    .Select(place => (place.Municipality, place.EnteredOn)),
                Is.EquivalentTo([(Arjeplog, Monday), (Jokkmokk, Monday.AddDays(1))])
            );
            Assert.That(places.Count(place => place.Municipality == Arjeplog), Is.EqualTo(8));
            Assert.That(store.PositionOf(back.Contact)!.Municipality, Is.EqualTo(Jokkmokk));
        }
    }

    static void Run(LeadStore store, DateOnly day, ContactId? declined = null, PolicySet? policies = null)
    {
        Standing open = new(true, true, null, [], null);
        IReadOnlyList<MunicipalityEvidence> lean = [new(Arjeplog, Views: 30), new(Jokkmokk, Views: 20)];
        var facts = new NightFacts(
            Contacts().ToDictionary(c => c, c => c == declined ? open with { DeclinedBy = [Arjeplog] } : open),
            Contacts().ToDictionary(c => c, _ => lean),
            new Dictionary<ContactId, IReadOnlyList<Signal>>()
        );
        var scores = Contacts()
            .Select((c, i) => (Contact: c, Likelihood: i % 2 == 0 ? 0.2 + 0.001 * i : 0.005))
            .OrderByDescending(one => one.Likelihood)
            .Select(
                (one, i) => new ContactScore(new LeadScore(one.Contact, 0, one.Likelihood, 0, 1, 'A', i + 1, []), [])
            );
        AdvanceContacts.Run(
            store,
            facts,
            new ScoreRun(day, "m", [.. scores]),
            baseRate: 0.01,
            policies ?? Policies,
            Seed,
            new Watermark(day, 1, "m", (policies ?? Policies).Hash)
        );
    }

    static ContactId[] Contacts() =>
        [
            .. Enumerable
                .Range(0, 80)
                .Select(i => new ContactId(string.Create(CultureInfo.InvariantCulture, $"c-{i:00}"))),
        ];

    /// <summary>The likelihood lifts every other one to Desire; the others stay where they entered.</summary>
    static Stage StageOf(ContactId contact) =>
        int.Parse(contact.Value.AsSpan(2), CultureInfo.InvariantCulture) % 2 == 0 ? Stage.Desire : Stage.Attention;
}

/// <summary>Who rests after a place in an earlier week.</summary>
public sealed class RestTests
{
    const int Arjeplog = 2506;

    [TestCase(null, false, ExpectedResult = "2026-02-23")]
    [TestCase(2506, false, ExpectedResult = null, Description = "handed back")]
    [TestCase(2510, false, ExpectedResult = "2026-02-23", Description = "another handed it back")]
    [TestCase(null, true, ExpectedResult = null, Description = "never reached")]
    public string? A_place_that_came_to_nothing_lets_nobody_rest(int? declinedBy, bool missed)
    {
        var place = new ListPlace("2026-W09", Arjeplog, new("a"), 1, new(2026, 2, 23));
        DateTime? at = missed ? new DateTime(2026, 2, 25, 9, 0, 0, DateTimeKind.Utc) : null;
        var standing = new Standing(true, true, null, declinedBy is { } code ? [code] : [], at);
        return GivePlaces.Rests(place, standing)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
