using System.Globalization;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Dispatch;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps.Ahead;

/// <summary>What a look sees: the night of 4 March knew generation 7, days begin at 23:00 UTC.</summary>
public sealed class NewWordsTests
{
    static readonly DateOnly Day = new(2026, 3, 4);
    static readonly Watermark Night = new(Day, 7, "m", "p");
    static readonly DateTime Noon = new(2026, 3, 4, 11, 0, 0, DateTimeKind.Utc);

    [Test]
    public void The_first_look_after_a_night_sees_what_the_night_had_and_had_not_to_see_yet()
    {
        // A look of the day before saw all of generation 5; files since then may hold facts from after midnight.
        var before = new AheadLook(Day.AddDays(-1), 4, Day.AddDays(-1), 5, 5, "");
        Assert.That(Span(before, Day, Noon), Is.EqualTo(new LookSpan(5, 7, StartOf(Day), Noon)));
        Assert.That(Span(null, Day, Noon), Is.EqualTo(new LookSpan(-1, 7, StartOf(Day), Noon)));
        // The night's own lake was older than what the look of the day before had seen to the end: nothing is left out.
        Assert.That(Span(before with { Complete = 9 }, Day, Noon).Files, Is.EqualTo(7));
    }

    [Test]
    public void A_further_look_sees_what_came_since_the_one_before()
    {
        var before = new AheadLook(Day, 7, Day, 9, 9, "");
        Assert.That(Span(before, Day, Noon), Is.EqualTo(new LookSpan(9, 9, Noon, Noon)));
    }

    [Test]
    public void After_midnight_a_look_sees_no_more_than_the_coming_night_and_leaves_the_rest_to_be_looked_for()
    {
        var before = new AheadLook(Day, 7, Day, 9, 9, "");
        var midnight = StartOf(Day.AddDays(1));
        Assert.That(
            Span(before, Day.AddDays(1), midnight.AddHours(1)),
            Is.EqualTo(new LookSpan(9, 9, midnight, midnight))
        );
        Assert.That(before.SeenAsOf, Is.EqualTo(Day.AddDays(1)), "by the night of the day after");
        Assert.That((before with { Day = Day.AddDays(2) }).SeenAsOf, Is.EqualTo(Day.AddDays(2)));
        var waiting = new AheadLook(Day, 7, Day.AddDays(1), 11, 9, "");
        Assert.That(
            Span(waiting, Day.AddDays(1), midnight.AddHours(2)),
            Is.EqualTo(new LookSpan(7, 7, StartOf(Day), midnight)),
            "all since the night once more: it comes to the same"
        );
    }

    /// <summary>Held against the facts that reading the whole lake gives.</summary>
    [Test]
    public void Who_is_found_is_who_spoke_consented_or_objected_since([Range(1, 4)] int seed)
    {
        var chance = new Random(seed);
        using var home = new DispatchHome(StoreKind.Sqlite, "k00", "k01");
        for (var ingest = 0; ingest < 4; ingest++)
        {
            foreach (var (source, heading, row) in Rows)
                Put(home, source, heading, row, chance);
            home.Ingest();
        }
        var lake = Lake.Open(home.Path);
        var settings = HomeSettings.Load(home.Path);
        var vocabulary = SignalVocabulary.With(settings.Signals);
        var found = 0;
        foreach (var since in (int[])[3, 4, 5])
            for (var generation = 0; generation <= lake.Generation; generation++)
            {
                var (from, until) = (At(since), At(since + 2));
                var facts = NightFacts.Read(
                    lake,
                    settings,
                    MachineRules.Load(home.Path).Clicks,
                    until,
                    (generation, from),
                    default
                );
                var expected = facts
                    .Signals.Where(pair =>
                        FastLane.Takes(pair.Value) || pair.Value.Any(s => s.Kind == SignalKind.Consented)
                    )
                    .Select(pair => pair.Key)
                    .Order()
                    .ToList();
                Assert.That(
                    NewWords.Read(lake, vocabulary, new(-1, generation, from, until), default),
                    Is.EqualTo(expected)
                );
                // Files up to the generation hold nothing that came later.
                Assert.That(
                    NewWords.Read(lake, vocabulary, new(generation, generation, until, until), default),
                    Is.EqualTo(NewWords.Read(lake, vocabulary, new(-1, generation, until, until), default))
                );
                found += expected.Count;
            }
        Assert.That(found, Is.GreaterThan(50));
    }

    /// <summary>Sources with a heading, none for lines of JSON, and how a row is made of its id, instant, contact and day.</summary>
    static readonly (string Source, string? Heading, string Row)[] Rows =
    [
        (
            "eures_inquiries",
            "inquiry_id,received_at,contact_id,country,language,municipality_code,household_size",
            "{0},{1},{2},DE,de,2582,2"
        ),
        (
            "relocation_answers",
            null,
            """{{"answer_id":"{0}","contact_id":"{2}","answered_at":"{1}","question":"q","answer":"maybe"}}"""
        ),
        (
            "outcomes",
            "outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code",
            "{0};{2};interviewed;2026-03-0{3};2026-03-0{3};2582"
        ),
        (
            "outcomes",
            "outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code",
            "x{0};{2};not_reached;2026-03-0{3};2026-03-0{3};2582"
        ),
        ("consents", "consent_id,contact_id,purpose,granted,at,provenance", "{0},{2},objection,true,{1},test"),
        ("consents", "consent_id,contact_id,purpose,granted,at,provenance", "m{0},{2},marketing,true,{1},test"),
    ];

    static void Put(DispatchHome home, string source, string? heading, string row, Random chance)
    {
        var file = chance.Next();
        var rows = Enumerable
            .Range(0, 4)
            .Select(i =>
            {
                var day = chance.Next(1, 8);
                return string.Format(
                    CultureInfo.InvariantCulture,
                    row,
                    $"{file}-{i}",
                    $"2026-03-0{day}T08:00:00Z",
                    $"k{chance.Next(30):00}",
                    day
                );
            });
        home.Put(
            source,
            $"{file}.{(heading is null ? "ndjson" : "csv")}",
            string.Join('\n', heading is null ? rows : rows.Prepend(heading)) + "\n"
        );
    }

    static DateTime At(int day) => new(2026, 3, day, 8, 0, 0, DateTimeKind.Utc);

    static LookSpan Span(AheadLook? last, DateOnly today, DateTime now) =>
        LookSpan.Of(Night, last, today, now, StartOf);

    static DateTime StartOf(DateOnly day) => day.ToDateTime(new TimeOnly(23, 0), DateTimeKind.Utc).AddDays(-1);
}
