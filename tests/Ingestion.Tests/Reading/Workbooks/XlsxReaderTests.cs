using System.Globalization;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading.Workbooks;

/// <summary>Workbooks as programs write them: what a cell holds, and what becomes of its row.</summary>
[Parallelizable]
public sealed class XlsxReaderTests : HostileFixture
{
    const string Local = """
        -- source: local
        -- yields: traces
        -- columns:
        --   id     text required
        --   seen   timestamp required format '%d/%m/%Y %H:%M' zone Europe/Stockholm
        --   share  number decimal ,
        --   sure   boolean
        -- sheet: Data
        select id as contact, seen as at, 'visit' as kind, share as value, sure::varchar as trace_id from raw
        """;

    static string Names => XlsxParts.Row(1, "id", "day", "pages", "note");

    [Test]
    public void Rows_are_read_with_the_numbers_that_the_program_shows()
    {
        var file = ReadSheet(
            Names
                + "<row r=\"2\"/>"
                + "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>0</v></c><c r=\"B5\" s=\"1\"><v>45292</v></c><c r=\"C5\"><v>7</v></c><c r=\"D5\" t=\"str\"><f>A1</f><v>x</v></c></row>"
                + XlsxParts.Row(9, "q", "never", "1", "x")
                + XlsxParts.Row(12, "r", "2024-01-03")
        );

        AssertRows(file, 3, 2, "day: expected a date like yyyy-mm-dd", 9);
        Assert.That((file.Format, file.Warnings.Count), Is.EqualTo(("xlsx (Visits)", 0)));
        Assert.That(
            Home.Rows(
                "select contact, \"at\", value, trace_id from traces where contact in ('p å', 'r') order by contact"
            ),
            Is.EqualTo(["p å|2024-01-01 00:00:00|7|x", "r|2024-01-03 00:00:00||"])
        );
        Assert.That(
            Home.Rejects(file),
            Is.EqualTo([
                """{"file":"visits/a.xlsx","line":9,"reason":"day: expected a date like yyyy-mm-dd","text":"{\"id\":\"q\",\"day\":\"never\",\"pages\":\"1\",\"note\":\"x\"}"}""",
            ])
        );
    }

    [Test]
    public void Mended_rows_of_a_workbook_are_read_again()
    {
        ReadSheet(Names + XlsxParts.Row(2, "p", "never", "1", "x"));
        var target = Path.Combine(Home.Folder, "mend.ndjson");
        RejectedRows.Export(Home.Folder, "visits", target, CancellationToken.None);
        var mended = File.ReadAllText(target).Replace("never", "2024-01-05", StringComparison.Ordinal);

        Assert.That(Read(mended, "mended.ndjson").Accepted, Is.EqualTo(1));
    }

