using System.Globalization;
using System.IO.Compression;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring.Model;
using LeadScoring.Synthetic;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>
/// The contacts of a synthetic world: nights from its lake with the reference model, and consents that come as exports do, some
/// at noon and the others by night.
/// </summary>
sealed class WorldDays : SimulatedDays
{
    readonly StoreHome _home;
    readonly Screen _screen = new(TextWriter.Null, TextWriter.Null, json: false);
    readonly List<Statement> _toCome = [];
    int _exports;

    public WorldDays(DateOnly first, StoreKind kind, int contacts)
        : base(first, new(Capacity: 10, Small: 60, SmallLift: 8, Large: 40, Email: 14, Question: 10, Invitation: 4))
    {
        _home = new StoreHome(kind);
        SyntheticWorld.Write(new(contacts, 6, 11, first.AddDays(31)), Path);
        Contacts = [.. Enumerable.Range(0, contacts).Select(i => new ContactId($"c{i:000000}"))];
        var repository = Above("LeadScoring.sln");
        Copy(System.IO.Path.Combine(repository, "models"), _home.File("models"));
        File.Copy(System.IO.Path.Combine(repository, "data-samples", "salt"), _home.File("salt"));
        // Every dispatch looks its contacts up bucket by bucket, and these are few.
        File.WriteAllText(_home.File("leads.json"), """{ "buckets": 2, "seed": 1 }""");
        WritePolicies();
        HoldBackConsents();
        Export(before: first.ToDateTime(TimeOnly.MinValue));
        Store = LeadStore.Open(Path);
    }

    public override IReadOnlyList<ContactId> Contacts { get; }

    public override string Path => _home.Path;

    protected override LeadStore Store { get; }

    public override void Dispose()
    {
        Store.Dispose();
        _home.Dispose();
    }

    /// <summary>The steps of a nightly run, without its lists as files.</summary>
    protected override (NightFacts Facts, ScoreRun Scores, double BaseRate) Night(DateOnly day, int night)
    {
        Export(Now);
        var (home, settings) = (new Home(Path), HomeSettings.Load(Path));
        IngestInbox.Run(home, settings, _screen, TimeSpan.Zero, rebuild: false, CancellationToken.None);
        var champion = new ModelRegistry(home.Models).Champion()!;
        var tonight = new Night(
            home,
            settings,
            Policies,
            Lake.Open(Path),
            champion,
            AsOf.Of(day, settings, Time),
            CancellationToken.None
        );
        var facts = tonight.Facts(Store);
        var scores = tonight.Score(facts, new Progress<StepProgress>());
        tonight.Advance(Store, facts, scores);
        return (facts, scores, champion.Description.BaseRate);
    }

    protected override void Withdraw(int night)
    {
        Export(Now);
        IngestInbox.Run(
            new Home(Path),
            HomeSettings.Load(Path),
            _screen,
            TimeSpan.Zero,
            rebuild: false,
            CancellationToken.None
        );
    }

    /// <summary>Takes the world's statements of consent out of its inbox; they come back day by day.</summary>
    void HoldBackConsents()
    {
        var folder = _home.File("inbox", "consents");
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            _toCome.AddRange(Lines(path).Skip(1).Select(Statement.Of));
            File.Delete(path);
        }
        _toCome.Sort((a, b) => a.At.CompareTo(b.At));
    }

    /// <summary>Puts what was said before an instant into the inbox, and notes what it takes back for good.</summary>
    void Export(DateTime before)
    {
        var said = _toCome.TakeWhile(statement => statement.At < before).ToList();
        if (said.Count == 0)
            return;
        _toCome.RemoveRange(0, said.Count);
        File.WriteAllText(
            _home.File("inbox", "consents", $"consents_{_exports++:000}.csv"),
            "consent_id,contact_id,purpose,granted,at,provenance\n" + string.Concat(said.Select(s => s.Line + "\n"))
        );
        foreach (var one in said.Where(one => one.Restricts && !said.Concat(_toCome).Any(one.IsTakenBackBy)))
        {
            if (one.Purpose is not "sharing")
                Objections.TryAdd(one.Contact, Now);
            if (one.Purpose is not "marketing")
                Unshared.TryAdd(one.Contact, Now);
        }
    }

    static IEnumerable<string> Lines(string path)
    {
        using Stream file = File.OpenRead(path);
        using var text = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file
        );
        while (text.ReadLine() is { } line)
            yield return line;
    }

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    static string Above(string file)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(System.IO.Path.Combine(at.FullName, file)))
                return at.FullName;
        throw new InvalidOperationException($"{file} is in no folder above the tests.");
    }

    /// <summary>One row of an export of consents.</summary>
    sealed record Statement(string Line, string Contact, string Purpose, bool Granted, DateTime At)
    {
        /// <summary>An objection is granted, a consent is taken back.</summary>
        public bool Restricts => Granted == (Purpose is "objection");

        public static Statement Of(string line)
        {
            var cells = line.Split(',');
            var at = DateTime.Parse(cells[4], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return new(line, cells[1], cells[2], cells[3] is "true", at);
        }

        public bool IsTakenBackBy(Statement later) =>
            later.At > At
            && later.Restricts != Restricts
            && string.Equals(later.Contact, Contact, StringComparison.Ordinal)
            && string.Equals(later.Purpose, Purpose, StringComparison.Ordinal);
    }
}
