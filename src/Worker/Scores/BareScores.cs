using System.Collections;
using System.Runtime.InteropServices;
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
                for (var row = 0; row < chunk.Count; row++)
                    scores.Add(chunk, row, chunk.Span<int>(6)[row]);
                if (model.Length == 0)
                    model = chunk.Text(7, 0)!;
            }
            scores.Expect(files.Length, ReferenceEquals(path, files[0]));
        }
        scores._rows.Sort(
            (left, right) => left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : scores.ById(left, right)
        );
        return new(asOf, model, scores);
    }

    /// <summary>Reads the parts of a night and gives all of them together their ranks, as <see cref="ScoreContacts.Rank"/> does.</summary>
    public static BareScores Ranked(
        Connection connection,
        IReadOnlyList<string> parts,
        ContactNumbers contacts,
        CancellationToken cancellation
    )
    {
        var scores = new BareScores(contacts);
        var sql = WorkerSql.Of("Scores.read_part");
        for (var part = 0; part < parts.Count; part++)
        {
            using var result = connection.Query("read_part", sql, cancellation, ("path", parts[part]));
            while (result.Next() is { } chunk)
                for (var row = 0; row < chunk.Count; row++)
                    scores.Add(chunk, row, rank: 0, checked((byte)part));
            scores.Expect(parts.Count, part == 0);
        }
        scores._rows.Sort(
            (left, right) =>
                right.Likelihood.CompareTo(left.Likelihood) is not 0 and var likelihood ? likelihood
                : right.RawScore.CompareTo(left.RawScore) is not 0 and var raw ? raw
                : scores.ById(left, right)
        );
        var ranked = CollectionsMarshal.AsSpan(scores._rows);
        for (var row = 0; row < ranked.Length; row++)
            ranked[row] = ranked[row] with { Rank = row + 1 };
        return scores;
    }

    /// <summary>Those who were ranked from one part, by rank.</summary>
    public IEnumerable<(ContactId Contact, int Rank)> OfPart(int part)
    {
        foreach (var row in _rows)
            if (row.Part == part)
                yield return (contacts[row.Contact], row.Rank);
    }

    public IEnumerator<ContactScore> GetEnumerator() => _rows.Select(Score).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Add(Chunk chunk, int row, int rank, byte part = 0) =>
        _rows.Add(
            new(
                contacts.Of(chunk.TextBytes(0, row)),
                rank,
                chunk.Span<double>(1)[row],
                chunk.Span<double>(2)[row],
                chunk.Span<double>(3)[row],
                chunk.Span<double>(4)[row],
                (char)chunk.TextBytes(5, row)[0],
                part
            )
        );

    /// <summary>Contacts are spread evenly over the files: after the first, room for all at once instead of by doubling.</summary>
    void Expect(int files, bool isAfterFirst)
    {
        if (isAfterFirst)
            _rows.EnsureCapacity(checked(Count / 20 * 21 * files));
    }

    int ById(in Row left, in Row right) => contacts.Compare(left.Contact, right.Contact);

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
        char Grade,
        byte Part
    );
}
