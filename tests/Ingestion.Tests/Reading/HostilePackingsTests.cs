using System.IO.Compression;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Packings that are traps, and names that do not say what is in a file.</summary>
[Parallelizable]
public sealed class HostilePackingsTests : HostileFixture
{
    const int Bytes = 80 << 20;

    [Test]
    public void A_gzip_that_unpacks_without_end_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(new byte[Bytes]);

        AssertRefused(Read(packed.ToArray(), "a.csv.gz"), "packed bytes unpack to more than 300 times as many");
    }

    [Test]
    public void A_zip_that_unpacks_without_end_is_refused()
    {
        var text = new byte[Bytes];
        text.AsSpan().Fill((byte)'\n');

        AssertRefused(Read(Zip(("a.csv", text)), "a.zip"), "packed bytes unpack to more than 300 times as many");
    }

    [TestCase("a.csv", "gzip csv ',' ascii", TestName = "A gzip that is called csv is read as gzip")]
    [TestCase("a.parquet", "gzip csv ',' ascii", TestName = "A gzip that is called parquet is read as gzip")]
    [TestCase("a", "gzip csv ',' ascii", TestName = "A gzip without an ending is read as gzip")]
    public void The_content_counts_and_not_the_name(string name, string format)
    {
        var file = Read(Gzip(Header + "p,2024-01-01,1,x\n"), name);

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, format)));
    }

    [Test]
    public void A_text_that_is_called_gz_is_read_as_text()
    {
        var file = Read(Header + "p,2024-01-01,1,x\n", "a.csv.gz");

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, "csv ',' ascii")));
    }

    [Test]
    public void A_gzip_of_nothing_is_refused() => AssertRefused(Read(Gzip(""), "a.csv.gz"), "the file is empty");

    [Test]
    public void A_gzip_in_a_gzip_is_refused() =>
        AssertRefused(Read(Gzip(Encoding.Latin1.GetString([0x1F, 0x8B, 8])), "a.csv.gz"), "");

    [Test]
    public void A_gzip_in_UTF_16_is_read()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write([
                .. Encoding.Unicode.GetPreamble(),
                .. Encoding.Unicode.GetBytes(Header + "p,2024-01-01,1,å\n"),
            ]);

        var file = Read(packed.ToArray(), "a.csv.gz");

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, "gzip csv ',' utf-16 little-endian")));
    }

    [TestCase(new byte[] { 0x42, 0x5A, 0x68, 0x39, 0x31, 0x41 }, TestName = "bzip2 is refused")]
    [TestCase(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x00 }, TestName = "zstd is refused")]
    [TestCase(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00 }, TestName = "xz is refused")]
    [TestCase(new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C }, TestName = "7z is refused")]
    [TestCase(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A }, TestName = "A picture is refused")]
    public void What_is_packed_in_other_ways_is_refused(byte[] start) =>
        AssertRefused(Read([.. start, .. new byte[100]], "a.csv"), "Expected");

    [TestCase("utf-32", TestName = "UTF-32 is refused by name")]
    [TestCase("utf-32BE", TestName = "UTF-32 the other way round is refused by name")]
    public void UTF_32(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        AssertRefused(
            Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Good)], "a.csv"),
            "the file is UTF-32. Expected UTF-8, UTF-16 or windows-1252"
        );
    }

    [Test]
    public void Zeros_alone_are_refused() =>
        AssertRefused(Read(new byte[5_000], "a.csv"), "none of the source's columns");

    [Test]
    public void Half_a_pair_of_surrogates_in_UTF_16_rejects_its_row()
    {
        byte[] bytes =
        [
            .. Encoding.Unicode.GetPreamble(),
            .. Encoding.Unicode.GetBytes(Header + "p,2024-01-01,1,😀\nq,2024-01-01,1,"),
            0x3D,
            0xD8,
            .. Encoding.Unicode.GetBytes("\n"),
        ];

        AssertRows(Read(bytes, "a.csv"), 2, 1, "half a character of UTF-16, expected text", 3);
    }

    [Test]
    public void As_many_bad_bytes_as_good_characters_leave_the_file_UTF_8()
    {
        var file = Read(
            [.. Encoding.UTF8.GetBytes(Header + "p,2024-01-01,1,å\nq,2024-01-01,1,"), 0xE5, .. "\n"u8],
            "a.csv"
        );

        AssertRows(file, 2, 1, "bytes that are no UTF-8, expected the file's encoding", 3);
        Assert.That(Home.Rows("select trace_id from traces where contact = 'p'"), Is.EqualTo(["å"]));
    }
}
