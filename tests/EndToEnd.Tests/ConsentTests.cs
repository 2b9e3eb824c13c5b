using System.Globalization;
using System.IO.Compression;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Without consent to profiling nobody is learnt from, scored or listed; who takes it back is gone the next day.</summary>
public sealed class ConsentTests
{
    const string NextDay = "2026-05-02";
    const string Withdraws = "withdraws";
    const string Objects = "objects";
    const string Unshares = "unshares";

    readonly SampleHome _home = FinishedRun.Home.Twin();
    readonly Dictionary<string, ContactId> _contacts = new(StringComparer.Ordinal);
    Dictionary<ContactId, IReadOnlyList<string>> _before = [];

    [OneTimeSetUp]
    public void ThreeListedContactsTakeSomethingBack()
    {
        _before = Planned();
        // Three on the lists of whom something is still planned, each from a list of its own, and who were learnt from:
        // a contact may be too new for that.
        var learnt = LearntFrom(FinishedRun.Home, SampleHome.AsOf);
        var listed = Listed(SampleHome.AsOf)
            .Where(place => _before.ContainsKey(place.Contact) && learnt.Contains(place.Contact));
        foreach (var (name, place) in ((string[])[Withdraws, Objects, Unshares]).Zip(listed.DistinctBy(p => p.File)))
            _contacts[name] = place.Contact;
        Drop("withdrawal", $"w-1,{_contacts[Withdraws]},profiling,false,2026-05-01T09:00:00Z,by mail");
        Drop("objection", $"w-2,{_contacts[Objects]},objection,true,2026-05-01T10:00:00Z,by telephone");
        Drop("unsharing", $"w-3,{_contacts[Unshares]},sharing,false,2026-05-01T11:00:00Z,by mail");
        Leads.Done("run", "--home", _home.Path, "--as-of", NextDay);
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Contacts_without_profiling_consent_are_in_no_score_file_list_or_training_set()
    {
        var denied = WithoutConsent();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(denied, Has.Count.EqualTo(FinishedRun.Summary.GetProperty("withoutConsent").GetInt32()));
            Assert.That(denied, Is.Not.Empty);
            Assert.That(Scored(SampleHome.AsOf).Intersect(denied), Is.Empty);
            Assert.That(Listed(SampleHome.AsOf).Select(place => place.Contact).Intersect(denied), Is.Empty);
            Assert.That(LearntFrom(FinishedRun.Home, SampleHome.AsOf).Intersect(denied), Is.Empty);
        }
    }

