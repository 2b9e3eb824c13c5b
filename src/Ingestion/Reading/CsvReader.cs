using System.Text;
using System.Text.Unicode;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Reads delimited text; the delimiter is the one that makes the first line the source's header.</summary>
sealed class CsvReader : IRecordReader
{
    static readonly byte[] _delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    readonly Stream _stream;
    readonly RecordScanner _scanner;
    readonly HeaderMatch _header;
    readonly int[] _positions;
    readonly bool _checkUtf8;
    readonly List<string> _warnings = [];

    public CsvReader(TextFile file, IReadOnlyList<SourceColumn> columns)
    {
        var (delimiter, names) = Sniff(file, columns);
        _header = HeaderMatch.Of(names, delimiter, columns);
        _positions = [.. _header.Positions];
        Columns = columns;
        Format = $"{file.Packing}csv '{(delimiter == '\t' ? "\\t" : (char)delimiter)}' {file.Encoding.Name}";
        _checkUtf8 = file.Encoding.HasBadBytes;
        _warnings.AddRange(_header.Warnings);
        _stream = file.Open();
        _scanner = new RecordScanner(_stream, delimiter);
        _scanner.Next();
    }

    public string Format { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    public long Line => _scanner.Line;

    public string? Problem { get; private set; }

    public string Text => Encoding.UTF8.GetString(_scanner.Record);

    public bool Next()
    {
        if (!_scanner.Next())
            return false;
        Problem = FindProblem();
        if (_scanner.IsCutOff)
            _warnings.Add($"the last line ({_scanner.Line}) has no line end; was the file cut off?");
        return true;
    }

    public ReadOnlySpan<byte> Field(int column)
    {
        var at = _positions[column];
        return at < 0 ? [] : _scanner[at];
    }

    public void Dispose() => _stream.Dispose();

    string? FindProblem()
    {
        if (_scanner.HasTextAfterQuote)
            return "text after a closing quote, expected a delimiter or the line's end";
        if (_scanner.FieldCount != _header.Count)
        {
            if (_scanner.LastLine > _scanner.Line)
            {
                throw new IngestionException(
                    $"a quote opened on line {_scanner.Line} closes on line {_scanner.LastLine}, and the record then has "
                        + $"{_scanner.FieldCount} fields, expected {_header.Count}: it is probably one quote too many. "
                        + "Mend that line or export again."
                );
            }
            return $"{_scanner.FieldCount} fields, expected {_header.Count}"
                + (_scanner.IsCutOff ? "; the file ends inside this line" : "");
        }
        if (_scanner.Record.Contains((byte)0))
            return "a NUL byte, expected text";
        return _checkUtf8 && !Utf8.IsValid(_scanner.Record)
            ? "bytes that are no UTF-8, expected the file's encoding"
            : null;
    }

    /// <summary>The delimiter with which the first line names most of the columns (then: has most fields), and its names.</summary>
    public static (byte Delimiter, string[] Names) Sniff(TextFile file, IReadOnlyList<SourceColumn> columns)
    {
        var known = columns.Select(column => HeaderMatch.Plain(column.Name)).ToHashSet(StringComparer.Ordinal);
        var best = (Delimiter: (byte)',', Names: Array.Empty<string>(), Matches: -1);
        foreach (var delimiter in _delimiters)
        {
            using var stream = file.Open();
            var names = FirstRecord(new RecordScanner(stream, delimiter, 1 << 14));
            var matches = names.Count(name => known.Contains(HeaderMatch.Plain(name)));
            if (matches > best.Matches || (matches == best.Matches && names.Length > best.Names.Length))
                best = (delimiter, names, matches);
        }
        return (best.Delimiter, best.Names);
    }

    static string[] FirstRecord(RecordScanner scanner)
    {
        try
        {
            return scanner.Next()
                ? [.. Enumerable.Range(0, scanner.FieldCount).Select(field => Encoding.UTF8.GetString(scanner[field]))]
                : [];
        }
        catch (IngestionException)
        {
            // With another delimiter the quotes may come out even; if with none, no column is found.
            return [];
        }
    }
}
