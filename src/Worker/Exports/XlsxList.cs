using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LeadScoring.Worker.Exports;

/// <summary>A list as an Excel workbook: numbers as numbers, days as days, text as inline strings that never are formulas.</summary>
static class XlsxList
{
    const uint Plain = 0;
    const uint Heading = 1;
    const uint Likelihood = 2;
    const uint Day = 3;

    /// <summary>Days since this one are how Excel writes a date (1900 system, its leap-year bug included).</summary>
    static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>The earliest time that a zip entry can carry; a clock's time would make every file another.</summary>
    static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(string path, IReadOnlyList<LeadRow> leads)
    {
        using var package = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(package, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            document.ChangeIdOfPart(workbook, "rId1");
            var sheet = workbook.AddNewPart<WorksheetPart>("rId1");
            workbook.AddNewPart<WorkbookStylesPart>("rId2").Stylesheet = Styles();
            workbook.Workbook = new Workbook(
                new Sheets(
                    new Sheet
                    {
                        Id = "rId1",
                        SheetId = 1,
                        Name = "leads",
                    }
                )
            );
            WriteSheet(sheet, leads);
        }
        Settle(package, path);
    }

    static void WriteSheet(WorksheetPart part, IReadOnlyList<LeadRow> leads)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(
            new SheetViews(
                new SheetView(
                    new Pane
                    {
                        VerticalSplit = 1,
                        TopLeftCell = "A2",
                        ActivePane = PaneValues.BottomLeft,
                        State = PaneStateValues.Frozen,
                    }
                )
                {
                    WorkbookViewId = 0,
                }
            )
        );
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, LeadColumn.All.Select(c => Text(c.Name, Heading)));
        foreach (var lead in leads)
            WriteRow(writer, LeadColumn.All.Select(c => Cell(c.Value(lead))));
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    static void WriteRow(OpenXmlWriter writer, IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
            writer.WriteElement(cell);
        writer.WriteEndElement();
    }

    static Cell Cell(object? value) =>
        value switch
        {
            null => new Cell(),
            string text => Text(text, Plain),
            double likelihood => Number(likelihood.ToString("R", CultureInfo.InvariantCulture), Likelihood),
            DateOnly day => Number(Invariant(day.DayNumber - DayZero.DayNumber), Day),
            int number => Number(Invariant(number), Plain),
            _ => throw new InvalidOperationException($"a cell of {value.GetType()}"),
        };

    static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    static Cell Number(string text, uint style) => new() { CellValue = new CellValue(text), StyleIndex = style };

    static Cell Text(string text, uint style) =>
        new(new InlineString(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        };

    /// <summary>Without the control characters that XML cannot hold.</summary>
    static string Printable(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));

    /// <summary>Four cell formats in the order of the constants above.</summary>
    static Stylesheet Styles() =>
        new(
            new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "0.0000" }),
            new Fonts(new Font(), new Font(new Bold())),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            ),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = 1, ApplyFont = true },
                new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }
            ),
            new CellStyles(
                new CellStyle
                {
                    Name = "Normal",
                    FormatId = 0,
                    BuiltinId = 0,
                }
            )
        );

    /// <summary>The package's entries by name and without times, so that the same list gives the same bytes.</summary>
    static void Settle(MemoryStream package, string path)
    {
        package.Position = 0;
        using var from = new ZipArchive(package, ZipArchiveMode.Read);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        using var to = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var entry in from.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = NoTime;
            using var source = entry.Open();
            using var target = copy.Open();
            source.CopyTo(target);
        }
    }
}
