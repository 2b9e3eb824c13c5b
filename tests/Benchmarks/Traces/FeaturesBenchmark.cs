using System.Globalization;
using System.Text.Json;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>Tonight's features of a made-up lake, beside the bare scan of the same columns and SQL that gives the same.</summary>
/// <remarks>
/// The scan fetches, chunk by chunk through the same binding, every column that the features read, and looks at none of
/// them. Each part is a process of its own with two threads. What a part spent before its first step (the runtime's
/// start) is in none of the figures.
/// </remarks>
static class FeaturesBenchmark
{
    static readonly DateTime AsOf = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    static readonly (LakeTable Table, string Columns)[] _read =
    [
        (LakeTable.Traces, "contact, \"at\", known_at, kind, channel, theme, municipality, value, automated"),
        (LakeTable.Consents, "contact, \"at\", purpose, granted"),
        (LakeTable.Contacts, "contact, \"at\", country, language, household_size, birth_year, known_at"),
        (LakeTable.Outcomes, "contact, \"at\", known_at, kind"),
    ];

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
            if (arguments.Has("--check"))
            {
                // As of the end all is known; a month before, later traces and some that were not known yet are left out.
                var (lake, settings) = (Lake.Open(home), HomeSettings.Load(home));
                return FeatureCheck.Run(lake, settings, AsOf) + FeatureCheck.Run(lake, settings, AsOf.AddDays(-30));
            }
            Measure(home, traces, contacts, Math.Max(1, arguments.Number("--rounds", 1)), arguments.Has("--sql"));
            return 0;
        }
        finally
        {
            if (arguments.Text("--home") is null)
                Directory.Delete(home, recursive: true);
        }
    }

    static void Measure(string home, int traces, int contacts, int rounds, bool withSql)
    {
        string[] parts =
        [
            "scan",
            "tonight",
            "kernel",
            "earlier",
            .. withSql ? ["counts", "sql"] : Array.Empty<string>(),
        ];
        var measured = parts.ToDictionary(part => part, _ => new List<Part>(), StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var part in parts)
                measured[part].Add(Part.Run("features", part, home));
        }
        var (scan, tonight, kernel) = (Median("scan"), Median("tonight"), Median("kernel"));
        var (ours, earlier) = (kernel!.CpuByStep["features"], Median("earlier"));
        var (counts, sql) = (Median("counts"), Median("sql"));
        var figures = new
        {
            Traces = traces,
            Contacts = contacts,
            Scan = scan,
            ScanWithoutKnownAt = tonight,
            Kernel = kernel,
            KernelWithKnownAt = earlier,
            SqlCounts = counts,
            Sql = sql,
            FeaturesCpuVsScan = Ratio(ours, scan!.Cpu),
            FeaturesWithKnownAtCpuVsScan = Ratio(earlier!.CpuByStep["features"], scan.Cpu),
            FeaturesCpuVsScanWithoutKnownAt = Ratio(ours, tonight!.Cpu),
            FeaturesCpuVsScanOfTraces = Ratio(ours, scan.CpuByStep["traces"]),
            FeaturesAgainCpuVsScan = Ratio(kernel.CpuByStep["features again"], scan.Cpu),
            FeaturesCpuVsSql = sql is null ? (double?)null : Ratio(ours, sql.Cpu),
            FeaturesCpuVsSqlCounts = counts is null ? (double?)null : Ratio(ours, counts.Cpu),
            FeaturesPeakMiB = kernel.PeakMiB,
        };
        Console.WriteLine(JsonSerializer.Serialize(figures, Part.Json));

        Part? Median(string part) =>
            measured.TryGetValue(part, out var all) ? all.OrderBy(one => one.Cpu).ElementAt(all.Count / 2) : null;

        static double Ratio(double part, double whole) => Math.Round(part / whole, 3);
    }

    static int RunPart(string part, string home)
    {
        var lake = Lake.Open(home);
        var steps = new Steps();
        var begin = Meter.Now;
        switch (part)
        {
            case "kernel":
                Kernel(lake, home, steps, AsOf);
                break;
            case "earlier":
                // Not all is known by then: when each trace became known is read, as the scan does.
                Kernel(lake, home, steps, AsOf.AddHours(-1));
                break;
            case "scan":
                Scan(lake, steps, _read);
                break;
            case "tonight":
                // Of traces that are all known by the as-of, when each became known is not read.
                Scan(lake, steps, [.. _read.Select(read => (read.Table, WithoutKnownAt(read)))]);
                break;
            case "counts":
                AtOnce(lake, new SqlTwin(lake.Dictionary, AsOf).Counts());
                break;
            default:
                var features = FeatureCatalog.Of(lake, HomeSettings.Load(home), AsOf);
                steps.Begin("same columns");
                begin = Meter.Now;
                EachBucket(lake, new SqlTwin(lake.Dictionary, AsOf).Select(features), AsOf, _ => { });
                break;
        }
        steps.Print(begin);
        return 0;
    }

    /// <summary>The catalogue and rules that a model has; the features; the same once more, now that all code is compiled.</summary>
    static void Kernel(Lake lake, string home, Steps steps, DateTime asOf)
    {
        var settings = HomeSettings.Load(home);
        steps.Begin("catalogue");
        var features = FeatureCatalog.Of(lake, settings, asOf);
        var options = new FeatureBuildOptions(asOf, settings) { Threads = 2, Clicks = MachineRules.BuiltIn.Clicks };
        steps.Begin("features");
        var rows = Stream(Cutoffs.At(asOf));
        if (rows == 0)
            throw new InvalidOperationException("There were to be rows.");
        steps.Begin("features again");
        Stream(Cutoffs.At(asOf));
        steps.Begin("register and traces walked, nothing computed");
        Stream(Cutoffs.PerContact([]));
        steps.Begin(string.Create(CultureInfo.InvariantCulture, $"{rows} x {features.Count}"));

        long Stream(Cutoffs cutoffs)
        {
            var counted = 0L;
            FeatureBuild.Stream(
                lake,
                features,
                cutoffs,
                options,
                (_, piece) => Interlocked.Add(ref counted, piece.RowCount)
            );
            return counted;
        }
    }

    static string WithoutKnownAt((LakeTable Table, string Columns) read) =>
        read.Table == LakeTable.Traces
            ? read.Columns.Replace(" known_at,", "", StringComparison.Ordinal)
            : read.Columns;

    static void Scan(Lake lake, Steps steps, IReadOnlyList<(LakeTable Table, string Columns)> read)
    {
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        foreach (var (table, columns) in read)
        {
            steps.Begin(LakeLayout.FolderOf(table));
            Parallel.For(
                0,
                lake.Buckets,
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                bucket =>
                {
                    foreach (var file in lake.Files(table, bucket))
                    {
                        using var connection = database.Connect();
                        using var result = connection.Query(
                            "scan",
                            $"select {columns} from read_parquet({LakeViews.Quoted(file)})"
                        );
                        while (result.Next() is not null)
                            continue;
                    }
                }
            );
        }
    }

    static void AtOnce(Lake lake, string select)
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

    /// <summary>Runs a query over each bucket in turn, with two threads.</summary>
    internal static void EachBucket(Lake lake, string select, DateTime asOf, Action<Chunk> read)
    {
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "2" }
        );
        using var connection = database.Connect();
        for (var bucket = 0; bucket < lake.Buckets; bucket++)
        {
            LakeViews.Create(connection, lake, bucket);
            connection.Execute("consenting", TraceLake.Sql("Consenting"), ("as_of", asOf));
            using var result = connection.Query("benchmark", select);
            while (result.Next() is { } chunk)
                read(chunk);
        }
    }
}
