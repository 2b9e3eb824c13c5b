using System.Text;
using System.Text.Unicode;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Reads delimited text; delimiter and header are those that name the source's columns.</summary>
sealed class CsvReader : IRecordReader
{
    readonly Stream _stream;
    readonly RecordScanner _scanner;
    readonly HeaderMatch _header;
    readonly int[] _positions;
    readonly byte[] _headerText;
    readonly bool _checkUtf8;
    readonly bool _isWide;
    readonly List<string> _warnings = [];
    (long Rows, long FirstLine) _looseQuotes;

    /// <param name="strayQuote">Line of the quote for which all quotes are read as letters; null when they are not.</param>
    public CsvReader(TextFile file, IReadOnlyList<SourceColumn> columns, long? strayQuote = null)
    {
        var layout = CsvLayout.Sniff(file, columns);
        _header = HeaderMatch.Of(layout, columns);
        _positions = [.. _header.Positions];
        Columns = columns;
        Format =
            $"{file.Packing}csv '{(layout.Delimiter == '\t' ? "\\t" : (char)layout.Delimiter)}' {file.Encoding.Name}{(strayQuote is null ? "" : " quotes off")}";
        (_checkUtf8, _isWide) = (file.Encoding.HasBadBytes, file.Encoding.IsWide);
        if (strayQuote is { } line)
            _warnings.Add(StrayQuotes.Told(line, _header.Count));
        _warnings.AddRange(layout.Warnings);
        _warnings.AddRange(_header.Warnings);
        _stream = file.Open();
        // Where a record has several fields, a blank line is none; where it has one, it is a record without a value.
        _scanner = new RecordScanner(_stream, layout.Delimiter)
        {
            TakesBlankLines = _header.Count == 1,
            ReadsQuotes = strayQuote is null,
        };
        while (_scanner.Next() && _scanner.Line < layout.HeaderLine) { }
        _headerText = _scanner.Record.ToArray();
    }

    public string Format { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public IReadOnlyList<string> Warnings =>
        _looseQuotes.Rows == 0
            ? _warnings
            :
            [
                .. _warnings,
                "a quote inside a field that does not begin with one is read as a letter "
                    + $"(rows: {_looseQuotes.Rows}, the first on line {_looseQuotes.FirstLine})",
            ];

    public long Line => _scanner.Line;

    public double Share => (double)_stream.Position / Math.Max(1, _stream.Length);

    public string? Problem { get; private set; }

    public string Text => Encoding.UTF8.GetString(_scanner.Record);

    public bool Next()
    {
        if (!_scanner.Next())
            return false;
        Problem = FindProblem();
        if (_scanner.IsCutOff)
            _warnings.Add($"the last line ({_scanner.Line}) has no line end; was the file cut off?");
        if (Problem is null && _scanner.HasLooseQuote)
            _looseQuotes = (_looseQuotes.Rows + 1, _looseQuotes.Rows == 0 ? _scanner.Line : _looseQuotes.FirstLine);
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
        var record = _scanner.Record;
        if (_scanner.FieldCount != _header.Count)
        {
            if (_scanner.LastLine > _scanner.Line)
            {
                throw new IngestionException(
                    $"a quote opened on line {_scanner.Line} closes on line {_scanner.LastLine}, and the record then has "
                        + $"{_scanner.FieldCount} fields, expected {_header.Count}: it is probably one quote too many. "
                        + "Mend that line or export again."
                )
                {
                    StrayQuote = _scanner.Line,
                };
            }
            return $"{_scanner.FieldCount} fields, expected {_header.Count}"
                + (_scanner.IsCutOff ? "; the file ends inside this line" : "");
        }
        var hasMark = record.StartsWith("\uFEFF"u8);
        if (record.Length - (hasMark ? 3 : 0) == _headerText.Length && record.EndsWith(_headerText))
            return "the header once more, expected a row";
        if (hasMark)
            return "a byte order mark in the middle of the file, expected text";
        if (record.Contains((byte)0))
            return "a NUL byte, expected text";
        if (_isWide && record.IndexOf(TextEncoding.HalfCharacter) >= 0)
            return "half a character of UTF-16, expected text";
        return _checkUtf8 && !Utf8.IsValid(record) ? "bytes that are no UTF-8, expected the file's encoding" : null;
    }
}
