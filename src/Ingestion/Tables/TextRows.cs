using System.Globalization;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tables;

/// <summary>The rows of a CSV file; every record is read or the file is refused.</summary>
sealed class TextRows : ITableRows
{
    readonly string _file;
    readonly Stream _stream;
    readonly RecordScanner _scanner;
    readonly SinkOf[] _sinks;
    readonly int _columns;

    /// <param name="file">The file's name, for errors.</param>
    public TextRows(string file, TextFile text, byte delimiter, IReadOnlyList<SinkOf> sinks)
    {
        (_file, _sinks) = (file, [.. sinks]);
        _stream = text.Open();
        _scanner = new RecordScanner(_stream, delimiter);
        Next();
        _columns = _scanner.FieldCount;
    }

    public int Read(int most, CancellationToken cancellation)
    {
        var row = 0;
        for (; row < most && Next(); row++)
        {
            if ((row & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            CheckRecord();
            foreach (var (column, sink) in _sinks)
                sink.Text(Cell.Trim(_scanner[column]));
        }
        return row;
    }

    public void Dispose() => _stream.Dispose();

    bool Next()
    {
        try
        {
            return _scanner.Next();
        }
        catch (IngestionException error)
        {
            throw new IngestionException($"{_file}: {error.Message}", error);
        }
    }

    void CheckRecord()
    {
        if (_scanner.FieldCount == _columns && !_scanner.HasTextAfterQuote)
            return;
        var line = _scanner.Line.ToString(CultureInfo.InvariantCulture);
        throw new IngestionException(
            _scanner.FieldCount != _columns
                ? $"{_file}: line {line} has {_scanner.FieldCount} fields, expected {_columns} as in the header."
                : $"{_file}: line {line} has text behind a closing quote, expected every \" doubled."
        );
    }
}
