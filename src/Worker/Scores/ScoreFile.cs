using System.Globalization;
using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Scores;

/// <summary>The scores of a day as <c>scores/as_of=yyyy-MM-dd/bucket=NN.parquet</c>.</summary>
/// <remarks>
/// Columns: contact, raw_score, likelihood, low, high, grade, rank, reasons (list of feature, value, contribution),
/// municipalities (list of codes, best fit first), model, as_of. The same scores give the same bytes. A contact lies in
/// the bucket it has in the lake.
/// </remarks>
public static class ScoreFile
{
    /// <summary>The folder of a day's scores.</summary>
    public static string Folder(string home, DateOnly asOf) =>
        Path.Combine(home, "scores", string.Create(CultureInfo.InvariantCulture, $"as_of={asOf:yyyy-MM-dd}"));

    /// <summary>The name of a bucket's file.</summary>
    internal static string FileOf(int bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"bucket={bucket:00}.parquet");

    /// <summary>Writes some scores of a run as one file.</summary>
    internal static void WriteOne(string path, ScoreRun run, CancellationToken cancellation)
    {
        using var database = OpenDatabase();
        using var connection = database.Connect();
        connection.Execute("create_staging", WorkerSql.Of("Scores.create_staging"), cancellation);
        Stage(connection, run.Scores, run);
        connection.Execute("write_bucket", WorkerSql.Of("Scores.write_bucket"), cancellation, ("path", path));
    }

    /// <summary>Reads the scores of a day, by rank.</summary>
    /// <exception cref="WorkerException">There are none, or a file is damaged.</exception>
    public static ScoreRun Read(string home, DateOnly asOf, CancellationToken cancellation = default) =>
        Read(home, asOf, folder => ReadFiles(folder, asOf, cancellation));

    /// <summary>Reads all that the files of a day hold and keeps none of it; how many contacts it was.</summary>
    /// <inheritdoc cref="Read(string, DateOnly, CancellationToken)"/>
    public static long Check(string home, DateOnly asOf, CancellationToken cancellation = default) =>
        Read(home, asOf, folder => OfFiles(folder, Count, cancellation));

    /// <summary>The same of some contacts, with their reasons; who was not scored is not among them.</summary>
    /// <param name="buckets">Of the lake of that day: only the files in which they can be are read. Null looks into all.</param>
    /// <inheritdoc cref="Read(string, DateOnly, CancellationToken)"/>
    public static ScoreRun ReadSome(
        string home,
        DateOnly asOf,
        IEnumerable<ContactId> contacts,
        int? buckets = null,
        CancellationToken cancellation = default
    ) => Read(home, asOf, folder => ReadSome(folder, asOf, [.. contacts], buckets, cancellation));

