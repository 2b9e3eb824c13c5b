using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Scores;

/// <summary>A contact's place among all that were scored, and the municipalities that fit, best first: what a part cannot know.</summary>
readonly record struct Placed(ContactId Contact, int Rank, IReadOnlyList<int> Municipalities);

/// <summary>Makes a day's score files of the parts of all buckets, one bucket after the other.</summary>
/// <remarks>The same bytes as all scores written together; only a bucket's reasons are in memory.</remarks>
static class JoinParts
{
    /// <param name="parts">The path of each bucket's part.</param>
    /// <param name="placed">All that stand in the part of a bucket, in any order.</param>
    /// <returns>False when the same scores stood there already.</returns>
    public static bool Run(
        string home,
        DateOnly asOf,
        IReadOnlyList<string> parts,
        Func<int, IEnumerable<Placed>> placed,
        CancellationToken cancellation
    ) =>
        FolderSwap.Replace(
            ScoreFile.Folder(home, asOf),
            folder =>
            {
                using var database = ScoreFile.OpenDatabase();
                using var connection = database.Connect();
                for (var bucket = 0; bucket < parts.Count; bucket++)
                {
                    connection.Execute("create_joining", WorkerSql.Of("Scores.create_joining"), cancellation);
                    Stage(connection, placed(bucket));
                    connection.Execute(
                        "join_part",
                        WorkerSql.Of("Scores.join_part"),
                        cancellation,
                        ("part", parts[bucket]),
                        ("path", Path.Combine(folder, ScoreFile.FileOf(bucket)))
                    );
                }
            }
        );

    static void Stage(Connection connection, IEnumerable<Placed> placed)
    {
        using var place = connection.Appender("placed");
        using var fit = connection.Appender("fit");
        foreach (var (contact, rank, municipalities) in placed)
        {
            place.Append(contact.Value).Append(rank).EndRow();
            for (var i = 0; i < municipalities.Count; i++)
                fit.Append(contact.Value).Append(i).Append(municipalities[i]).EndRow();
        }
    }
}
