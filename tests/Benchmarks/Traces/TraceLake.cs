using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>A made-up lake, as an ingest would have written it, made by the engine bucket by bucket.</summary>
/// <remarks>
/// Contacts are drawn with a skew: a few leave most traces. Traces come in visits over the two years before the as-of
/// day; some are late, some of machines, a quarter without a value. Every contact has said something about its consents,
/// six in ten are in the register.
/// </remarks>
static class TraceLake
{
    static readonly LakeDictionary _dictionary = new(
        ["", "email_click", "file_download", "form_submit", "page_view", "scroll", "search"],
        ["", "ads", "email", "social", "web"],
        ["", "housing", "jobs", "nature", "school", "travel", "winter"],
        ["", "web_analytics"]
    );

    static readonly (LakeTable Table, string Query)[] _queries =
    [
        (LakeTable.Traces, "Traces"),
        (LakeTable.Contacts, "Contacts"),
        (LakeTable.Outcomes, "Outcomes"),
    ];

    /// <summary>Writes the lake of a home.</summary>
    /// <param name="consents">The query that makes the consents.</param>
    /// <param name="nights">Sorted runs a bucket beside the large one: the traces of the last nights.</param>
    internal static void Write(
        string home,
        long traces,
        int contacts,
        int nights,
        DateTime asOf,
        string consents = "Consents"
    )
    {
        var layout = LakeLayout.Of(home);
        Directory.CreateDirectory(layout.Lake);
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["threads"] = "2",
                ["memory_limit"] = "2048MiB",
                ["temp_directory"] = Path.Combine(layout.Lake, "tmp", "spill"),
            }
        );
        using var connection = database.Connect();
        Set(connection, "traces", traces);
        Set(connection, "contacts", contacts);
        Set(connection, "buckets", Lake.DefaultBuckets);
        Set(connection, "nights", nights);
        Set(connection, "as_of", asOf);
        connection.Execute("people", Sql("People"));
        List<LakeFile> files = [];
        for (var bucket = 0; bucket < Lake.DefaultBuckets; bucket++)
        {
            Set(connection, "bucket", bucket);
            foreach (var (table, query) in _queries.Append((LakeTable.Consents, consents)))
            {
                connection.Execute(query, $"create or replace table rows as {Sql(query)}");
                for (var run = 0; run <= (table == LakeTable.Traces ? nights : 0); run++)
                    files.Add(Copy(connection, layout, table, bucket, run));
            }
        }
        new Manifest(1, Lake.DefaultBuckets, _dictionary, [], files).Write(layout);
    }

    static void Set(Connection connection, string variable, object value) =>
        connection.Execute(variable, $"set variable {variable} = $1", value);

    static LakeFile Copy(Connection connection, LakeLayout layout, LakeTable table, int bucket, int run)
    {
        var relative = LakeLayout.RelativeFile(table, bucket, $"run{run}");
        var path = layout.InLake(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var rows = connection.Execute(
            relative,
            $"copy (select * exclude (run) from rows where run = {run} order by all) to {LakeViews.Quoted(path)} (format parquet, compression zstd, row_group_size 122880)"
        );
        return new LakeFile(table, bucket, relative, rows, new FileInfo(path).Length, 1);
    }

    internal static string Sql(string name)
    {
        using var stream = typeof(TraceLake).Assembly.GetManifestResourceStream(
            $"LeadScoring.Benchmarks.Traces.{name}.sql"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
