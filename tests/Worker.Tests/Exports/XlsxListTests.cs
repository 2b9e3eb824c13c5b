using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

public class XlsxListTests
{
    [Test]
    public void A_workbook_is_valid_and_holds_numbers_days_and_text()
    {
        using var home = new TemporaryHome();
        var path = home.File("boden.xlsx");
        var hostile = LeadRows.Bare with { WhyThisMunicipality = "=1+1\u0001" };
        XlsxList.Write(path, [LeadRows.Full, hostile]);

        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        Assert.That(new OpenXmlValidator().Validate(document).Select(e => e.Description), Is.Empty);
        var rows = document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().ToList();
        Assert.That(rows, Has.Count.EqualTo(3));
        Assert.That(Texts(rows[0]), Is.EqualTo(LeadColumn.All.Select(c => c.Name)));
        Assert.That(
            Texts(rows[1]),
            Is.EqualTo(
                new[]
                {
                    "1",
                    "k-10482",
                    "0.03126",
                    "0.0119",
                    "0.07454",
                    "A",
                    "desire",
                    "EURES inquiry 2026-02-24",
                    "read 12 pages about housing in 30 days",
                    "said \"maybe\" at a fair",
                    "last visit 3 days ago",
                    "named Boden in an answer; read 6 pages about it",
                    "Överkalix",
                    "read 2 pages about it",
                    "call",
                    "46085",
                    "2026-03-01-a",
                    "46083",
                }
            )
        );
        Assert.That(Texts(rows[2])[11], Is.EqualTo("=1+1"));
        Assert.That(rows.SelectMany(r => r.Descendants<CellFormula>()), Is.Empty);
    }

    [Test]
    public void The_same_list_gives_the_same_bytes_without_a_clocks_time()
    {
        using var home = new TemporaryHome();
        XlsxList.Write(home.File("a.xlsx"), [LeadRows.Full]);
        XlsxList.Write(home.File("b.xlsx"), [LeadRows.Full]);
        Assert.That(File.ReadAllBytes(home.File("a.xlsx")), Is.EqualTo(File.ReadAllBytes(home.File("b.xlsx"))));
        using var zip = ZipFile.OpenRead(home.File("a.xlsx"));
        Assert.That(zip.Entries.Select(e => e.LastWriteTime.Year), Is.All.EqualTo(1980));
    }

    static string[] Texts(Row row) => [.. row.Elements<Cell>().Select(c => c.InnerText)];
}
