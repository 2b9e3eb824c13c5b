using System.IO.Compression;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Files as they should not be: each reconciles to the last record or is refused by name; the others go on.</summary>
public sealed class HostileFilesTests
{
    const string Source = """
        -- source: visits
        -- meaning: test
        -- yields: traces
        -- grain: one visit
        -- columns:
        --   id     text required
        --   day    date required
        --   pages  integer
        --   note   text
        -- identity: id
        select id as contact, day as at, 'visit' as kind, pages as value, note as trace_id from raw
        """;

    const string Header = "id,day,pages,note\n";
    const string Good = Header + "a,2024-01-01,1,x\nb,2024-01-02,2,y\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome().WithSource("visits.sql", Source).With("visits/good.csv", Good);

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [TestCase(
        "a,2024-01-01,1,x\nb,2024-01-02,2,\"open\nc,2024-01-03,3,z\n",
        "a quote opened on line 3 is never closed"
    )]
    [TestCase(
        "a,2024-01-01,1,x\nb,2024-01-02,2,\"open\nc,2024-01-03,3,\"z\"\n",
        "a quote opened on line 3 closes on line 4 in the middle of a field"
    )]
    public void An_unbalanced_quote_refuses_the_file_with_its_line(string rows, string expected)
    {
        AssertRefused(Read(Header + rows), expected);
    }

    [Test]
    public void A_quote_that_swallows_lines_and_leaves_a_ragged_record_refuses_the_file()
    {
        var file = Read(Header + "a,2024-01-01,1,\"x\nb,2024-01-02,2,y\nc,2024-01-03,3,\",z\nd,2024-01-04,1,x\n");

        AssertRefused(file, "a quote opened on line 2 closes on line 4, and the record then has 5 fields, expected 4");
    }

    [Test]
    public void Text_after_a_closing_quote_on_one_line_rejects_that_row()
    {
        AssertRows(
            Read(Header + "a,2024-01-01,1,\"x\" y\nb,2024-01-02,2,y\n"),
            2,
            1,
            "text after a closing quote, expected a delimiter or the line's end",
            2
        );
    }

    [Test]
    public void A_truncated_gzip_is_refused()
    {
        var whole = Gzip(
            Header
                + string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{i},2024-01-01,{i * 7919 % 1000},x{i * i}\n"))
        );

        foreach (var cut in new[] { 4, 8, 9, 500, whole.Length / 2 })
            AssertRefused(Read(whole[..^cut], "t.csv.gz"), "the file is cut off: it ends before its packed data does");
        AssertRefused(Read(whole[..7], "t.csv.gz"), "Expected a whole gzip file");
    }

    [Test]
    public void A_damaged_gzip_and_one_with_something_behind_it_are_refused()
    {
        var whole = Gzip(Good);
        var damaged = (byte[])whole.Clone();
        damaged[^6] ^= 1;

        AssertRefused(Read(damaged, "t.csv.gz"), "damaged");
        AssertRefused(
            Read([.. whole, .. "rubbish"u8], "t.csv.gz"),
            "7 bytes that are no gzip follow the end of the packed data"
        );
    }

