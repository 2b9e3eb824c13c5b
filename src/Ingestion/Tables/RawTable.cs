using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tables;

/// <summary>A CSV (plain or gzip, any encoding the inbox takes) or Parquet file as columns of text, rows in the file's order.</summary>
/// <remarks>Every record is read or the file is refused: an open quote, a cut-off gzip file, a ragged line are named.</remarks>
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
        var table = new RawTable(Path.GetFileName(path));
        if (!File.Exists(path))
            throw new IngestionException($"There is no file {path}; expected a CSV (also .gz) or Parquet file.");
        var scratch = Directory.CreateTempSubdirectory("leads-table-").FullName;
        try
        {
            table.Fill(path, scratch, cancellation);
        }
        catch (IngestionException error)
        {
            throw new IngestionException($"{table._file}: {error.Message}", error);
        }
        catch (DuckDbException error)
        {
            throw new IngestionException($"{table._file} cannot be read as Parquet: {error.Message}", error);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
        return table;
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

    void Fill(string path, string scratch, CancellationToken cancellation)
    {
        var (plain, packing) = InputFile.Unpack(path, scratch, cancellation);
        if (IsParquet(plain))
            FillFromParquet(plain, cancellation);
        else
            FillFromText(InputFile.OpenText(plain, packing, scratch, cancellation), cancellation);
        if (RowCount == 0)
            throw new IngestionException("it has no rows, expected a header and at least one row.");
    }

    static bool IsParquet(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[4];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 4
            && start.AsSpan().SequenceEqual("PAR1"u8);
    }

    void FillFromParquet(string path, CancellationToken cancellation)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        var sql = EmbeddedSql.Read("Tables.Parquet.sql");
        using var result = connection.Query("Parquet", sql, cancellation, ("file", path));
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
    }

    void FillFromText(TextFile text, CancellationToken cancellation)
    {
        if (text.Encoding.HasBadBytes)
            throw new IngestionException("its UTF-8 text is damaged in places; export it again.");
        using var stream = text.Open();
        var scanner = new RecordScanner(stream, (byte)DelimiterOf(text));
        scanner.Next();
        AddColumns(scanner);
        for (; scanner.Next(); RowCount++)
        {
            if ((RowCount & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            CheckRecord(scanner);
            for (var c = 0; c < _columns.Count; c++)
                _columns[c].Add(scanner[c]);
        }
    }

    void AddColumns(RecordScanner header)
    {
        for (var c = 0; c < header.FieldCount; c++)
        {
            var name = Encoding.UTF8.GetString(header[c]).Trim();
            if (name.Length == 0)
                name = string.Create(CultureInfo.InvariantCulture, $"column{c + 1}");
            if (_columns.Exists(column => string.Equals(column.Name, name, StringComparison.Ordinal)))
                throw new IngestionException($"the header names '{name}' twice, expected each column once.");
            _columns.Add(new RawColumn(name));
        }
    }

    void CheckRecord(RecordScanner record)
    {
        var line = record.Line.ToString(CultureInfo.InvariantCulture);
        if (record.FieldCount != _columns.Count)
        {
            throw new IngestionException(
                $"line {line} has {record.FieldCount} fields, expected {_columns.Count} as in the header."
            );
        }
        if (record.HasTextAfterQuote)
            throw new IngestionException($"line {line} has text behind a closing quote, expected every \" doubled.");
    }

    // the delimiter that stands most often outside quotes in the header
    static char DelimiterOf(TextFile text)
    {
        using var stream = text.Open();
        var scanner = new RecordScanner(stream, (byte)',');
        if (!scanner.Next())
            throw new IngestionException("there is no header in it.");
        var counts = new int[_delimiters.Length];
        var quoted = false;
        foreach (var letter in scanner.Record)
        {
            quoted ^= letter == '"';
            var index = Array.IndexOf(_delimiters, (char)letter);
            if (!quoted && index >= 0)
                counts[index]++;
        }
        return _delimiters[Array.IndexOf(counts, counts.Max())];
    }
}
