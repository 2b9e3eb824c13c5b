using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Benchmarks.FollowUps;

/// <summary>The score files of a day, as scoring would have written them, made by the engine.</summary>
static class MadeUpScores
{
    internal static void Write(string home, DateOnly day, int contacts)
    {
        var folder = ScoreFile.Folder(home, day);
        Directory.CreateDirectory(folder);
        using var database = Database.Open(
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["threads"] = "2",
                ["memory_limit"] = "2048MiB",
                ["temp_directory"] = Path.Combine(home, "spill"),
            }
        );
        using var connection = database.Connect();
        connection.Execute("contacts", "set variable contacts = $1", contacts);
        connection.Execute("buckets", "set variable buckets = $1", Lake.DefaultBuckets);
        connection.Execute("day", "set variable day = $1", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        connection.Execute("scores", Sql());
        for (var bucket = 0; bucket < Lake.DefaultBuckets; bucket++)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"bucket={bucket:00}.parquet"));
            connection.Execute(
                path,
                $"copy (select * exclude (bucket) from scores where bucket = $1 order by contact) to {LakeViews.Quoted(path)} (format parquet, compression zstd, row_group_size 122880)",
                bucket
            );
        }
    }

    static string Sql()
    {
        using var stream = typeof(MadeUpScores).Assembly.GetManifestResourceStream(
            "LeadScoring.Benchmarks.FollowUps.Scores.sql"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
