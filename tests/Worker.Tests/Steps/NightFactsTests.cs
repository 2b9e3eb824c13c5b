using System.Text.Json;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>Facts of a lake of a few rows, each counted by hand.</summary>
public sealed class NightFactsTests
{
    static readonly DateTime May = new(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc);

    readonly TemporaryHome _home = new();

    [OneTimeSetUp]
    public void IngestAFewRows()
    {
        Put(
            "consents",
            "consents.csv",
            """
            consent_id,contact_id,purpose,granted,at,provenance
            1,anna,profiling,true,2026-01-01T08:00:00Z,form
            2,anna,sharing,true,2026-01-01T08:00:00Z,form
            3,bo,profiling,true,2026-01-01T08:00:00Z,form
            4,bo,sharing,true,2026-01-01T08:00:00Z,form
            5,bo,profiling,false,2026-04-01T08:00:00Z,mail
            6,cia,profiling,true,2026-01-01T08:00:00Z,form
            7,cia,sharing,false,2026-01-01T08:00:00Z,form
            8,dan,profiling,true,2026-01-01T08:00:00Z,form
            9,dan,sharing,true,2026-01-01T08:00:00Z,form
            10,dan,objection,true,2026-02-01T08:00:00Z,mail

            """
        );
        Put(
            "eures_inquiries",
            "eures.csv",
            """
            inquiry_id,received_at,contact_id,country,language,municipality_code,household_size
            1,2026-02-10T10:00:00Z,anna,DE,de,2582,2
            2,2026-04-10T10:00:00Z,anna,DE,de,2506,2
            3,2026-05-01T00:00:00Z,anna,DE,de,2584,2

            """
        );
        Put(
            "relocation_answers",
            "answers.ndjson",
            """
            {"answer_id":"1","contact_id":"anna","answered_at":"2026-03-10T10:00:00Z","question":"could_you_imagine_moving","answer":"yes","drivers":["nature"],"preferred_municipality":"2506","channel":"web"}

            """
        );
        Put(
            "outcomes",
            "outcomes.csv",
            """
            outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code
            1;anna;declined_by_municipality;2026-03-20;2026-03-25;2582
            2;cia;not_reached;2026-04-02;2026-04-03;2582
            3;cia;interviewed;2026-04-28;2026-05-03;2582

            """
        );
        var report = Ingest.Run(_home.Path, new IngestOptions(2));
        Assert.That(report.Rejected, Is.Zero);
        Assert.That(report.Refused, Is.Empty);
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void A_standing_says_who_may_be_scored_and_who_may_be_shown()
    {
        var facts = Read();
        (bool, bool) Rights(string contact) =>
            (facts.Standings[new(contact)].MayScore, facts.Standings[new(contact)].MayShare);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Standings.Keys.Select(key => key.Value), Is.EquivalentTo(["anna", "bo", "cia", "dan"]));
            Assert.That(Rights("anna"), Is.EqualTo((true, true)));
            Assert.That(Rights("bo").Item1, Is.False, "withdrew");
            Assert.That(Rights("cia"), Is.EqualTo((true, false)));
            Assert.That(Rights("dan"), Is.EqualTo((false, false)), "objects to everything");
            Assert.That(facts.WithoutConsent, Is.EqualTo(2));
        }
    }

    [Test]
    public void A_standing_knows_who_handed_the_contact_back_and_who_missed_it()
    {
        var facts = Read();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Standings[new("anna")].DeclinedBy, Is.EqualTo([2582]));
            Assert.That(facts.Standings[new("anna")].MissedAt, Is.Null);
            Assert.That(
                facts.Standings[new("cia")].MissedAt,
                Is.Not.Null.And.InRange(May.AddDays(-31), May.AddDays(-28))
            );
        }
    }

    [Test]
    public void Evidence_counts_what_was_shown_for_each_municipality_before_the_night()
    {
        var evidence = Read().Evidence[new("anna")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                evidence.Select(one => one.Municipality),
                Is.EqualTo([2506, 2582]),
                "2584 was not asked about yet"
            );
            Assert.That(evidence[0], Is.EqualTo(new Funnel.Matching.MunicipalityEvidence(2506, 0, 0, 1, 1, true)));
            Assert.That(evidence[1], Is.EqualTo(new Funnel.Matching.MunicipalityEvidence(2582, 0, 0, 1, 0, false)));
        }
    }

    [Test]
    public void Drivers_are_what_a_contact_said_before_the_night()
    {
        var facts = Read();
        Assert.That(facts.Drivers[new("anna")], Does.Contain("nature"));
        Assert.That(facts.Shown(new("anna")).At(2506).IsPreferred, Is.True);
        Assert.That(
            facts.Shown(new("dan")),
            Is.EqualTo(new Funnel.Matching.ContactEvidence([], []))
                .Using<Funnel.Matching.ContactEvidence>(
                    (a, b) => a.Places.Count == b.Places.Count && a.Drivers.Count == b.Drivers.Count
                )
        );
    }

    [Test]
    public void Signals_are_what_happened_and_was_known_before_the_night()
    {
        var facts = Read();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                facts.Signals[new("anna")].Select(signal => signal.Kind).Where(kind => kind != SignalKind.Consented),
                Is.EquivalentTo([SignalKind.Inquired, SignalKind.Inquired, SignalKind.AnsweredYes, SignalKind.Declined])
            );
            Assert.That(facts.Signals[new("bo")].Select(signal => signal.Kind), Does.Contain(SignalKind.Objected));
            Assert.That(
                facts.Signals[new("cia")].Select(signal => signal.Kind),
                Does.Contain(SignalKind.NotReached).And.Not.Contain(SignalKind.Engaged),
                "the interview was reported after the night"
            );
        }
    }

    [Test]
    public void What_an_earlier_run_has_seen_is_no_signal_again()
    {
        var facts = Read(seen: (1, new(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Signals[new("anna")].Select(signal => signal.Kind), Is.EqualTo([SignalKind.Inquired]));
            Assert.That(facts.Signals[new("bo")].Select(signal => signal.Kind), Is.EqualTo([SignalKind.Objected]));
            Assert.That(facts.Signals.Keys.Select(key => key.Value), Does.Not.Contain("dan"));
            Assert.That(facts.Standings, Has.Count.EqualTo(4), "standings are of all, seen or not");
        }
    }

    [Test]
    public void A_run_that_saw_an_earlier_generation_reads_old_rows_that_came_late()
    {
        var facts = Read(seen: (0, May));
        Assert.That(facts.Signals[new("dan")].Select(signal => signal.Kind), Does.Contain(SignalKind.Objected));
    }

    [Test]
    public void Facts_are_the_same_however_few_traces_are_looked_at_at_once([Values(1, 2, 3)] int traces)
    {
        var (whole, parted) = (Read(), Read(tracesAtOnce: traces));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parted.Standings.Keys, Is.EquivalentTo(whole.Standings.Keys));
            foreach (var contact in whole.Standings.Keys)
            {
                Assert.That(Told(parted, contact), Is.EqualTo(Told(whole, contact)), $"{contact}");
            }
        }
    }

    [Test]
    public void Facts_of_one_contact_are_those_it_has_among_all_and_nobody_elses()
    {
        var all = Read();
        using (Assert.EnterMultipleScope())
        {
            foreach (var contact in all.Standings.Keys)
            {
                var one = ReadOne(contact);
                Assert.That(Told(one, contact), Is.EqualTo(Told(all, contact)), $"{contact}");
                Assert.That(one.Standings.Keys, Is.EqualTo([contact]));
                Assert.That(one.Leaning, Is.SameAs(RegionalPrior.Even));
            }
            Assert.That(ReadOne(new("ann")).Standings, Is.Empty);
        }
    }

    static string Told(NightFacts facts, ContactId contact) =>
        JsonSerializer.Serialize(
            new
            {
                Standing = facts.Standings[contact],
                Shown = facts.Shown(contact),
                Signals = facts.Signals.GetValueOrDefault(contact, []),
                Seasons = facts.Seasons.GetValueOrDefault(contact),
            }
        );

    NightFacts ReadOne(ContactId contact) =>
        NightFacts.ReadOne(
            Lake.Open(_home.Path),
            HomeSettings.Load(_home.Path),
            MachineRules.BuiltIn.Clicks,
            May,
            contact,
            RegionalPrior.Even,
            CancellationToken.None
        );

    NightFacts Read((int, DateTime)? seen = null, int tracesAtOnce = 500_000) =>
        NightFacts.Read(
            Lake.Open(_home.Path),
            HomeSettings.Load(_home.Path),
            MachineRules.BuiltIn.Clicks,
            May,
            seen,
            new ContactNumbers(),
            CancellationToken.None,
            tracesAtOnce
        );

    void Put(string source, string name, string text)
    {
        Directory.CreateDirectory(_home.File("inbox", source));
        File.WriteAllText(_home.File("inbox", source, name), text);
    }
}
