using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tables;

/// <summary>A CSV (plain or gzip, any encoding the inbox takes) or Parquet file, to be gone through as often as needed.</summary>
sealed class TableFile : IDisposable
{
    static readonly char[] _delimiters = [',', ';', '\t', '|'];

    readonly string _plain;
    readonly string _scratch;
    readonly TextFile? _text;
    readonly byte _delimiter;
    readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    TableFile(string path, string scratch, CancellationToken cancellation)
    {
        (Name, _scratch) = (Path.GetFileName(path), scratch);
        (_plain, var packing) = InputFile.Unpack(path, scratch, cancellation);
        if (IsParquet(_plain))
        {
            using var parquet = ParquetFile.Open(Name, _plain);
            foreach (var column in parquet.Columns)
                Add(column.Name);
            return;
        }
        _text = InputFile.OpenText(_plain, packing, scratch, cancellation);
        if (_text.Encoding.HasBadBytes)
            throw new IngestionException("its UTF-8 text is damaged in places; export it again.");
        _delimiter = (byte)DelimiterOf(_text);
        using var stream = _text.Open();
        var header = new RecordScanner(stream, _delimiter);
        header.Next();
        for (var c = 0; c < header.FieldCount; c++)
            Add(Encoding.UTF8.GetString(header[c]).Trim());
    }

    /// <summary>The file's name without its folder.</summary>
    public string Name { get; }

    /// <summary>The columns' names in the file's order; one without a name is named by its place.</summary>
    public List<string> Columns { get; } = [];

    /// <exception cref="IngestionException">There is no such file, or it cannot be read as a table.</exception>
    public static TableFile Open(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new IngestionException($"There is no file {path}; expected a CSV (also .gz) or Parquet file.");
        var scratch = Directory.CreateTempSubdirectory("leads-table-").FullName;
        try
        {
            return new TableFile(path, scratch, cancellation);
        }
        catch (Exception error)
        {
            Directory.Delete(scratch, recursive: true);
            var name = Path.GetFileName(path);
            if (error is IngestionException && !error.Message.StartsWith(name, StringComparison.Ordinal))
                throw new IngestionException($"{name}: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Where the column of this name stands.</summary>
    /// <param name="part">What it is asked for, for the error.</param>
    /// <exception cref="IngestionException">There is none; the nearest name is suggested.</exception>
    public int Place(string name, string part)
    {
        if (_places.TryGetValue(name, out var place))
            return place;
        var names = string.Join(", ", Columns.Take(20)) + (Columns.Count > 20 ? $" and {Columns.Count - 20} more" : "");
        throw new IngestionException(
            $"{Name} has no column '{name}' for the {part}, it has {names}{Spelling.DidYouMean(name, Columns)}"
        );
    }

    public bool Has(string name) => _places.ContainsKey(name);

    /// <summary>A pass over the rows, from the first.</summary>
    public ITableRows Rows(IReadOnlyList<SinkOf> sinks, CancellationToken cancellation) =>
        _text is null
            ? new ParquetRows(Name, _plain, sinks, cancellation)
            : new TextRows(Name, _text, _delimiter, sinks);

    /// <summary>Gives every row's cells to the sinks.</summary>
    /// <returns>The number of rows.</returns>
    /// <exception cref="IngestionException">There are none, or more than a table can hold.</exception>
    public int ReadAll(IReadOnlyList<SinkOf> sinks, CancellationToken cancellation)
    {
        using var rows = Rows(sinks, cancellation);
        var count = rows.Read(Array.MaxLength, cancellation);
        if (count == Array.MaxLength)
            throw new IngestionException($"{Name} has more than {count} rows, expected fewer; divide it.");
        return count > 0 ? count : throw WithoutRows();
    }

    public IngestionException WithoutRows() => new($"{Name}: it has no rows, expected a header and at least one row.");

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    void Add(string column)
    {
        var place = Columns.Count;
        var name = column.Length > 0 ? column : string.Create(CultureInfo.InvariantCulture, $"column{place + 1}");
        if (!_places.TryAdd(name, place))
            throw new IngestionException($"the header names '{name}' twice, expected each column once.");
        Columns.Add(name);
    }

    static bool IsParquet(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[4];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 4
            && start.AsSpan().SequenceEqual("PAR1"u8);
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
