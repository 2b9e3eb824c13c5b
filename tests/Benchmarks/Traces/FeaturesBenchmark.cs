using System.Globalization;
using System.Text.Json;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>Tonight's features of a lake, beside the bare scan of its traces and an SQL aggregate of a hundred counts.</summary>
/// <remarks>
/// The aggregate counts kinds, channels, themes and municipalities in five windows and nothing else: no decays, sessions,
/// trends, consents or outcomes, so it is asked for less. Both queries get the two threads that the kernel gets.
/// </remarks>
static class FeaturesBenchmark
{
    static readonly DateTime AsOf = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        if (arguments.Text("--part") is { } part)
            return RunPart(part, arguments.Text("--home")!);
        var (traces, contacts) = (arguments.Number("--traces", 1_000_000), arguments.Number("--contacts", 40_000));
        var home = arguments.Text("--home") ?? Directory.CreateTempSubdirectory("leads-features-").FullName;
        try
        {
            if (!Directory.Exists(Path.Combine(home, "lake")))
                TraceLake.Write(home, traces, contacts, arguments.Number("--nights", 0), AsOf);
            if (arguments.Has("--make"))
                return 0;
            var scan = Part.Run("features", "scan", home);
            var ours = Part.Run("features", "kernel", home);
            var sql = Part.Run("features", "sql", home);
            var figures = new
            {
                Traces = traces,
                Contacts = contacts,
                Scan = scan,
                Kernel = ours,
                Sql = sql,
                FeaturesCpuVsScan = Math.Round(ours.Cpu / scan.Cpu, 3),
                FeaturesCpuVsSql = Math.Round(ours.Cpu / sql.Cpu, 3),
                FeaturesPeakMiB = ours.PeakMiB,
            };
            Console.WriteLine(JsonSerializer.Serialize(figures, Part.Json));
            return 0;
        }
        finally
        {
            if (arguments.Text("--home") is null)
                Directory.Delete(home, recursive: true);
        }
    }

    static int RunPart(string part, string home)
    {
        var lake = Lake.Open(home);
        var steps = new Steps();
        var begin = Meter.Now;
        switch (part)
        {
            case "kernel":
                Kernel(lake, home, steps);
                break;
            case "chunks":
                Chunks(lake);
                break;
            case "scan":
                Query(lake, Scan);
                break;
            default:
                Query(lake, Aggregate(lake.Dictionary));
                break;
        }
        steps.Print(begin);
        return 0;
    }

    static void Kernel(Lake lake, string home, Steps steps)
    {
        var settings = HomeSettings.Load(home);
        steps.Begin("catalogue");
        var features = FeatureCatalog.Of(lake, settings, AsOf);
        steps.Begin("features");
        var rows = 0L;
        FeatureBuild.Stream(
            lake,
            features,
            Cutoffs.At(AsOf),
            new FeatureBuildOptions(AsOf, settings) { Threads = 2 },
            (_, piece) => Interlocked.Add(ref rows, piece.RowCount)
        );
        if (rows == 0)
            throw new InvalidOperationException("There were to be rows.");
        steps.Begin(string.Create(CultureInfo.InvariantCulture, $"{rows} x {features.Count}"));
    }

    static void Chunks(Lake lake)
    {
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        Parallel.For(
            0,
            lake.Buckets,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            bucket =>
            {
                foreach (var file in lake.Files(LakeTable.Traces, bucket))
                {
                    using var connection = database.Connect();
                    using var result = connection.Query(
                        "chunks",
                        $"select contact, \"at\", known_at, kind, channel, theme, municipality, value, automated from read_parquet({LakeViews.Quoted(file)})"
                    );
                    while (result.Next() is not null)
                        continue;
                }
            }
        );
    }

    static void Query(Lake lake, string select)
    {
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "2" }
        );
        using var connection = database.Connect();
        LakeViews.Create(connection, lake, bucket: null);
        using var result = connection.Query("benchmark", select);
        while (result.Next() is not null)
            continue;
    }

    /// <summary>Every column that the kernel reads, once.</summary>
    const string Scan =
        "select max(contact), max(\"at\"), max(known_at), max(kind), max(channel), max(theme), max(municipality), "
        + "max(value), count_if(automated) from traces";

    static string Aggregate(LakeDictionary dictionary)
    {
        var columns = new List<string>();
        foreach (var days in (int[])[7, 30, 90, 365, 100_000])
        {
            Add("kind", Enumerable.Range(0, dictionary.Kinds.Count));
            Add("channel", Enumerable.Range(0, dictionary.Channels.Count));
            Add("theme", Enumerable.Range(0, dictionary.Themes.Count));
            Add("municipality", [2580, 2581, 2584, 2523, 2506]);

            void Add(string column, IEnumerable<int> codes) =>
                columns.AddRange(
                    codes.Select(code =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"count_if({column} = {code} and \"at\" >= timestamp '{AsOf:yyyy-MM-dd}' - interval {days} day)"
                        )
                    )
                );
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"select contact, {string.Join(", ", columns)} from traces where not automated and \"at\" < timestamp '{AsOf:yyyy-MM-dd}' and known_at < timestamp '{AsOf:yyyy-MM-dd}' group by contact"
        );
    }
}