    [Test]
    public void A_gzip_of_several_members_is_read_to_its_end()
    {
        var file = Read([.. Gzip(Header + "p,2024-01-01,1,x\n"), .. Gzip("q,2024-01-02,2,y\n")], "t.csv.gz");

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((2, 2, "gzip csv ',' ascii")));
    }

    [Test]
    public void Swapped_header_names_show_up_as_rejected_rows()
    {
        AssertRows(
            Read("id,pages,day,note\np,2024-01-01,1,x\nq,2024-01-02,2,y\n"),
            2,
            0,
            "day: expected a date like yyyy-mm-dd",
            2
        );
    }

    [Test]
    public void Columns_in_another_order_or_case_and_extra_ones_are_fine()
    {
        var file = Read("Note;PAGES;extra;Day; id \nx;1;!;2024-01-01;p\n");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((1, 1)));
        Assert.That(file.Warnings, Is.EqualTo(["columns that the source does not declare are ignored: extra"]));
    }

    [TestCase(
        "id,days,pages,note\np,2024-01-01,1,x\n",
        "column 'day' is missing (did you mean 'days'?). Mend the header"
    )]
    [TestCase("id,day,pages,note,day\np,2024-01-01,1,x,2024-01-01\n", "column 'day' is there 2 times")]
    [TestCase(
        "p,2024-01-01,1,x\nq,2024-01-02,2,y\n",
        "the first line has 4 fields (delimiter ',') and none of the source's columns. Expected a header with id, day, pages, note."
    )]
    public void A_header_that_does_not_fit_refuses_the_file(string text, string expected)
    {
        AssertRefused(Read(text), expected);
    }

    [Test]
    public void Latin_1_and_windows_1252_are_found_and_named()
    {
        var latin = Read(Encoding.Latin1.GetBytes(Header + "p,2024-01-01,1,Överkalix å\n"));
        var windows = Read(
            [.. Encoding.Latin1.GetBytes(Header + "q,2024-01-01,1,Pite"), 0xE5, (byte)' ', 0x80, (byte)'\n'],
            "w.csv"
        );

        Assert.That((latin.Format, latin.Accepted), Is.EqualTo(("csv ',' latin-1", 1)));
        Assert.That((windows.Format, windows.Accepted), Is.EqualTo(("csv ',' windows-1252", 1)));
        Assert.That(
            _home.Rows("select trace_id from traces where contact in ('p', 'q') order by contact"),
            Is.EqualTo(["Överkalix å", "Piteå €"])
        );
    }

    [Test]
    public void One_bad_byte_in_a_UTF_8_file_rejects_its_row_only()
    {
        var file = Read([
            .. Encoding.UTF8.GetBytes(Header + "p,2024-01-01,1,Överkalix å\nq,2024-01-01,1,"),
            0xE5,
            .. "\n"u8,
        ]);

        AssertRows(file, 2, 1, "bytes that are no UTF-8, expected the file's encoding", 3);
    }

    [TestCase("utf-16", true, "utf-16 little-endian")]
    [TestCase("utf-16", false, "utf-16 little-endian without a mark")]
    [TestCase("utf-16BE", true, "utf-16 big-endian")]
    [TestCase("utf-16BE", false, "utf-16 big-endian without a mark")]
    public void UTF_16_is_found_with_and_without_its_mark(string name, bool mark, string expected)
    {
        var encoding = Encoding.GetEncoding(name);
        var file = Read([
            .. mark ? encoding.GetPreamble() : [],
            .. encoding.GetBytes(Header + "p,2024-01-01,1,Överkalix å 日本\n"),
        ]);

        Assert.That((file.Format, file.Accepted), Is.EqualTo(($"csv ',' {expected}", 1)));
        Assert.That(_home.Rows("select trace_id from traces where contact = 'p'"), Is.EqualTo(["Överkalix å 日本"]));
    }

    [Test]
    public void UTF_16_cut_off_inside_a_character_is_refused()
    {
        AssertRefused(
            Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good)).SkipLast(1).ToArray()),
            "cut off inside a character"
        );
    }

    [Test]
    public void A_NUL_rejects_its_row()
    {
        AssertRows(Read(Header + "p,2024-01-01,1,x\0y\nq,2024-01-02,2,y\n"), 2, 1, "a NUL byte, expected text", 2);
    }

    [Test]
    public void Rows_with_too_few_or_too_many_fields_are_rejected_with_their_lines()
    {
        var file = Read(Header + "p,2024-01-01,1,x\nq,2024-01-02,2\nr,2024-01-03,3,z,more\n\ns,2024-01-04,4,\n");

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((4, 2, 2)));
        Assert.That(
            file.Reasons,
            Is.EqualTo([new RejectReason("3 fields, expected 4", 1, 3), new RejectReason("5 fields, expected 4", 1, 4)])
        );
        Assert.That(
            _home.Rejects(file)[1],
            Is.EqualTo(
                """{"file":"visits/bad.csv","line":4,"reason":"5 fields, expected 4","text":"r,2024-01-03,3,z,more"}"""
            )
        );
    }

    [Test]
    public void Line_ends_may_be_mixed()
    {
        var file = Read("id,day,pages,note\r\np,2024-01-01,1,x\nq,2024-01-02,2,y\rr,2024-01-03,3,\"a\r\nb\"\r\nbad\n");

        AssertRows(file, 4, 3, "1 fields, expected 4", 6);
    }

    [Test]
    public void A_last_line_without_its_end_counts_when_it_is_whole_and_is_warned_about()
    {
        var whole = Read(Header + "p,2024-01-01,1,x\nq,2024-01-02,2,y");
        var cut = Read(Header + "r,2024-01-01,1,x\ns,2024-01-0", "cut.csv");

        Assert.That((whole.Read, whole.Accepted), Is.EqualTo((2, 2)));
        Assert.That(whole.Warnings, Is.EqualTo(["the last line (3) has no line end; was the file cut off?"]));
        AssertRows(cut, 2, 1, "2 fields, expected 4; the file ends inside this line", 3);
    }

    [Test]
    public void One_and_a_half_is_no_whole_number()
    {
        AssertRows(Read(Header + "p,2024-01-01,1.5,x\nq,2024-01-02,2,y\n"), 2, 1, "pages: expected a whole number", 2);
    }

    [Test]
    public void An_Excel_workbook_named_csv_is_refused()
    {
        AssertRefused(Read([.. "PK\u0003\u0004"u8, .. new byte[100]]), "this is an Excel workbook");
        AssertRefused(
            Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]),
            "this is an old Excel workbook (.xls)"
        );
    }

    [Test]
    public void An_empty_file_is_refused_and_a_header_alone_has_no_rows()
    {
        AssertRefused(Read(""), "the file is empty (0 bytes)");
        AssertRefused(Read("\n \n", "blank.csv"), "nothing but white space");
        var header = Read(Header, "header.csv");
        Assert.That((header.State, header.Read), Is.EqualTo((FileState.Ingested, 0)));
    }

    [Test]
    public void A_bad_line_of_NDJSON_is_rejected_with_its_number()
    {
        var file = Read(
            """
            {"id":"p","day":"2024-01-01","pages":1,"note":"x"}
            {"id":"q","day":"2024-01-02","pages":
            [1]

            {"id":"r","day":"2024-01-03","pages":1.5}
            {"day":"2024-01-03","pages":1}
            {"id":"s","day":"2024-01-03","pages":null,"note":"a\u0000b"}
            {"id":"t","day":"2024-01-03","pages":7,"note":"\u00e5 \"q\"","more":true}
            """
        );

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((7, 2, 5)));
        Assert.That(
            file.Reasons.Select(reason => (reason.Reason.Split(',')[0], reason.FirstLine)),
            Is.EquivalentTo([
                ("no valid JSON", 2L),
                ("no JSON object", 3L),
                ("pages: expected a whole number", 5L),
                ("id: empty", 6L),
                ("note: a NUL byte", 7L),
            ])
        );
        Assert.That(_home.Rows("select value, trace_id from traces where contact = 't'"), Is.EqualTo(["7|å \"q\""]));
    }

    [Test]
    public void A_file_in_a_folder_without_a_source_is_named_with_a_suggestion()
    {
        _home.With("visit/x.csv", Good);

        var refused = _home.Ingest().Refused.Single();

        Assert.That(
            refused.Refusal,
            Does.StartWith("inbox/visit/x.csv: there is no source 'visit' (did you mean 'visits'?)")
        );
    }

    FileReport Read(string text, string name = "bad.csv") => Read(Encoding.UTF8.GetBytes(text), name);

    /// <summary>Ingests a file; the good one beside it always goes through.</summary>
    FileReport Read(byte[] content, string name = "bad.csv")
    {
        var report = _home.With("visits/" + name, content).Ingest();
        Assert.That(_home.Rows("select count(*) from traces where contact in ('a', 'b')"), Is.EqualTo(["2"]));
        foreach (var file in report.Files)
            Assert.That(file.Read, Is.EqualTo(file.Accepted + file.Rejected + file.Duplicate));
        return report.Files.Single(file => string.Equals(file.Path, "visits/" + name, StringComparison.Ordinal));
    }

    void AssertRefused(FileReport file, string expected)
    {
        Assert.That(file.State, Is.EqualTo(FileState.Refused));
        Assert.That(file.Refusal, Does.StartWith($"inbox/{file.Path}: ").And.Contains(expected));
        Assert.That(_home.Rows("select count(*) from traces where contact not in ('a', 'b')"), Is.EqualTo(["0"]));
    }

    static void AssertRows(FileReport file, long read, long accepted, string reason, long line)
    {
        Assert.That(file.State, Is.EqualTo(FileState.Ingested), file.Refusal);
        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((read, accepted, read - accepted)));
        Assert.That(file.Reasons[0].Reason, Is.EqualTo(reason));
        Assert.That(file.Reasons[0].FirstLine, Is.EqualTo(line));
    }

    static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
