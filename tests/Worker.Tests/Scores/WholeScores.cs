using LeadScoring.Ingestion;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Worker.Tests.Scores;

/// <summary>Writes a day's scores all at once, in place of those of an earlier run of the same day: the plain twin of <see cref="JoinParts"/>.</summary>
static class WholeScores
{
    /// <returns>False when the same scores stood there already.</returns>
    public static bool Write(string home, ScoreRun run, int buckets = 16)
    {
        var byBucket = run.Scores.ToLookup(one => LakeLayout.BucketOf(one.Score.Contact.Value, buckets));
        return FolderSwap.Replace(
            ScoreFile.Folder(home, run.AsOf),
            folder =>
            {
                for (var bucket = 0; bucket < buckets; bucket++)
                    ScoreFile.WriteOne(
                        Path.Combine(folder, ScoreFile.FileOf(bucket)),
                        run with
                        {
                            Scores = [.. byBucket[bucket]],
                        },
                        CancellationToken.None
                    );
            }
        );
    }
}
