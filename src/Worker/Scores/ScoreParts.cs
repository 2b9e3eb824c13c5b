using System.Globalization;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Scores;

/// <summary>The scores of single buckets on their way into a night's score file, each written by whichever worker had it.</summary>
/// <remarks>
/// They lie in <c>scores/.parts/</c>, under the day, the lake's generation and the model that they come from, so that a
/// part of other inputs is never taken for one of these. A part appears whole, by a rename: a second worker on the same
/// bucket writes the same bytes over it. They have no rank and no municipalities, which need all buckets.
/// </remarks>
sealed class ScoreParts
{
    readonly string _folder;
    readonly DateOnly _day;
    readonly string _model;

    ScoreParts(string folder, DateOnly day, string model)
    {
        _folder = folder;
        _day = day;
        _model = model;
    }

    public static ScoreParts Of(Night night)
    {
        var inputs = string.Create(
            CultureInfo.InvariantCulture,
            $"as_of={night.AsOf.Day:yyyy-MM-dd} generation={night.Lake.Generation} model={night.Model.Id}"
        );
        return new(Path.Combine(Parent(night.Home), inputs), night.AsOf.Day, night.Model.Id);
    }

    /// <summary>Removes the parts of all nights: they are joined, or of no use any more.</summary>
    public static void Clear(Home home)
    {
        try
        {
            Directory.Delete(Parent(home), recursive: true);
        }
        catch (IOException)
        {
            // Not there; or a worker that has lost its bucket writes one more part, which the next night removes.
        }
    }

    /// <summary>How many scores the part of a bucket holds; null when it is missing or cannot be read to the last value.</summary>
    public int? Count(int bucket, CancellationToken cancellation)
    {
        using var database = ScoreFile.OpenDatabase();
        using var connection = database.Connect();
        return Count(connection, bucket, cancellation);
    }

    public void Write(int bucket, IReadOnlyList<LeadScore> scores, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        // Two workers on one bucket, after a lease ran out, must not write into one file.
        var own = $"{PathOf(bucket)}.{Environment.MachineName}.{Environment.ProcessId}.tmp";
        ScoreFile.WriteOne(
            own,
            new(_day, _model, [.. scores.Select(score => new ContactScore(score, []))]),
            cancellation
        );
        Ingestion.AtomicFile.FlushToDisk(own);
        File.Move(own, PathOf(bucket), overwrite: true);
    }

    /// <summary>The buckets that are there; a damaged part counts as missing.</summary>
    public IReadOnlyList<int> Sound(int buckets, CancellationToken cancellation)
    {
        using var database = ScoreFile.OpenDatabase();
        using var connection = database.Connect();
        return [.. Enumerable.Range(0, buckets).Where(bucket => Count(connection, bucket, cancellation) is not null)];
    }

    int? Count(Connection connection, int bucket, CancellationToken cancellation)
    {
        if (!File.Exists(PathOf(bucket)))
            return null;
        try
        {
            var sql = WorkerSql.Of("Scores.check_part");
            using var result = connection.Query("check_part", sql, cancellation, ("path", PathOf(bucket)));
            return checked((int)result.Next()!.Span<long>(0)[0]);
        }
        catch (DuckDbException)
        {
            return null;
        }
    }

    public string PathOf(int bucket) => Path.Combine(_folder, ScoreFile.FileOf(bucket));

    static string Parent(Home home) => Path.Combine(home.Scores, ".parts");
}