    // Worked out by hand: 1 January 1900 is day 1, 1 March 1900 is day 61, 1 January 1904 is day 0 of the other system.
    [TestCase("45292", false, "2024-01-01 00:00:00")]
    [TestCase("43890", true, "2024-03-01 00:00:00")]
    [TestCase("61", false, "1900-03-01 00:00:00")]
    [TestCase("59", false, "1900-02-28 00:00:00")]
    [TestCase("1", false, "1900-01-01 00:00:00")]
    [TestCase("60", false, null)]
    [TestCase("45292.5", false, null)]
    [TestCase("-1", false, null)]
    [TestCase("1e9", false, null)]
    public void Days_are_counted_from_1900_or_1904(string days, bool from1904, string? expected)
    {
        var parts = new XlsxParts().Sheet(
            "Visits",
            Names
                + $"<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>p</t></is></c><c r=\"B2\" s=\"1\"><v>{days}</v></c></row>"
        );

        var file = Read((from1904 ? parts.From1904() : parts).Bytes(), "a.xlsx");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1L, expected is null ? 0L : 1L)));
        Assert.That(
            Home.Rows("select \"at\" from traces where contact = 'p'"),
            Is.EqualTo(expected is null ? [] : new[] { expected })
        );
    }

    // 45323 is 1 February 2024; 45382 is 31 March, 45592 is 27 October. 0.4375 of a day is 10:30.
    [TestCase("<c r=\"B2\" s=\"2\"><v>45323.4375</v></c>", "2024-02-01 09:30:00")]
    [TestCase("<c r=\"B2\" t=\"d\"><v>2024-02-01T10:30:00</v></c>", "2024-02-01 09:30:00")]
    [TestCase("<c r=\"B2\" t=\"inlineStr\"><is><t>01/02/2024 10:30</t></is></c>", "2024-02-01 09:30:00")]
    [TestCase("<c r=\"B2\" s=\"2\"><v>45382.1041666667</v></c>", null)]
    [TestCase("<c r=\"B2\" s=\"2\"><v>45592.1041666667</v></c>", "2024-10-27 00:30:00")]
    [TestCase("<c r=\"B2\" s=\"2\"><v>45323.4376</v></c>", null)]
    [TestCase("<c r=\"B2\" s=\"3\"><v>45323.4375</v></c>", null)]
    [TestCase("<c r=\"B2\"><v>45323.4375</v></c>", null)]
    [TestCase("<c r=\"B2\" t=\"inlineStr\"><is><t>2024-02-01 10:30</t></is></c>", null)]
    public void Times_are_held_against_the_column_s_format_and_zone(string cell, string? expected)
    {
        var row =
            $"<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>p</t></is></c>{cell}<c r=\"C2\"><v>0.30000000000000004</v></c><c r=\"D2\" t=\"b\"><v>1</v></c></row>";
        var parts = new XlsxParts()
            .Sheet("About", XlsxParts.Row(1, "made by hand"))
            .Sheet("Data", XlsxParts.Row(1, "id", "seen", "share", "sure") + row);

        Home.WithSource("local.sql", Local).With("local/a.xlsx", parts.Bytes());
        var file = Home.Ingest().Files.Single(one => one.Source.Length == 5);

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1L, expected is null ? 0L : 1L)), file.Refusal);
        Assert.That(
            Home.Rows("select \"at\", value, trace_id from traces where contact = 'p'"),
            Is.EqualTo(expected is null ? [] : new[] { expected + "|0.3|true" })
        );
    }

    [TestCase("<v>7</v>", "", "7")]
    [TestCase("<v>7.0</v>", "", "7")]
    [TestCase("<v>1E3</v>", "", "1000")]
    [TestCase("<f>3+4</f><v>7</v>", "", "7")]
    [TestCase("<v>7.5</v>", "", null)]
    [TestCase("<v>1E300</v>", "", null)]
    [TestCase("<v>7</v>", "t=\"b\"", null)]
    [TestCase("<v>7</v>", "s=\"1\"", null)]
    [TestCase("<is><t> 7 </t></is>", "t=\"inlineStr\"", "7")]
    [TestCase("<is><t>seven</t></is>", "t=\"inlineStr\"", null)]
    [TestCase("<is><t></t></is>", "t=\"inlineStr\"", "")]
    [TestCase("<v></v>", "", "")]
    public void A_whole_number_is_one_whatever_its_cell_is_called(string content, string attributes, string? expected)
    {
        var file = ReadSheet(
            Names
                + $"<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>p</t></is></c><c r=\"B2\" s=\"1\"><v>45292</v></c><c r=\"C2\" {attributes}>{content}</c></row>"
        );

        Assert.That(
            Home.Rows("select coalesce(value::integer::varchar, '') from traces where contact = 'p'"),
            Is.EqualTo(expected is null ? [] : new[] { expected }),
            string.Join(';', file.Reasons)
        );
    }

    [Test]
    public void Numbers_in_a_text_column_have_no_exponent_and_no_noise()
    {
        ReadSheet(
            Names
                + "<row r=\"2\"><c r=\"A2\"><v>46701234567</v></c><c r=\"B2\" s=\"1\"><v>45292</v></c><c r=\"D2\"><v>1.1000000000000001</v></c></row>"
        );

        Assert.That(
            Home.Rows("select contact, trace_id from traces where contact like '467%'"),
            Is.EqualTo(["46701234567|1.1"])
        );
    }

    [TestCase("<c r=\"C2\" t=\"e\"><v>#N/A</v></c>", "pages: a fault of the sheet (such as #N/A), expected a value")]
    [TestCase(
        "<c r=\"C2\"><f>SUM(A1)</f></c>",
        "pages: a formula without its result, expected a value; open and save the workbook once"
    )]
    [TestCase(
        "<c r=\"C2\"><f>1+1</f><v></v></c>",
        "pages: a formula without its result, expected a value; open and save the workbook once"
    )]
    [TestCase("<c r=\"F2\"><v>1</v></c>", "a value in column F, where the header has no name")]
    public void A_cell_without_a_value_of_its_own_rejects_its_row(string cell, string reason)
    {
        AssertRows(
            ReadSheet(
                Names
                    + $"<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>p</t></is></c><c r=\"B2\" s=\"1\"><v>45292</v></c>{cell}</row>"
            ),
            1,
            0,
            reason,
            2
        );
    }

    [Test]
    public void Texts_have_runs_escapes_blanks_and_phonetic_marks()
    {
        var parts = new XlsxParts()
            .Strings(
                "<t>id</t>",
                "<r><rPr><b/></rPr><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r>",
                "<t>日本</t><rPh sb=\"0\" eb=\"1\"><t>にほん</t></rPh><phoneticPr fontId=\"1\"/>",
                "<t>a_x000D_b _x005F_x000D_ _xyz_</t>",
                "<t/>"
            )
            .Sheet(
                "Visits",
                "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>day</t></is></c><c t=\"inlineStr\"><is><t>pages</t></is></c><c t=\"inlineStr\"><is><t>note</t></is></c></row>"
                    + string.Concat(
                        Enumerable
                            .Range(1, 4)
                            .Select(at =>
                                $"<row><c t=\"inlineStr\"><is><t>p{at}</t></is></c><c s=\"1\"><v>45292</v></c><c r=\"D{at + 1}\" t=\"s\"><v>{at}</v></c></row>"
                            )
                    )
            );

        Assert.That(Read(parts.Bytes(), "a.xlsx").Accepted, Is.EqualTo(4));
        Assert.That(
            Home.Rows("select trace_id from traces where contact like 'p%' order by contact"),
            Is.EqualTo(["two runs", "日本", "a\rb _x000D_ _xyz_", ""])
        );
    }

    [Test]
    public void Merged_cells_a_title_and_other_sheets_are_told()
    {
        var parts = new XlsxParts()
            .Sheet("Hidden", XlsxParts.Row(1, "id"), state: "hidden")
            .Sheet(
                "Visits",
                XlsxParts.Row(2, "Visits of the spring")
                    + XlsxParts.Row(4, "id", "day", "pages", "note")
                    + XlsxParts.Row(5, "p", "2024-01-01", "1", "x")
                    + XlsxParts.Row(6, null, "2024-01-02", "1", "x")
                    + "</sheetData><mergeCells count=\"2\"><mergeCell ref=\"A5:A6\"/><mergeCell ref=\"A8:B8\"/></mergeCells>"
            )
            .Sheet("More", XlsxParts.Row(1, "id"));

        var file = Read(parts.Bytes(), "a.xlsx");

        AssertRows(file, 2, 1, "id: empty, expected a value", 6);
        Assert.That(
            file.Warnings,
            Is.EqualTo([
                "of the workbook only the sheet 'Visits' is read, and not 'Hidden', 'More'; a line -- sheet: NAME in the source says which",
                "the header is on row 4; what stands above it is not read",
                "of merged cells only the one above and to the left has a value (areas: 2, the first A5:A6)",
            ])
        );
    }

    [Test]
    public void The_header_once_more_is_rejected() =>
        AssertRows(
            ReadSheet(
                Names + XlsxParts.Row(2, "p", "2024-01-01", "1", "x") + XlsxParts.Row(3, "id", "day", "pages", "note")
            ),
            2,
            1,
            "the header once more, expected a row",
            3
        );

    [Test]
    public void Rows_come_in_slices_as_they_do_of_other_files()
    {
        var rows = new StringBuilder(Names);
        for (var row = 2; row < 402; row++)
            rows.Append(
                XlsxParts.Row(
                    row,
                    $"p{row}",
                    row % 50 == 0 ? "never" : "2024-01-01",
                    row.ToString(CultureInfo.InvariantCulture)
                )
            );
        Home.With("visits/a.xlsx", new XlsxParts().Sheet("Visits", rows.ToString()).Bytes());

        var report = Ingest.Run(Home.Folder, new IngestOptions(SliceRows: 30, GroupBytes: 1));

        var file = report.Files.Single(one => one.Path.EndsWith("xlsx", StringComparison.Ordinal));
        AssertRows(file, 400, 392, "day: expected a date like yyyy-mm-dd", 50);
        Assert.That(Home.Rejects(file), Has.Count.EqualTo(8));
    }

    FileReport ReadSheet(string rows) =>
        Read(new XlsxParts().Strings("<t>p å</t>").Sheet("Visits", rows).Bytes(), "a.xlsx");
}
