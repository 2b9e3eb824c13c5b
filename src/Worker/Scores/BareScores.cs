using System.Collections;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Scores;

/// <summary>Scores without reasons, by rank, in 48 bytes each; every one is made anew when it is asked for.</summary>
/// <param name="contacts">Whose ids they are, so that ids of millions lie in memory once.</param>
sealed class BareScores(ContactNumbers contacts) : IReadOnlyList<ContactScore>
{
    readonly List<Row> _rows = [];

    public int Count => _rows.Count;

    public ContactScore this[int index] => Score(_rows[index]);

    /// <summary>Reads a day's folder file by file.</summary>
    public static ScoreRun Read(string folder, DateOnly asOf, ContactNumbers contacts, CancellationToken cancellation)
    {
        var scores = new BareScores(contacts);
        var model = "";
        using var database = ScoreFile.OpenDatabase();
        using var connection = database.Connect();
        var sql = WorkerSql.Of("Scores.read_bare_scores");
        string[] files = [.. Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw WorkerException.Of(folder, "there is no score file in it", "bucket=NN.parquet", "run leads score");
        foreach (var path in files)
        {
            using var result = connection.Query("read_bare_scores", sql, cancellation, ("path", path));
            while (result.Next() is { } chunk)
            {
                scores.Add(chunk);
                if (model.Length == 0)
                    model = chunk.Text(7, 0)!;
            }
            // Contacts are spread evenly over the files: room for all at once instead of by doubling.
            if (ReferenceEquals(path, files[0]))
                scores._rows.EnsureCapacity(checked(scores.Count / 20 * 21 * files.Length));
        }
        scores._rows.Sort(
            (left, right) =>
                left.Rank != right.Rank
                    ? left.Rank.CompareTo(right.Rank)
                    : contacts[left.Contact].CompareTo(contacts[right.Contact])
        );
        return new(asOf, model, scores);
    }

    public IEnumerator<ContactScore> GetEnumerator() => _rows.Select(Score).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Add(Chunk chunk)
    {
        for (var row = 0; row < chunk.Count; row++)
            _rows.Add(
                new(
                    contacts.Of(chunk.TextBytes(0, row)),
                    chunk.Span<int>(6)[row],
                    chunk.Span<double>(1)[row],
                    chunk.Span<double>(2)[row],
                    chunk.Span<double>(3)[row],
                    chunk.Span<double>(4)[row],
                    (char)chunk.TextBytes(5, row)[0]
                )
            );
    }

    ContactScore Score(Row row) =>
        new(
            new LeadScore(
                contacts[row.Contact],
                row.RawScore,
                row.Likelihood,
                row.Low,
                row.High,
                row.Grade,
                row.Rank,
                []
            ),
            []
        );

    readonly record struct Row(
        int Contact,
        int Rank,
        double RawScore,
        double Likelihood,
        double Low,
        double High,
        char Grade
    );
}
