using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Zip archives of one or several exports, whole, damaged, and with something else in them.</summary>
[Parallelizable]
public sealed class ZipMembersTests : HostileFixture
{
    [Test]
    public void One_member_is_read_and_named()
    {
        var file = Read(Zip(("visits.csv", Header + "p,2024-01-01,1,x\n")), "t.zip");

        Assert.That((file.Read, file.Accepted, file.Format), Is.EqualTo((1, 1, "zip (visits.csv) csv ',' ascii")));
    }

    [Test]
    public void Several_members_with_the_same_header_are_read_one_after_the_other_by_name()
    {
        var file = Read(
            Zip(
                ("b.csv", Header.Replace("\n", "\r\n", StringComparison.Ordinal) + "q,2024-01-02,2,y\r\n"),
                ("a.csv", "\uFEFF" + Header + "p,2024-01-01,1,å"), // no line end at its end
                ("c/", ""),
                ("c/c.csv", Header + "r,2024-01-03,3,z\ns,soon,3,z\n"),
                (".DS_Store", "what an archiver adds"),
                ("__MACOSX/a.csv", "what an archiver adds")
            ),
            "t.zip"
        );

        AssertRows(file, 4, 3, "day: expected a date like yyyy-mm-dd", 5);
        Assert.That(file.Format, Does.StartWith("zip (a.csv, b.csv, c/c.csv) csv ','"));
        Assert.That(
            Home.Rows("select contact, trace_id from traces where contact in ('p', 'q', 'r') order by contact"),
            Is.EqualTo(["p|å", "q|y", "r|z"])
        );
    }

    [Test]
    public void Members_of_JSON_lines_have_no_header_to_compare()
    {
        var file = Read(
            Zip(
                ("a.ndjson", """{"id":"p","day":"2024-01-01","pages":1,"note":"x"}"""),
                ("b.ndjson", """{"id":"q","pages":2,"day":"2024-01-02"}""" + "\n")
            ),
            "t.zip"
        );

        Assert.That((file.Read, file.Accepted), Is.EqualTo((2, 2)));
    }

    [Test]
    public void Members_of_several_kinds_are_refused() =>
        AssertRefused(
            Read(Zip(("a.csv", Header), ("b.csv", "id,day\n")), "t.zip"),
            "b.csv in the zip archive has another header than the member before it"
        );

    [Test]
    public void A_second_member_that_cannot_be_put_behind_the_first_is_refused() =>
        AssertRefused(
            Read(Zip(("a.csv", Encoding.UTF8.GetBytes(Header)), ("b.csv", Encoding.Unicode.GetBytes(Header))), "t.zip"),
            "b.csv is one of several in the zip archive and no text of one byte a sign"
        );

    [Test]
    public void An_archive_without_a_file_is_refused() =>
        AssertRefused(Read(Zip(("empty/", "")), "t.zip"), "the zip archive holds no file");

    [Test]
    public void What_is_packed_twice_is_refused() =>
        AssertRefused(Read(Zip(("a.zip", Zip(("a.csv", Good)))), "t.zip"), "it is packed twice");

    [Test]
    public void An_encrypted_member_is_refused_by_name()
    {
        var archive = Zip(("secret.csv", Good));
        archive[6] |= 1; // general purpose flags of the member
        archive[Directory(archive) + 8] |= 1; // and of its entry in the directory

        AssertRefused(
            Read(archive, "t.zip"),
            "secret.csv in the zip archive is encrypted. Pack it without a password."
        );
    }

    [Test]
    public void A_cut_off_archive_is_refused()
    {
        var archive = Zip(("a.csv", Good));

        foreach (var length in new[] { 30, archive.Length / 2, archive.Length - 1 })
            AssertRefused(Read(archive[..length], "t.zip"), "Expected a whole zip archive");
    }

    [Test]
    public void A_member_with_another_checksum_is_refused_by_name()
    {
        var archive = Zip(("a.csv", Header), ("b.csv", Good));
        archive[Directory(archive) + 16] ^= 1; // CRC-32 of a.csv

        AssertRefused(Read(archive, "t.zip"), "a.csv in the zip archive is damaged");
    }

    [Test]
    public void A_changed_byte_in_the_packed_bytes_is_found()
    {
        var archive = Zip(("a.csv", Header + "p,2024-01-01,1,x\n"));

        // The last byte holds the end of the packed bits and padding, which may be anything.
        for (var at = 30 + "a.csv".Length; at < Directory(archive) - 1; at += 9)
        {
            var damaged = (byte[])archive.Clone();
            damaged[at] ^= 0x10;
            AssertRefused(Read(damaged, "t.zip"), "Expected a whole zip archive");
        }
    }

    static int Directory(byte[] archive) => archive.AsSpan().IndexOf("PK\u0001\u0002"u8);
}
