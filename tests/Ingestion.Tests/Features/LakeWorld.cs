using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.Features;

record struct WorldTrace(
    string Contact,
    DateTime At,
    DateTime KnownAt,
    string Kind,
    string Channel = "",
    string Theme = "",
    int Municipality = 0,
    float? Value = null,
    bool Automated = false
);

record struct WorldVersion(
    string Contact,
    DateTime At,
    string? Country = null,
    string? Language = null,
    int? HouseholdSize = null,
    int? BirthYear = null,
    DateTime? KnownAt = null
);

record struct WorldConsent(string Contact, DateTime At, string Purpose, bool Granted);

record struct WorldOutcome(string Contact, DateTime At, DateTime KnownAt, string Kind);

/// <summary>A lake made of rows given one by one, written as an ingest would: sorted runs in buckets and a manifest.</summary>
sealed class LakeWorld : IDisposable
{
    const int Buckets = 3;

    static readonly string[] _kinds =
    [
        "",
        "page_view",
        "email_open",
        "download",
        "event_visit",
        "form_start",
        "gallery_view",
        "map_view",
        "search",
        "answer",
        "fair_talk",
        "video",
        "email_click",
        "email_sent",
    ];
    static readonly string[] _channels = ["", "web", "email", "fair"];
    static readonly string[] _themes = ["", "nature", "housing", "jobs"];

    readonly Database _database = Database.Open();

    public LakeWorld() => Home = Directory.CreateTempSubdirectory("lake-world-").FullName;

    public string Home { get; }

    public static LakeDictionary Dictionary { get; } = new(_kinds, _channels, _themes, [""]);

    public List<WorldTrace> Traces { get; } = [];
    public List<WorldVersion> Versions { get; } = [];
    public List<WorldConsent> Consents { get; } = [];
    public List<WorldOutcome> Outcomes { get; } = [];

    /// <summary>Runs that the traces of a bucket are dealt out to.</summary>
    public int Runs { get; init; } = 1;

    public void Trace(string contact, string at, string kind, string channel = "", string theme = "") =>
        Traces.Add(new WorldTrace(contact, Utc(at), Utc(at), kind, channel, theme));

    /// <summary>Says yes to profiling long before anything else.</summary>
    public void Grant(params string[] contacts) =>
        Consents.AddRange(contacts.Select(c => new WorldConsent(c, Utc("2020-01-01"), "profiling", Granted: true)));

    public static DateTime Utc(string text) =>
        DateTime.Parse(
            text,
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal
        );

    /// <summary>Writes the lake and opens it.</summary>
    public Lake Write()
    {
        using var connection = _database.Connect();
        connection.Execute("tables", Schema);
        Append(connection, "traces", Traces, t => t.Contact, AppendTrace);
        Append(connection, "contacts", Versions, v => v.Contact, AppendVersion);
        Append(connection, "consents", Consents, c => c.Contact, AppendConsent);
        Append(connection, "outcomes", Outcomes, o => o.Contact, AppendOutcome);
        var layout = LakeLayout.Of(Home);
        Directory.CreateDirectory(layout.Lake);
        List<LakeFile> files = [];
        foreach (
            var table in (LakeTable[])[LakeTable.Traces, LakeTable.Contacts, LakeTable.Consents, LakeTable.Outcomes]
        )
        {
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                for (var run = 0; run < Runs; run++)
                    Copy(connection, layout, table, bucket, run, files);
            }
        }
        new Manifest(1, Buckets, Dictionary, [], files).Write(layout);
        return Ingestion.Lake.Open(Home);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(Home, recursive: true);
    }

    const string Schema = """
        create table traces (bucket int, run int, contact varchar, "at" timestamp, known_at timestamp, kind usmallint,
            channel usmallint, theme usmallint, municipality usmallint, value float, automated boolean);
        create table contacts (bucket int, run int, contact varchar, "at" timestamp, country varchar, language varchar,
            household_size int, birth_year int, known_at timestamp);
        create table consents (bucket int, run int, contact varchar, "at" timestamp, purpose varchar, granted boolean);
        create table outcomes (bucket int, run int, contact varchar, "at" timestamp, known_at timestamp, kind varchar);
        """;

    void Append<T>(
        Connection connection,
        string table,
        List<T> rows,
        Func<T, string> contact,
        Action<Appender, T> append
    )
    {
        using var appender = connection.Appender(table);
        for (var index = 0; index < rows.Count; index++)
        {
            appender.Append(LakeLayout.BucketOf(contact(rows[index]), Buckets)).Append(index % Runs);
            append(appender, rows[index]);
            appender.EndRow();
        }
    }

    static void AppendTrace(Appender row, WorldTrace trace)
    {
        row.Append(trace.Contact).Append(trace.At).Append(trace.KnownAt);
        row.Append(Code(_kinds, trace.Kind)).Append(Code(_channels, trace.Channel)).Append(Code(_themes, trace.Theme));
        row.Append(trace.Municipality);
        _ = trace.Value is { } value ? row.Append(value) : row.AppendNull();
        row.Append(trace.Automated);
    }

    static void AppendVersion(Appender row, WorldVersion version)
    {
        row.Append(version.Contact).Append(version.At).Append(version.Country).Append(version.Language);
        _ = version.HouseholdSize is { } size ? row.Append(size) : row.AppendNull();
        _ = version.BirthYear is { } year ? row.Append(year) : row.AppendNull();
        row.Append(version.KnownAt ?? version.At);
    }

    static void AppendConsent(Appender row, WorldConsent consent) =>
        row.Append(consent.Contact).Append(consent.At).Append(consent.Purpose).Append(consent.Granted);

    static void AppendOutcome(Appender row, WorldOutcome outcome) =>
        row.Append(outcome.Contact).Append(outcome.At).Append(outcome.KnownAt).Append(outcome.Kind);

    static void Copy(
        Connection connection,
        LakeLayout layout,
        LakeTable table,
        int bucket,
        int run,
        List<LakeFile> files
    )
    {
        var name = LakeLayout.FolderOf(table);
        var rows = connection.Scalar<long>(
            "rows of a run",
            $"select count(*) from {name} where bucket = $1 and run = $2",
            bucket,
            run
        );
        if (rows == 0)
            return;
        var relative = LakeLayout.RelativeFile(table, bucket, $"run{run}");
        var path = layout.InLake(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        connection.Execute(
            "write a run",
            $"copy (select * exclude (bucket, run) from {name} where bucket = {bucket} and run = {run} "
                + $"order by contact, \"at\") to '{path}' (format parquet)"
        );
        files.Add(new LakeFile(table, bucket, relative, rows, 0, 1));
    }

    static int Code(string[] words, string word) => Array.IndexOf(words, word);
}
