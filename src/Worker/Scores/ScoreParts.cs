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

    /// <summary>How many scores the part of a bucket holds; null when it is missing or damaged.</summary>
    public int? Count(int bucket, CancellationToken cancellation) =>
        File.Exists(PathOf(bucket)) ? TryRead(PathOf(bucket), cancellation)?.Count : null;

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

    /// <summary>The scores of the buckets that are there; a damaged part counts as missing.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<LeadScore>> Read(CancellationToken cancellation)
    {
        var parts = new SortedDictionary<int, IReadOnlyList<LeadScore>>();
        if (!Directory.Exists(_folder))
            return parts;
        foreach (var path in Directory.EnumerateFiles(_folder, "bucket=*.parquet").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var bucket = int.Parse(name.AsSpan("bucket=".Length), NumberStyles.None, CultureInfo.InvariantCulture);
            if (TryRead(path, cancellation) is { } scores)
                parts.Add(bucket, scores);
        }
        return parts;
    }

    List<LeadScore>? TryRead(string path, CancellationToken cancellation)
    {
        try
        {
            return [.. ScoreFile.ReadOne(path, _day, cancellation).Scores.Select(score => score.Score)];
        }
        catch (DuckDbException)
        {
            return null;
        }
    }

    string PathOf(int bucket) => Path.Combine(_folder, ScoreFile.FileOf(bucket));

    static string Parent(Home home) => Path.Combine(home.Scores, ".parts");
}
