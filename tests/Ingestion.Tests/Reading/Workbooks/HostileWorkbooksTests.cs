using LeadScoring.Ingestion.Drafts;
using LeadScoring.Ingestion.Trials;

namespace LeadScoring.Ingestion.Tests.Reading.Workbooks;

/// <summary>Workbooks that are damaged, traps, or something else.</summary>
[Parallelizable]
public sealed class HostileWorkbooksTests : HostileFixture
{
    static string Rows =>
        XlsxParts.Row(1, "id", "day", "pages", "note") + XlsxParts.Row(2, "p", "2024-01-01", "1", "x");

    [Test]
    public void A_document_type_is_refused() =>
        AssertRefused(
            Read(
                new XlsxParts()
                    .Sheet("Visits", Rows)
                    .Part(
                        "xl/sharedStrings.xml",
                        "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><sst><si><t>&c;</t></si></sst>"
                    )
                    .Bytes(),
                "a.xlsx"
            ),
            "the workbook is damaged or cut off"
        );

    [Test]
    public void A_sheet_that_unpacks_without_end_is_refused() =>
        AssertRefused(
            Read(new XlsxParts().Sheet("Visits", Rows + new string(' ', 80 << 20)).Bytes(), "a.xlsx"),
            "packed bytes unpack to more than 300 times as many"
        );

    [Test]
    public void A_cut_off_sheet_is_refused() =>
        AssertRefused(
            Read(
                new XlsxParts()
                    .Sheet("Visits", Rows)
                    .Part("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{Rows}")
                    .Bytes(),
                "a.xlsx"
            ),
            "the workbook is damaged or cut off"
        );

    [Test]
    public void A_cut_off_archive_is_refused()
    {
        var whole = new XlsxParts().Sheet("Visits", Rows).Bytes();

        foreach (var length in new[] { 30, whole.Length / 2, whole.Length - 1 })
            AssertRefused(Read(whole[..length], "a.xlsx"), "Expected a whole zip archive");
    }

    [Test]
    public void A_changed_byte_is_found()
    {
        var whole = new XlsxParts().Sheet("Visits", Rows).Bytes();
        var sheet = whole.AsSpan().IndexOf("xl/worksheets/sheet1.xml"u8) + 60;
        whole[sheet] ^= 0x10;

        var file = Read(whole, "a.xlsx");

        Assert.That((file.State, file.Read), Is.EqualTo((FileState.Refused, 0L)), file.Refusal);
    }

    [TestCase("<row r=\"3\"/><row r=\"2\"/>", "row 2 stands behind row 3")]
    [TestCase(
        "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>",
        "the cells of row 2 are out of order"
    )]
    [TestCase("<row r=\"2\"><c r=\"ZZZZ2\"><v>1</v></c></row>", "the cells of row 2 are out of order")]
    [TestCase(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>99</v></c></row>",
        "a cell of row 2 refers to a text that is not there"
    )]
    public void A_sheet_that_cannot_be_is_refused(string row, string expected) =>
        AssertRefused(
            Read(
                new XlsxParts().Sheet("Visits", XlsxParts.Row(1, "id", "day", "pages", "note") + row).Bytes(),
                "a.xlsx"
            ),
            $"the sheet is damaged: {expected}. Save it as .xlsx again"
        );

    [TestCase("xl/workbook.bin", "this is a binary workbook (.xlsb)")]
    [TestCase("word/document.xml", "this is an Office file and no workbook")]
    public void Other_Office_files_are_refused_by_name(string part, string expected) =>
        AssertRefused(Read(Zip(("[Content_Types].xml", "<x/>"), (part, "<x/>")), "a.xlsx"), expected);

    [Test]
    public void An_OpenDocument_file_is_refused_by_name() =>
        AssertRefused(
            Read(Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")), "a.ods"),
            "this is an OpenDocument file"
        );

    [Test]
    public void A_workbook_without_its_parts_is_refused() =>
        AssertRefused(
            Read(Zip(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")), "a.xlsx"),
            "the workbook has no part xl/_rels/workbook.xml.rels: it is damaged"
        );

    [Test]
    public void An_empty_sheet_and_one_of_other_columns_are_refused()
    {
        AssertRefused(
            Read(new XlsxParts().Sheet("Visits", "").Sheet("Other", Rows).Bytes(), "a.xlsx"),
            "the sheet 'Visits' is empty. Expected at least a header. Other sheets: 'Other'."
        );
        AssertRefused(
            Read(new XlsxParts().Sheet("Visits", XlsxParts.Row(3, "name", "town")).Bytes(), "b.xlsx"),
            "the first line has 2 fields (row 3 of sheet 'Visits') and none of the source's columns"
        );
    }

    [Test]
    public void A_workbook_without_a_visible_sheet_is_refused() =>
        AssertRefused(
            Read(new XlsxParts().Sheet("Visits", Rows, state: "veryHidden").Bytes(), "a.xlsx"),
            "the workbook has no visible sheet"
        );

    [Test]
    public void A_sheet_that_the_source_names_must_be_there()
    {
        Home.WithSource(
            "sheets.sql",
            "-- source: sheets\n-- yields: traces\n-- columns:\n--   id  text required\n--   day  date required\n-- sheet: Visit\nselect id as contact, day as at, 'x' as kind from raw\n"
        );
        Home.With("sheets/a.xlsx", new XlsxParts().Sheet("Visits", Rows).Bytes());

        Assert.That(
            Home.Ingest().Refused.Single().Refusal,
            Is.EqualTo(
                "inbox/sheets/a.xlsx: the workbook has no sheet 'Visit' (did you mean 'Visits'?). Expected one of Visits."
            )
        );
    }

    [Test]
    public void A_workbook_that_is_called_csv_is_read_as_a_workbook() =>
        Assert.That(Read(new XlsxParts().Sheet("Visits", Rows).Bytes(), "a.csv").Accepted, Is.EqualTo(1));

    [Test]
    public void A_workbook_can_be_tried_and_a_source_drafted_from_it()
    {
        var path = Path.Combine(Home.Folder, "new.xlsx");
        File.WriteAllBytes(path, new XlsxParts().Sheet("Visits", Rows).Bytes());

        var trial = TrySource.Run(Home.Folder, path, null, 5, CancellationToken.None);
        var draft = DraftSource.Run(Home.Folder, "walks", path, CancellationToken.None);

        Assert.That(
            (trial.Match.Source.Name, trial.Read, trial.Accepted, trial.Format),
            Is.EqualTo(("visits", 1L, 1L, "xlsx (Visits)"))
        );
        Assert.That((draft.Columns.Count, draft.Time), Is.EqualTo((4, "day")));
    }
}