    [TestCase(Withdraws)]
    [TestCase(Objects)]
    public void Who_takes_the_consent_back_is_gone_from_scores_lists_places_and_training_the_next_day(string who)
    {
        var contact = _contacts[who];
        using var store = LeadStore.Open(_home.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scored(SampleHome.AsOf), Does.Contain(contact), "was scored");
            Assert.That(LearntFrom(FinishedRun.Home, SampleHome.AsOf), Does.Contain(contact), "was learnt from");
            Assert.That(Scored(NextDay), Does.Not.Contain(contact));
            Assert.That(Listed(NextDay).Select(place => place.Contact), Does.Not.Contain(contact));
            Assert.That(LearntFrom(_home, NextDay), Does.Not.Contain(contact));
            Assert.That(HasPlace(store, contact), Is.False);
            Assert.That(
                store.FollowUpsOf(contact).Select(planned => planned.State),
                Is.Not.Empty.And.All.EqualTo(FollowUpState.Lapsed)
            );
        }
    }

    [Test]
    public void Who_is_not_to_be_shared_any_more_keeps_the_score_and_leaves_the_list()
    {
        var contact = _contacts[Unshares];
        using var store = LeadStore.Open(_home.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scored(NextDay), Does.Contain(contact));
            Assert.That(Listed(NextDay).Select(place => place.Contact), Does.Not.Contain(contact));
            Assert.That(HasPlace(store, contact), Is.False);
        }
    }

    [Test]
    public void The_others_keep_their_places_and_what_is_planned_for_them()
    {
        var gone = _contacts.Values.ToHashSet();
        using var store = LeadStore.Open(_home.Path);
        var planned = Planned();
        // A change of stage overtakes what was planned in the old stage; that is not what is looked at here.
        var same = _before
            .Where(pair => !gone.Contains(pair.Key) && store.History(pair.Key)[^1].AsOf < Day(NextDay))
            .ToList();
        var stayed = Listed(SampleHome.AsOf).Select(place => place.Contact).Except(gone).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stayed, Has.Count.GreaterThan(100));
            Assert.That(stayed.Except(Listed(NextDay).Select(place => place.Contact)), Is.Empty);
            Assert.That(same, Has.Count.GreaterThan(_before.Count / 2));
            Assert.That(same.Where(pair => pair.Value.Except(planned.GetValueOrDefault(pair.Key, [])).Any()), Is.Empty);
        }
    }

    void Drop(string name, string row) =>
        File.WriteAllText(
            Path.Combine(_home.Path, "inbox", "consents", $"{name}.csv"),
            $"consent_id,contact_id,purpose,granted,at,provenance\n{row}\n"
        );

    Dictionary<ContactId, IReadOnlyList<string>> Planned()
    {
        using var store = LeadStore.Open(_home.Path);
        return store
            .FollowUpsPlanned()
            .GroupBy(planned => planned.FollowUp.Contact)
            .ToDictionary(
                group => group.Key,
                group => (IReadOnlyList<string>)[.. group.Select(planned => planned.FollowUp.Key)]
            );
    }

    static bool HasPlace(LeadStore store, ContactId contact) =>
        store.ListPlaces("2026-W18").Any(place => place.Contact == contact && !place.HasLeft);

    HashSet<ContactId> Scored(string day) =>
        [.. ScoreFile.Read(_home.Path, Day(day)).Scores.Select(score => score.Score.Contact)];

    List<(string File, ContactId Contact)> Listed(string day) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(_home.Path, "exports", $"as_of={day}"), "*.csv")
                .Order(StringComparer.Ordinal)
                .SelectMany(file =>
                    File.ReadLines(file).Skip(1).Select(line => (file, new ContactId(line.Split(',')[1])))
                ),
        ];

    static HashSet<ContactId> LearntFrom(SampleHome home, string day)
    {
        var settings = HomeSettings.Load(home.Path);
        var table = TrainingTable.Build(
            home.Path,
            Lake.Open(home.Path),
            settings,
            AsOf.Of(Day(day), settings, TimeProvider.System).Instant
        );
        return [.. table.Contacts.Select(contact => new ContactId(contact))];
    }

    /// <summary>The slow twin: the sample's own files, each contact's latest word on profiling and on objection.</summary>
    static HashSet<ContactId> WithoutConsent()
    {
        var latest = new Dictionary<(string Contact, string Purpose), (string At, bool Granted)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(FinishedRun.Home.Path, "inbox", "consents")))
        {
            foreach (var line in Lines(file).Skip(1))
            {
                var cells = line.Split(',');
                var (key, at) = ((cells[1], cells[2]), cells[4]);
                if (!latest.TryGetValue(key, out var known) || string.CompareOrdinal(at, known.At) > 0)
                    latest[key] = (at, bool.Parse(cells[3]));
            }
        }
        return
        [
            .. latest
                .Keys.Select(key => key.Contact)
                .Distinct(StringComparer.Ordinal)
                .Where(contact =>
                    !latest.GetValueOrDefault((contact, "profiling")).Granted
                    || latest.GetValueOrDefault((contact, "objection")).Granted
                )
                .Select(contact => new ContactId(contact)),
        ];
    }

    static IEnumerable<string> Lines(string file)
    {
        using Stream stream = File.OpenRead(file);
        using var text = new StreamReader(
            file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream
        );
        while (text.ReadLine() is { } line)
            yield return line;
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
