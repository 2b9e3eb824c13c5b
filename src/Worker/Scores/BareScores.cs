using System.Collections;
using System.Runtime.InteropServices;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;

namespace LeadScoring.Worker.Scores;

/// <summary>Scores without reasons, by rank, in 56 bytes each; every one is made anew when it is asked for.</summary>
sealed class BareScores : IReadOnlyList<ContactScore>
{
    readonly List<Row> _rows = [];

    public int Count => _rows.Count;

    public ContactScore this[int index] => _rows[index].Score();

    /// <summary>Reads a day's folder file by file.</summary>
    public static ScoreRun Read(string folder, DateOnly asOf, CancellationToken cancellation)
    {
        var scores = new BareScores();
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
        scores._rows.Sort((left, right) => (left.Rank, left.Contact).CompareTo((right.Rank, right.Contact)));
        return new(asOf, model, scores);
    }

    /// <summary>Holds ids in the memory in which another holds them already.</summary>
    public void Share(Func<ContactId, ContactId> shared)
    {
        foreach (ref var row in CollectionsMarshal.AsSpan(_rows))
            row = row with { Contact = shared(row.Contact) };
    }

    public IEnumerator<ContactScore> GetEnumerator() => _rows.Select(row => row.Score()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Add(Chunk chunk)
    {
        for (var row = 0; row < chunk.Count; row++)
            _rows.Add(
                new(
                    new ContactId(chunk.Text(0, row)!),
                    chunk.Span<double>(1)[row],
                    chunk.Span<double>(2)[row],
                    chunk.Span<double>(3)[row],
                    chunk.Span<double>(4)[row],
                    chunk.Span<int>(6)[row],
                    (char)chunk.TextBytes(5, row)[0]
                )
            );
    }

    readonly record struct Row(
        ContactId Contact,
        double RawScore,
        double Likelihood,
        double Low,
        double High,
        int Rank,
        char Grade
    )
    {
        public ContactScore Score() =>
            new(new LeadScore(Contact, RawScore, Likelihood, Low, High, Grade, Rank, []), []);
    }
}
