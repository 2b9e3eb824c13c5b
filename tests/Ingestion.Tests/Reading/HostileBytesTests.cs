using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Packings and encodings as they should not be, and files that are something else than their name says.</summary>
[Parallelizable]
public sealed class HostileBytesTests : HostileFixture
{
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
    public void A_gzip_of_several_members_is_whole_only_when_each_of_them_is()
    {
        var (first, second) = (Gzip(Header + "p,2024-01-01,1,x\n"), Gzip("q,2024-01-02,2,y\n"));
        var damaged = (byte[])first.Clone();
        damaged[^6] ^= 1;

        AssertRefused(Read([.. first, .. second[..^3]], "t.csv.gz"), "the file is cut off");
        AssertRefused(Read([.. first, .. second[..5]], "t.csv.gz"), "5 bytes that are no gzip follow");
        AssertRefused(Read([.. first, .. second, 0, 0], "t.csv.gz"), "2 bytes that are no gzip follow");
        AssertRefused(Read([.. damaged, .. second], "t.csv.gz"), "damaged");
    }

    [Test]
    public void A_gzip_member_may_have_optional_parts_in_its_header()
    {
        var plain = Gzip("q,2024-01-02,2,y\n");
        // flags: text, extra field of two bytes, name, comment (RFC 1952)
        byte[] adorned = [.. plain[..3], 0x1D, .. plain[4..10], 2, 0, 9, 9, .. "n\0c\0"u8, .. plain[10..]];
        var file = Read([.. Gzip(Header + "p,2024-01-01,1,x\n"), .. adorned], "t.csv.gz");

        Assert.That((file.Read, file.Accepted), Is.EqualTo((2, 2)), file.Refusal);
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
            Home.Rows("select trace_id from traces where contact in ('p', 'q') order by contact"),
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
        Assert.That(Home.Rows("select trace_id from traces where contact = 'p'"), Is.EqualTo(["Överkalix å 日本"]));
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
    public void An_old_workbook_named_csv_is_refused() =>
        AssertRefused(
            Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]),
            "this is an old Excel workbook (.xls) or one with a password"
        );

    [Test]
    public void An_empty_file_is_refused_and_a_header_alone_has_no_rows()
    {
        AssertRefused(Read(""), "the file is empty (0 bytes)");
        AssertRefused(Read("\n \n", "blank.csv"), "nothing but white space");
        var header = Read(Header, "header.csv");
        Assert.That((header.State, header.Read), Is.EqualTo((FileState.Ingested, 0)));
    }
}
