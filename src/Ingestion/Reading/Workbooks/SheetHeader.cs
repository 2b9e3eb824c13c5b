using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>The sheet of a workbook that is read, and the row of it that names the columns.</summary>
/// <param name="Names">By column of the sheet; empty where the header has no name.</param>
/// <param name="Row">From 1, as the spreadsheet program shows it; 0 when the sheet is empty.</param>
sealed record SheetHeader(
    Sheet Sheet,
    string[] Names,
    long Row,
    IReadOnlyList<string> Warnings,
    SharedStrings Strings,
    CellStyles Styles
)
{
    /// <summary>Rows among which the header is looked for.</summary>
    const int MostAbove = 25;

    /// <exception cref="IngestionException">There is no such sheet, or nothing in it.</exception>
    public static SheetHeader Find(
        Workbook workbook,
        IReadOnlyList<SourceColumn> columns,
        string? name,
        CancellationToken cancellation
    )
    {
        var sheet = Choose(workbook, name);
        var others = workbook.Sheets.Where(other => other != sheet).Select(other => $"'{other.Name}'").ToArray();
        var warnings = new List<string>();
        if (others.Length > 0 && name is null)
            warnings.Add(
                $"of the workbook only the sheet '{sheet.Name}' is read, and not {HeaderMatch.Listed(others)}; "
                    + "a line -- sheet: NAME in the source says which"
            );
        using var strings = workbook.OpenPart("sharedStrings");
        using var styles = workbook.OpenPart("styles");
        var header = Workbook.Guard(() =>
            new SheetHeader(sheet, [], 0, warnings, SharedStrings.Read(strings, cancellation), CellStyles.Read(styles))
        );
        header = header.In(workbook, columns);
        if (header.Row == 0)
            throw new IngestionException(
                $"the sheet '{sheet.Name}' is empty. Expected at least a header."
                    + (others.Length > 0 ? $" Other sheets: {HeaderMatch.Listed(others)}." : "")
            );
        return header;
    }

    public SheetRows Open(Workbook workbook) => new(workbook.OpenSheet(Sheet), Strings, Styles);

    public bool IsRepeatedBy(IReadOnlyList<SheetCell> cells) =>
        cells.Count == Names.Count(name => name.Length > 0)
        && cells.All(cell =>
            cell.Column < Names.Length && string.Equals(cell.Text, Names[cell.Column], StringComparison.Ordinal)
        );

    static Sheet Choose(Workbook workbook, string? name)
    {
        var known = workbook.Sheets.Select(sheet => sheet.Name).ToArray();
        if (name is null)
            return workbook.Sheets.FirstOrDefault(sheet => sheet.IsVisible)
                ?? throw new IngestionException(
                    "the workbook has no visible sheet with cells. Expected one with rows."
                );
        return workbook.Sheets.FirstOrDefault(sheet =>
                string.Equals(HeaderMatch.Plain(sheet.Name), HeaderMatch.Plain(name), StringComparison.Ordinal)
            )
            ?? throw new IngestionException(
                $"the workbook has no sheet '{name}'{Suggestion.For(name, known)}. Expected one of {HeaderMatch.Listed(known)}."
            );
    }

    /// <summary>The first row with most of the columns; it is the first of all when they are not known.</summary>
    SheetHeader In(Workbook workbook, IReadOnlyList<SourceColumn> columns)
    {
        var known = columns.Select(column => HeaderMatch.Plain(column.Name)).ToHashSet(StringComparer.Ordinal);
        var (best, most, first) = (this, -1, 0L);
        using var rows = Open(workbook);
        for (var row = 0; row < MostAbove && most < 2 && rows.Next(); row++)
        {
            first = first == 0 ? rows.Row : first;
            var matches = rows.Cells.Count(cell => known.Contains(HeaderMatch.Plain(cell.Text)));
            if (matches > most)
                (best, most) = (this with { Names = NamesIn(rows.Cells), Row = rows.Row }, matches);
            if (known.Count == 0)
                break;
        }
        return best.Row > first
            ? best with
            {
                Warnings = [.. Warnings, $"the header is on row {best.Row}; what stands above it is not read"],
            }
            : best;
    }

    static string[] NamesIn(IReadOnlyList<SheetCell> cells)
    {
        var names = new string[cells[^1].Column + 1];
        Array.Fill(names, "");
        foreach (var cell in cells)
            names[cell.Column] = cell.Text;
        return names;
    }
}
