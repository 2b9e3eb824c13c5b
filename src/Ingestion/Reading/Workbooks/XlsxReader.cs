using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>Reads one sheet of a workbook, row by row, every value as the text that its column expects.</summary>
/// <remarks>
/// A date is written in the format that the source declares, a number with its decimal sign: the typing that follows is
/// as strict as for text. A number without a date's style is no date. Lines are the row numbers that a spreadsheet
/// program shows; rows without a value are none. A row's text, for the rejects, is a JSON object of the declared columns.
/// </remarks>
sealed class XlsxReader : IRecordReader
{
    readonly Workbook _workbook;
    readonly SheetRows _rows;
    readonly SheetHeader _header;
    readonly int[] _columnAt;
    readonly TimeFormat?[] _formats;
    readonly List<string> _warnings;
    readonly (int Start, int Length)[] _fields;
    byte[] _texts = new byte[1 << 12];
    int _textsCount;

    /// <param name="sheet">The sheet's name; null takes the first that is visible.</param>
    public XlsxReader(string path, IReadOnlyList<SourceColumn> columns, string? sheet, CancellationToken cancellation)
    {
        Columns = columns;
        _workbook = Workbook.Open(path, cancellation);
        try
        {
            _header = SheetHeader.Find(_workbook, columns, sheet, cancellation);
            var match = HeaderMatch.Of(_header.Names, columns, $"(row {_header.Row} of sheet '{_header.Sheet.Name}') ");
            _warnings = [.. _header.Warnings, .. match.Warnings];
            Format = $"xlsx ({_header.Sheet.Name})";
            _columnAt =
            [
                .. Enumerable.Range(0, _header.Names.Length).Select(at => match.Positions.ToList().IndexOf(at)),
            ];
            _formats = [.. columns.Select(column => column.Format is { } format ? TimeFormat.Of(format) : null)];
            _fields = new (int, int)[columns.Count];
            _rows = _header.Open(_workbook);
            while (_rows.Row < _header.Row && _rows.Next()) { }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Format { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public IReadOnlyList<string> Warnings =>
        _rows.MergedAreas == 0
            ? _warnings
            :
            [
                .. _warnings,
                "of merged cells only the one above and to the left has a value "
                    + $"(areas: {_rows.MergedAreas}, the first {_rows.FirstMerged})",
            ];

    public long Line => _rows.Row;

    public double Share => _workbook.Share;

    public string? Problem { get; private set; }

    public string Text => RecordText.Json(this);

    public ReadOnlySpan<byte> Field(int column) => _texts.AsSpan(_fields[column].Start, _fields[column].Length);

    public bool Next()
    {
        if (!_rows.Next())
            return false;
        (Problem, _textsCount) = (null, 0);
        Array.Clear(_fields);
        foreach (var cell in _rows.Cells)
        {
            if (cell.Column >= _columnAt.Length)
                Problem ??= $"a value in column {NameOf(cell.Column)}, where the header has no name";
            else if (_columnAt[cell.Column] is >= 0 and var column)
                Keep(cell, column);
        }
        if (_header.IsRepeatedBy(_rows.Cells))
            Problem = "the header once more, expected a row";
        return true;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _workbook.Dispose();
    }

    void Keep(SheetCell cell, int column)
    {
        var name = Columns[column].Name;
        if (cell.Kind == CellKind.Error)
            Problem ??= $"{name}: a fault of the sheet (such as #N/A), expected a value";
        if (cell.Kind == CellKind.NoResult)
            Problem ??= $"{name}: a formula without its result, expected a value; open and save the workbook once";
        var text = Written(cell, Columns[column], _formats[column]);
        var needed = _textsCount + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_texts.Length < needed)
            Array.Resize(ref _texts, Math.Max(_texts.Length * 2, needed));
        var length = Encoding.UTF8.GetBytes(text, _texts.AsSpan(_textsCount));
        _fields[column] = (_textsCount, length);
        _textsCount += length;
    }

    string Written(SheetCell cell, SourceColumn column, TimeFormat? format)
    {
        if (cell.Kind == CellKind.Number)
            return column.DecimalComma ? Plain(cell.Text).Replace('.', ',') : Plain(cell.Text);
        if (cell.Kind is CellKind.Time && SheetTime.TryRead(cell.Text, _workbook.StartsIn1904, out var time))
            return Written(time, column, format);
        return
            cell.Kind is CellKind.Day
            && DateTime.TryParse(cell.Text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var day)
            ? Written(day, column, format)
            : cell.Text;
    }

    /// <summary>In the column's own format, or in ISO 8601 where that cannot say all of it: then it does not fit.</summary>
    static string Written(DateTime time, SourceColumn column, TimeFormat? format)
    {
        if (column.Epoch > 0)
            return ((time - DateTime.UnixEpoch).Ticks / (TimeSpan.TicksPerSecond / column.Epoch)).ToString(
                CultureInfo.InvariantCulture
            );
        var isDay = column.Kind != ColumnKind.Timestamp && time.TimeOfDay == TimeSpan.Zero;
        return format?.Write(time)
            ?? time.ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFF", CultureInfo.InvariantCulture);
    }

    /// <summary>The shortest text of the number; a whole one without an exponent.</summary>
    static string Plain(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return text;
        return Math.Abs(number) < 9e15 && Math.Floor(number) == number
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A, B … Z, AA …</summary>
    static string NameOf(int column) => (column >= 26 ? NameOf((column / 26) - 1) : "") + (char)('A' + (column % 26));
}
