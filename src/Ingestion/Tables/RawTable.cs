using System.Text;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tables;

/// <summary>A CSV (plain or gzip) or Parquet file as columns of text, rows in the file's order.</summary>
sealed class RawTable
{
    static readonly char[] _delimiters = [',', ';', '\t', '|'];

    readonly string _file;
    readonly List<RawColumn> _columns = [];

    RawTable(string file) => _file = file;

    public IReadOnlyList<RawColumn> Columns => _columns;
    public int RowCount { get; private set; }

    /// <exception cref="IngestionException">There is no such file, it cannot be read as a table, or it has no rows.</exception>
    public static RawTable Read(string path, CancellationToken cancellation)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new IngestionException($"There is no file {path}; expected a CSV (also .gz) or Parquet file.");
        try
        {
            var table = new RawTable(file);
            using var database = Database.Open(
                ":memory:",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
            );
            using var connection = database.Connect();
            using var result = Open(connection, path, cancellation);
            table.Fill(result);
            return table;
        }
        catch (DuckDbException error)
        {
            throw new IngestionException($"{file} cannot be read as a table: {FirstLines(error.Message)}", error);
        }
    }

    /// <summary>The column of this name.</summary>
    /// <param name="part">What it is asked for, for the error.</param>
    /// <exception cref="IngestionException">There is none; the nearest name is suggested.</exception>
    public RawColumn Column(string name, string part) =>
        _columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal))
        ?? throw new IngestionException(
            $"{_file} has no column '{name}' for the {part}, it has {string.Join(", ", _columns.Select(c => c.Name))}"
                + Spelling.DidYouMean(name, _columns.Select(c => c.Name))
        );

    void Fill(QueryResult result)
    {
        _columns.AddRange(result.Columns.Select(column => new RawColumn(column.Name)));
        while (result.Next() is { } chunk)
        {
            for (var c = 0; c < _columns.Count; c++)
            {
                for (var row = 0; row < chunk.Count; row++)
                    _columns[c].Add(chunk.TextBytes(c, row));
            }
            RowCount += chunk.Count;
        }
        if (RowCount == 0)
            throw new IngestionException($"{_file} has no rows, expected a header and at least one row.");
    }

    static QueryResult Open(Connection connection, string path, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[4];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan(0, length).SequenceEqual("PAR1"u8))
            return connection.Query("table.parquet", Sql("Parquet"), cancellation, ("file", path));
        var gzip = length > 2 && start[0] == 0x1f && start[1] == 0x8b;
        stream.Position = 0;
        var (header, encoding) = FirstLine(
            gzip
                ? new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionMode.Decompress)
                : stream
        );
        return connection.Query(
            "table.csv",
            Sql("Csv"),
            cancellation,
            ("file", path),
            ("delimiter", DelimiterOf(header).ToString()),
            ("encoding", encoding),
            ("compression", gzip ? "gzip" : "none")
        );
    }

    // The first line, and utf-16 or utf-8 as the byte order mark says; latin-1 when its bytes are not UTF-8.
    static (string Line, string Encoding) FirstLine(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var buffer = new char[1 << 20];
        var length = reader.ReadBlock(buffer, 0, buffer.Length);
        var text = buffer.AsSpan(0, length);
        var encoding =
            reader.CurrentEncoding is UnicodeEncoding ? "utf-16"
            : text.Contains('\uFFFD') ? "latin-1"
            : "utf-8";
        var end = text.IndexOfAny('\n', '\r');
        return (new string(end < 0 ? text : text[..end]), encoding);
    }

    // the delimiter that stands most often outside quotes in the header
    static char DelimiterOf(string header)
    {
        var counts = new int[_delimiters.Length];
        var quoted = false;
        foreach (var letter in header)
        {
            quoted ^= letter == '"';
            var index = Array.IndexOf(_delimiters, letter);
            if (!quoted && index >= 0)
                counts[index]++;
        }
        return _delimiters[Array.IndexOf(counts, counts.Max())];
    }

    // DuckDB adds the settings it guessed and the whole line, which may be personal.
    static string FirstLines(string message)
    {
        var lines = message
            .Split('\n')
            .Where(line => !line.Contains("Original Line", StringComparison.OrdinalIgnoreCase));
        return string.Join(' ', lines.Take(2).Select(line => line.Trim()));
    }

    static string Sql(string name) => EmbeddedSql.Read($"Tables.{name}.sql");
}
