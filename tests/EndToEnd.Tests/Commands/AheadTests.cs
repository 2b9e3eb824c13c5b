using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>A night of Monday, 4 May; in the morning one contact says yes on the web and two ask EURES, one of them unknown so far.</summary>
public sealed class AheadTests
{
    const string Week = "2026-W19";
    static readonly DateTime Morning = new(2026, 5, 4, 7, 30, 0, DateTimeKind.Utc);
    static readonly ContactId New = new("new-0001");

    readonly SampleHome _home = FinishedRun.Home.Twin();
    ContactId _yes;
    ContactId _asks;

    [OneTimeSetUp]
    public void A_night_and_a_morning()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_home.Path, "policies")))
            File.Delete(file);
        // Nobody is held out, and the lists have room for all who are likely enough.
        File.WriteAllText(
            Path.Combine(_home.Path, "policies", "default.json"),
            """{ "weeklyCapacity": 400, "shares": { "holdOut": 0, "exploration": 0 }, "likelihood": { "list": 1.5 } }"""
        );
        Leads.Done("run", "--home", _home.Path, "--as-of", "2026-05-04");
        using var store = LeadStore.Open(_home.Path);
        var listed = store.ListPlaces(Week).Select(place => place.Contact).ToHashSet();
        var lake = Lake.Open(_home.Path);
        var willing = Enum.GetValues<Purpose>()
            .Select(IEnumerable<string> (purpose) => Consents.Granted(lake, purpose, Morning))
            .Aggregate((all, granted) => all.Intersect(granted))
            .ToHashSet(StringComparer.Ordinal);
        var all = store
            .Positions()
            .Values.Where(p => willing.Contains(p.Contact.Value))
            .OrderBy(p => p.Contact)
            .ToList();
        _yes = all.First(p => p.Stage == Stage.Attention && !listed.Contains(p.Contact)).Contact;
        _asks = all.First(p => p.Stage == Stage.Desire && listed.Contains(p.Contact)).Contact;
        new AddressBook(store).Put(
            new[] { _yes, _asks, New }.Select(c => new SeenAddress($"test {c}", $"{c}@example.org", "en", Morning, c)),
            new DateOnly(2026, 5, 4)
        );

        new AnswerInbox(_home.Path, new At(Morning)).Record(
            new(Answer.Yes, _yes, $"{_yes}/Interest/2026-04-01/Question/1", 2510, "en", new(2026, 12, 31))
        );
        Put(
            "eures_inquiries",
            "eures_0504.csv",
            $"""
            inquiry_id,received_at,contact_id,country,language,municipality_code,household_size
            new-1,2026-05-04T06:10:00Z,{_asks},DE,de,2523,2
            new-2,2026-05-04T06:20:00Z,{New},NL,nl,2521,1

            """
        );
        Put(
            "consents",
            "consents_0504.csv",
            $"""
            consent_id,contact_id,purpose,granted,at,provenance
            new-1,{New},profiling,true,2026-05-04T06:15:00Z,EURES
            new-2,{New},marketing,true,2026-05-04T06:15:00Z,EURES
            new-3,{New},sharing,true,2026-05-04T06:15:00Z,EURES

            """
        );
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Who_speaks_in_the_morning_is_answered_by_the_next_dispatch_and_the_next_night_changes_nothing_about_it()
    {
        var ahead = Leads.Done("dispatch", "--home", _home.Path, "--as-of", "2026-05-04T10:00", "--json").Json;
        Assert.That(ahead.GetProperty("ahead").GetProperty("heard").GetInt32(), Is.EqualTo(3));
        string[] told;
        using (var store = LeadStore.Open(_home.Path))
        {
            told = Told(store);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(store.PositionOf(_yes)!.Stage, Is.EqualTo(Stage.Action));
                Assert.That(store.PositionOf(_asks)!.Stage, Is.EqualTo(Stage.Action), "one up from Desire");
                Assert.That(store.PositionOf(New)!.Stage, Is.EqualTo(Stage.Interest).Or.EqualTo(Stage.Desire));
                Assert.That(store.FollowUpsOf(New), Is.Not.Empty);
                Assert.That(Messages(), Has.Count.EqualTo(2), "both in Action are written to the same day");
                Assert.That(
                    store.ListPlaces(Week).Where(place => place.Contact == _yes).Select(place => place.EnteredOn),
                    Is.EqualTo(new[] { new DateOnly(2026, 5, 4) })
                );
                Assert.That(LineOf(_yes), Does.Contain(",action,said yes in a newsletter question 2026-05-04,"));
                Assert.That(LineOf(_asks), Does.Contain(",action,EURES inquiry 2026-05-04,"));
                Assert.That(
                    store.Runs(2)[1],
                    Has.Property("Job").EqualTo("ahead").And.Property("State").EqualTo(RunState.Done)
                );
            }
        }
        var line = LineOf(_yes);
        Leads.Done("export", "--home", _home.Path, "--as-of", "2026-05-04");
        Assert.That(LineOf(_yes), Does.Contain(",action,said yes in a newsletter question 2026-05-04,"), line);

        Leads.Done("run", "--home", _home.Path, "--as-of", "2026-05-05");
        Leads.Done("dispatch", "--home", _home.Path, "--as-of", "2026-05-05T10:00");
        using var next = LeadStore.Open(_home.Path);
        Assert.That(Told(next), Is.EqualTo(told));
        Assert.That(Messages(), Has.Count.EqualTo(2));
        Assert.That(next.Ahead(), Is.Empty);
    }

    /// <summary>All that people notice of the three: changes, follow-ups, places.</summary>
    string[] Told(LeadStore store) =>
        [
            .. new[] { _yes, _asks, New }.SelectMany(contact =>
                store
                    .History(contact)
                    .Select(change => $"{contact} {change.From} {change.To} {change.Cause} {change.AsOf:O}")
                    .Concat(store.FollowUpsOf(contact).Select(planned => planned.FollowUp.Key))
            ),
            .. store
                .ListPlaces(Week)
                .Where(place => place.Contact == _yes || place.Contact == _asks || place.Contact == New)
                .Select(place => $"{place.Contact} {place.Municipality} {place.EnteredOn:O}"),
        ];

    string LineOf(ContactId contact) =>
        Directory
            .GetFiles(Path.Combine(_home.Path, "exports", "as_of=2026-05-04"), "*.csv")
            .SelectMany(File.ReadAllLines)
            .SingleOrDefault(line =>
                line.Split(',') is [_, var id, ..] && string.Equals(id, contact.Value, StringComparison.Ordinal)
            )
        ?? "";

    List<string> Messages() =>
        [
            .. Directory
                .GetFiles(Path.Combine(_home.Path, "outbox"), "*.eml")
                .Where(file =>
                    File.ReadAllText(file) is var text && (text.Contains($"{_yes}@") || text.Contains($"{_asks}@"))
                ),
        ];

    void Put(string source, string name, string text) =>
        File.WriteAllText(Path.Combine(_home.Path, "inbox", source, name), text);

    /// <summary>A clock that stands.</summary>
    sealed class At(DateTime instant) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(instant);
    }
}
