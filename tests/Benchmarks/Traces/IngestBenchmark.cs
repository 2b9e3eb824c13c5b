using System.Text.Json;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>CSV to lake, beside the engine's own typed COPY of the same file and the ORDER BY of its result.</summary>
/// <remarks>Each side runs in a process of its own, so that peak memory is its own too.</remarks>
static class IngestBenchmark
{
    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        if (arguments.Text("--part") is { } part)
            return RunPart(part, arguments.Text("--home")!);
        var (traces, contacts) = (arguments.Number("--traces", 1_000_000), arguments.Number("--contacts", 40_000));
        var home = arguments.Text("--home") ?? Directory.CreateTempSubdirectory("leads-ingest-").FullName;
        try
        {
            var inbox = Directory.CreateDirectory(Path.Combine(home, "inbox", "web_analytics")).FullName;
            var file = Path.Combine(inbox, "events-1.csv");
            if (!File.Exists(file))
                WebEvents.Write(file, 0, traces, contacts, seed: 1);
            var copy = Part.Run("ingest", "copy", home);
            var full = Part.Run("ingest", "ingest", home);
            WebEvents.Write(Path.Combine(inbox, "events-2.csv"), traces, traces / 200, contacts, seed: 1);
            var increment = Part.Run("ingest", "ingest", home);
            var figures = new
            {
                Traces = traces,
                Contacts = contacts,
                Megabytes = new FileInfo(file).Length / 1e6,
                Copy = copy,
                Ingest = full,
                Increment = increment,
                IngestCpuVsCopy = Math.Round(full.Cpu / copy.Cpu, 3),
                IncrementCpuVsFull = Math.Round(increment.Cpu / full.Cpu, 3),
                IngestPeakMiB = full.PeakMiB,
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
        var steps = new Steps();
        var begin = Meter.Now;
        if (part is "copy")
            Copy(home, steps);
        else if (Ingest.Run(home, progress: steps) is not { Changed: true, Rejected: 0 })
            throw new InvalidOperationException("Every made-up row was to be accepted.");
        steps.Print(begin);
        return 0;
    }

    /// <summary>What the engine does with the same file: types it into Parquet, then sorts that by contact and time.</summary>
    static void Copy(string home, Steps steps)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home, "copy")).FullName;
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["threads"] = "2",
                ["memory_limit"] = "1024MiB",
                ["temp_directory"] = Path.Combine(folder, "spill"),
            }
        );
        using var connection = database.Connect();
        steps.Begin("typed copy");
        const string Columns =
            "{'event_id': 'varchar', 'event_timestamp': 'bigint', 'event_name': 'varchar', 'user_pseudo_id': 'varchar', "
            + "'user_id': 'varchar', 'page_path': 'varchar', 'content_group': 'varchar', 'municipality': 'integer', "
            + "'traffic_medium': 'varchar', 'device_category': 'varchar', 'engagement_time_msec': 'double'}";
        connection.Execute(
            "typed copy",
            $"copy (select * replace (make_timestamp(event_timestamp) as event_timestamp) from read_csv('{home}/inbox/web_analytics/events-1.csv', header = true, columns = {Columns})) to '{folder}/typed.parquet' (format parquet, compression zstd)"
        );
        steps.Begin("order by");
        connection.Execute(
            "order by",
            $"copy (select * from '{folder}/typed.parquet' order by user_id, user_pseudo_id, event_timestamp) to '{folder}/sorted.parquet' (format parquet, compression zstd, row_group_size 122880)"
        );
    }
}