    static ScoreRun ReadSome(
        string folder,
        DateOnly asOf,
        IReadOnlyCollection<ContactId> contacts,
        int? buckets,
        CancellationToken cancellation
    )
    {
        using var database = OpenDatabase();
        using var connection = database.Connect();
        var model = connection
            .Rows("read_model", WorkerSql.Of("Scores.read_model"), (c, row) => c.Text(0, row)!, ("folder", folder))
            .FirstOrDefault("");
        var byBucket = buckets is { } all
            ? contacts.ToLookup(contact => LakeLayout.BucketOf(contact.Value, all))
            : null;
        var scores = new List<ContactScore>();
        foreach (var path in Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal))
        {
            List<ContactId> own = [.. byBucket is null ? contacts : byBucket[BucketIn(path)]];
            if (own.Count > 0)
                scores.AddRange(Some(connection, path, own, cancellation));
        }
        scores.Sort((left, right) => left.Score.Rank.CompareTo(right.Score.Rank));
        return new(asOf, model, scores);
    }

    static int BucketIn(string path) =>
        int.Parse(
            Path.GetFileNameWithoutExtension(path.AsSpan())["bucket=".Length..],
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );

    static List<ContactScore> Some(
        Connection connection,
        string path,
        IEnumerable<ContactId> contacts,
        CancellationToken cancellation
    )
    {
        var ids = JsonSerializer.Serialize(contacts.Select(contact => contact.Value));
        var sql = WorkerSql.Of("Scores.read_some_scores");
        using var result = connection.Query("read_some_scores", sql, cancellation, ("path", path), ("contacts", ids));
        return Scores(result).Scores;
    }

    /// <summary>The same without reasons and municipalities, kept in little room: all that the funnel needs.</summary>
    /// <inheritdoc cref="Read(string, DateOnly, CancellationToken)"/>
    /// <param name="contacts">Whose numbers the scores are held by.</param>
    internal static ScoreRun ReadBare(
        string home,
        DateOnly asOf,
        ContactNumbers contacts,
        CancellationToken cancellation = default
    ) => Read(home, asOf, folder => BareScores.Read(folder, asOf, contacts, cancellation));

    static T Read<T>(string home, DateOnly asOf, Func<string, T> read)
    {
        var folder = Folder(home, asOf);
        FolderSwap.Settle(folder);
        if (!Directory.Exists(folder))
            throw WorkerException.Of(folder, "there are no scores of that day", "bucket=NN.parquet", "run leads score");
        try
        {
            return read(folder);
        }
        catch (DuckDbException fault)
        {
            var told = WorkerException.Told(folder, "a score file is missing or damaged", "Parquet", "run leads score");
            throw new WorkerException(told, fault);
        }
    }

    /// <summary>The latest day that has scores, null when none has.</summary>
    public static DateOnly? Latest(string home) => AllDays(home).Select(day => (DateOnly?)day).LastOrDefault();

    /// <summary>The days that have scores, earliest first.</summary>
    public static IReadOnlyList<DateOnly> AllDays(string home)
    {
        var scores = Path.Combine(home, "scores");
        FolderSwap.SettleAll(scores);
        return Directory.Exists(scores)
            ?
            [
                .. Directory
                    .GetDirectories(scores, "as_of=*")
                    .Select(folder => DayOf(Path.GetFileName(folder)))
                    .OfType<DateOnly>()
                    .Order(),
            ]
            : [];
    }

    static DateOnly? DayOf(string folder) =>
        DateOnly.TryParseExact(
            folder["as_of=".Length..],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    static void Stage(Connection connection, IEnumerable<ContactScore> scores, ScoreRun run)
    {
        using var score = connection.Appender("score");
        using var reason = connection.Appender("reason");
        using var fit = connection.Appender("fit");
        foreach (var (one, municipalities) in scores)
        {
            var contact = one.Contact.Value;
            score.Append(contact).Append(one.RawScore).Append(one.Likelihood).Append(one.Low).Append(one.High);
            score.Append($"{one.Grade}").Append(one.Rank).Append(run.ModelId).Append(run.AsOf).EndRow();
            for (var i = 0; i < one.Reasons.Count; i++)
            {
                var (feature, value, contribution) = one.Reasons[i];
                reason.Append(contact).Append(i).Append(feature).Append(value).Append(contribution).EndRow();
            }
            for (var i = 0; i < municipalities.Count; i++)
                fit.Append(contact).Append(i).Append(municipalities[i]).EndRow();
        }
    }

    static ScoreRun ReadFiles(string folder, DateOnly asOf, CancellationToken cancellation)
    {
        var (scores, model) = OfFiles(folder, Scores, cancellation);
        scores.Sort(
            (left, right) =>
                left.Score.Rank != right.Score.Rank
                    ? left.Score.Rank.CompareTo(right.Score.Rank)
                    : string.CompareOrdinal(left.Score.Contact.Value, right.Score.Contact.Value)
        );
        return new(asOf, model, scores);
    }

    static long Count(QueryResult result)
    {
        var contacts = 0L;
        while (result.Next() is { } chunk)
            contacts += chunk.Count;
        return contacts;
    }

    // all that the files of a folder hold, in no order
    static T OfFiles<T>(string folder, Func<QueryResult, T> read, CancellationToken cancellation)
    {
        using var database = OpenDatabase();
        using var connection = database.Connect();
        var sql = WorkerSql.Of("Scores.read_scores");
        using var result = connection.Query("read_scores", sql, cancellation, ("folder", folder));
        return read(result);
    }

    /// <summary>Scores as a file holds them, and the model of the last of them.</summary>
    static (List<ContactScore> Scores, string Model) Scores(QueryResult result)
    {
        var model = "";
        var scores = new List<ContactScore>();
        while (result.Next() is { } chunk)
            for (var row = 0; row < chunk.Count; row++)
            {
                scores.Add(new(Score(chunk, row), Fits(chunk[8], row)));
                model = chunk.Text(9, row)!;
            }
        return (scores, model);
    }

    static LeadScore Score(Chunk chunk, int row) =>
        new(
            new ContactId(chunk.Text(0, row)!),
            chunk.Span<double>(1)[row],
            chunk.Span<double>(2)[row],
            chunk.Span<double>(3)[row],
            chunk.Span<double>(4)[row],
            chunk.Text(5, row)![0],
            chunk.Span<int>(6)[row],
            Reasons(chunk[7], row)
        );

    static Reason[] Reasons(Vector column, int row)
    {
        var (start, length) = column.Range(row);
        var elements = column.Elements;
        var (features, values, contributions) = (elements.Field(0), elements.Field(1), elements.Field(2));
        var reasons = new Reason[length];
        for (var i = 0; i < length; i++)
            reasons[i] = new(
                features.Text(start + i)!,
                values.Span<double>()[start + i],
                contributions.Span<double>()[start + i]
            );
        return reasons;
    }

    static int[] Fits(Vector column, int row)
    {
        var (start, length) = column.Range(row);
        var codes = column.Elements.Span<ushort>().Slice(start, length);
        var fits = new int[length];
        for (var i = 0; i < length; i++)
            fits[i] = codes[i];
        return fits;
    }

    /// <summary>One thread, so that rows and bytes come in one order.</summary>
    internal static Database OpenDatabase() =>
        Database.Open(":memory:", new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" });
}
