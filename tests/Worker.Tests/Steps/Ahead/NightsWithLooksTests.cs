using LeadScoring.Funnel;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps.Ahead;

/// <summary>Random regions with and without looks between their nights.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class NightsWithLooksTests(StoreKind kind)
{
    static readonly DateOnly Sunday = new(2026, 3, 1);

    [Test]
    public void Nights_with_looks_between_leave_the_stages_of_nights_alone([Range(1, 12)] int seed)
    {
        using var home = new StoreHome(kind);
        using var otherHome = new StoreHome(StoreKind.Sqlite);
        using var store = LeadStore.Open(home.Path);
        using var nightly = LeadStore.Open(otherHome.Path);
        var (nights, chance) = (new RandomNights(seed), new Random(seed));
        Dictionary<ContactId, Likelihood> scored = [];
        var looks = 0;
        for (var (night, day) = (0, Sunday); night < 6; night++, day = day.AddDays(1))
        {
            var (facts, scores) = nights.Next(day);
            if (night > 0)
            {
                // The coming night scores newcomers that the last one did not know; a look scores them as of now.
                var known = Likelihoods(scores).Concat(scored).DistinctBy(one => one.Key).ToDictionary();
                // Two looks: more and more of what the coming night is going to know, of no more than one day after the other.
                foreach (var share in (double[])[0.4, 0.8])
                    looks += Look(store, Part(facts, share, chance), known, day.AddDays(-1), seed);
            }
            if (night == 3)
                RunAgain(store, nightly, facts, scores, day.AddDays(-1), seed);
            foreach (var one in (LeadStore[])[store, nightly])
                Night(one, facts, scores, day, night, seed);
            scored = Likelihoods(scores).ToDictionary();
            Assert.That(Stages(store), Is.EqualTo(Stages(nightly)), $"{day}");
            Assert.That(store.Ahead(), Is.Empty, "a night takes all along");
        }
        AssertEachStageIsPlannedOnce(store);
        Assert.That(looks, Is.GreaterThan(10), "the region is not too quiet");
    }

    /// <summary>The same night once more, with what has become known of the time before it, between a look and the next night.</summary>
    static void RunAgain(LeadStore store, LeadStore nightly, NightFacts facts, ScoreRun scores, DateOnly day, int seed)
    {
        var late = facts with
        {
            Signals = facts
                .Signals.ToDictionary(
                    pair => pair.Key,
                    IReadOnlyList<Signal> (pair) => [.. pair.Value.Where(signal => StockholmTime.Day(signal.At) < day)]
                )
                .Where(pair => pair.Value.Count > 0)
                .ToDictionary(),
        };
        var visible = store.Ahead().Keys.ToDictionary(contact => contact, contact => store.PositionOf(contact)!.Stage);
        foreach (var one in (LeadStore[])[store, nightly])
            Night(one, late, scores with { AsOf = day }, day, 100, seed);
        Assert.That(store.Ahead(), Has.Count.EqualTo(visible.Count), "it is too early a night to take them along");
        foreach (var (contact, stage) in visible)
            Assert.That(store.PositionOf(contact)!.Stage, Is.EqualTo(stage), "and moves nobody whom it cannot see");
    }

    static int Look(
        LeadStore store,
        NightFacts facts,
        Dictionary<ContactId, Likelihood> likelihoods,
        DateOnly day,
        int seed
    )
    {
        var week = Funnel.Capacity.IsoWeek.Of(day).ToString();
        var before = store.ListPlaces(week);
        var heard = LooksBetween.Look(store, facts, likelihoods, day, seed: seed);
        var after = store.ListPlaces(week);
        Assert.That(
            after.Select(Seat).Intersect(before.Select(Seat)),
            Is.EquivalentTo(before.Select(Seat)),
            "nobody's place is another's"
        );
        var fresh = after.ExceptBy(before.Select(Seat), Seat).ToList();
        Assert.That(fresh.Select(place => place.Contact).Except(heard), Is.Empty);
        Assert.That(fresh.Select(place => place.Contact), Is.Unique.And.No.AnyOf(Seated(before, facts)));
        foreach (var list in after.GroupBy(place => place.Municipality))
            Assert.That(list.Count(), Is.LessThanOrEqualTo(5), "the built-in capacity");
        var dump = store.Dump();
        LooksBetween.Look(store, facts, likelihoods, day, seed: seed);
        Assert.That(store.Dump(), Is.EqualTo(dump), "the same once more");
        return heard.Count;
    }

    static object[] Seated(IReadOnlyList<ListPlace> places, NightFacts facts) =>
        [
            .. places
                .Where(p => facts.Standings.GetValueOrDefault(p.Contact)?.DeclinedBy.Contains(p.Municipality) != true)
                .Select(place => (object)place.Contact)
                .DefaultIfEmpty(new ContactId("nobody")),
        ];

    static (int, ContactId, int) Seat(ListPlace place) => (place.Municipality, place.Contact, place.Rank);

    static NightFacts Part(NightFacts facts, double share, Random chance) =>
        facts with
        {
            Signals = facts
                .Signals.ToDictionary(
                    pair => pair.Key,
                    IReadOnlyList<Signal> (pair) => [.. pair.Value.Where(_ => chance.NextDouble() < share)]
                )
                .Where(pair => pair.Value.Count > 0)
                .ToDictionary(),
        };

    static IEnumerable<KeyValuePair<ContactId, Likelihood>> Likelihoods(ScoreRun scores) =>
        scores.Likelihoods(RandomNights.BaseRate).Select(one => KeyValuePair.Create(one.Contact, one.Likelihood));

    static void Night(LeadStore store, NightFacts facts, ScoreRun scores, DateOnly day, int generation, int seed) =>
        AdvanceContacts.Run(
            store,
            facts,
            scores,
            RandomNights.BaseRate,
            PolicySet.BuiltIn,
            seed,
            new(day, generation, "m", PolicySet.BuiltIn.Hash)
        );

    static string[] Stages(LeadStore store) =>
        [
            .. store
                .Positions()
                .Values.OrderBy(p => p.Contact)
                .Select(p => $"{p.Contact} {p.Stage} {p.Since:O} {p.Cause} {p.LastSignal:O} {p.LastWord}"),
        ];

    /// <summary>Changes follow one another, and the steps of a stage come from one entry into it each.</summary>
    static void AssertEachStageIsPlannedOnce(LeadStore store)
    {
        foreach (var contact in store.Positions().Keys)
        {
            var history = store.History(contact);
            Assert.That(history.Skip(1).Select(c => c.From), Is.EqualTo(history.SkipLast(1).Select(c => (Stage?)c.To)));
            Assert.That(history.Where(change => change.From == change.To), Is.Empty);
            foreach (
                var stage in store
                    .FollowUpsOf(contact)
                    .Select(planned => planned.FollowUp)
                    .Where(step => !string.Equals(step.Cause, Cause.ListPlace, StringComparison.Ordinal))
                    .GroupBy(step => (step.Stage, step.Kind, step.Key[^1]))
            )
                Assert.That(stage.Count(), Is.LessThanOrEqualTo(history.Count(change => change.To == stage.Key.Stage)));
        }
    }
}
