using System.Globalization;
using System.Text;
using System.Xml;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>Goes through a sheet row by row; rows and cells that hold nothing are left out, as they are in the file.</summary>
sealed class SheetRows(XmlReader xml, SharedStrings strings, CellStyles styles) : IDisposable
{
    /// <summary>Columns that a sheet can have (XFD).</summary>
    const int MostColumns = 16_384;

    readonly List<SheetCell> _cells = [];

    /// <summary>The row's number, as the spreadsheet program shows it.</summary>
    public long Row { get; private set; }

    /// <summary>The row's cells that hold something, from left to right.</summary>
    public IReadOnlyList<SheetCell> Cells => _cells;

    /// <summary>Areas of merged cells; they stand behind the rows.</summary>
    public int MergedAreas { get; private set; }

    /// <summary>The first of them, as in <c>A2:A4</c>.</summary>
    public string? FirstMerged { get; private set; }

    /// <summary>Moves to the next row with a value; false at the end.</summary>
    /// <exception cref="IngestionException">The sheet is damaged.</exception>
    public bool Next() => Workbook.Guard(Find);

    public void Dispose() => xml.Dispose();

    bool Find()
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName is "mergeCell")
            {
                FirstMerged ??= xml.GetAttribute("ref");
                MergedAreas++;
            }
            if (xml.LocalName is "row")
            {
                ReadRow();
                if (_cells.Count > 0)
                    return true;
            }
        }
        return false;
    }

    void ReadRow()
    {
        _cells.Clear();
        var row = long.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said)
            ? said
            : Row + 1;
        if (row <= Row)
            throw Damaged($"row {row} stands behind row {Row}");
        Row = row;
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        var column = -1;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                continue;
            var next = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
            if (next <= column || next >= MostColumns)
                throw Damaged($"the cells of row {Row} are out of order");
            column = next;
            if (ReadCell(column) is { } cell)
                _cells.Add(cell);
        }
    }

    SheetCell? ReadCell(int column)
    {
        var (type, style) = (xml.GetAttribute("t") ?? "n", xml.GetAttribute("s"));
        if (xml.IsEmptyElement)
            return null;
        var (depth, text, hasFormula) = (xml.Depth, (string?)null, false);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != depth + 1)
                continue;
            hasFormula |= xml.LocalName is "f";
            if (xml.LocalName is "v")
                text = Content();
            else if (xml.LocalName is "is")
                text = SharedStrings.CellText(xml);
        }
        if (string.IsNullOrEmpty(text))
            return hasFormula && type is not "str" ? new(column, CellKind.NoResult, "") : null;
        return type switch
        {
            "s" => new(column, CellKind.Text, Shared(text)),
            "str" or "inlineStr" => new(column, CellKind.Text, SharedStrings.Unescape(text)),
            "b" => new(column, CellKind.Text, text is "1" or "true" ? "true" : "false"),
            "e" => new(column, CellKind.Error, text),
            "d" => new(column, CellKind.Day, text),
            _ => new(column, styles.IsTime(StyleOf(style)) ? CellKind.Time : CellKind.Number, text),
        };
    }

    string Shared(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count
            ? strings[at]
            : throw Damaged($"a cell of row {Row} refers to a text that is not there");

    /// <summary>The text of the element at hand; ends on its end.</summary>
    string Content()
    {
        if (xml.IsEmptyElement)
            return "";
        var (text, depth) = (new StringBuilder(), xml.Depth);
        while (xml.Read() && xml.Depth > depth)
            text.Append(xml.Value);
        return text.ToString();
    }

    static int StyleOf(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;

    /// <summary>0 for A1, 27 for AB7; null when the cell does not say.</summary>
    static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var sign in reference ?? "")
        {
            if (sign is < 'A' or > 'Z' || column > MostColumns)
                break;
            column = (column * 26) + sign - 'A' + 1;
        }
        return column == 0 ? null : column - 1;
    }

    static IngestionException Damaged(string what) => new($"the sheet is damaged: {what}. {Workbook.Expected}");
}

/// <summary>A cell that holds something.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Text">Its text; for numbers and times the number as written.</param>
readonly record struct SheetCell(int Column, CellKind Kind, string Text);

/// <summary>What a cell holds.</summary>
enum CellKind
{
    /// <summary>A text, or a truth in words.</summary>
    Text,
    Number,

    /// <summary>A number of days that is shown as a date or time.</summary>
    Time,

    /// <summary>A date or time in ISO 8601.</summary>
    Day,

    /// <summary>What a formula gives that cannot be worked out: #N/A, #REF!.</summary>
    Error,

    /// <summary>A formula that was never worked out.</summary>
    NoResult,
}
