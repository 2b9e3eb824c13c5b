using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>Files that go through slice by slice, or in several groups, give the lake they give at once.</summary>
public sealed class SlicesTests
{
    const string Newsletter = "email_address;email_id;campaign_id;topic;action;timestamp;url;user_agent;municipality\n";

    const string Header =
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n";

    TestHome _home = null!;
    TestHome _other = null!;

    [SetUp]
    public void Make_homes() => (_home, _other) = (new TestHome(), new TestHome());

    [TearDown]
    public void Remove_them()
    {
        _home.Dispose();
        _other.Dispose();
    }

    [TestCase(1, 1L)]
    [TestCase(7, 1L)]
    [TestCase(10, 100_000L)]
    [TestCase(1_000_000, 1L)]
    public void Slices_and_groups_leave_no_mark_on_the_lake(int rows, long bytes)
    {
        Fill(_home);
        Fill(_other);
        var whole = _home.Ingest();
        var sliced = Ingest.Run(_other.Folder, new IngestOptions(SliceRows: rows, GroupBytes: bytes));

        Assert.That(_other.LakeBytes(), Is.EqualTo(_home.LakeBytes()));
        Assert.That(sliced.Files.Select(Sums), Is.EqualTo(whole.Files.Select(Sums)));
        Assert.That(
            (whole.Read, whole.Accepted, whole.Rejected, whole.Duplicate),
            Is.EqualTo((96L, 77L, 5L, 14L)),
            "the files hold what the test is about"
        );
    }

    [Test]
    public void A_file_that_breaks_off_in_a_later_slice_brings_nothing_and_the_others_everything()
    {
        var broken = Packed(Events(100, 60))[..^60];
        _home.With("web_analytics/a.csv", Events(0, 20)).With("web_analytics/c.csv", Events(200, 20));
        _other.With("web_analytics/a.csv", Events(0, 20)).With("web_analytics/c.csv", Events(200, 20));
        _other.With("web_analytics/b.csv.gz", broken);
        _home.Ingest();
        var report = Ingest.Run(_other.Folder, new IngestOptions(SliceRows: 5, GroupBytes: 1));

        var refused = report.Refused.Single();
        Assert.That((refused.Path, refused.Read, refused.Duplicate), Is.EqualTo(("web_analytics/b.csv.gz", 0L, 0L)));
        Assert.That(
            _other.Rows("select * from traces order by all"),
            Is.EqualTo(_home.Rows("select * from traces order by all"))
        );
        Assert.That(
            _other.Rows("select * from visitors order by all"),
            Is.EqualTo(_home.Rows("select * from visitors order by all"))
        );
        _other.With("web_analytics/b.csv.gz", Packed(Events(100, 60)));
        Assert.That(_other.Ingest().Accepted, Is.EqualTo(57), "nothing of it was taken for known");
    }

    [Test]
    public void Large_slices_keep_their_tables_and_repeats_across_them_are_found()
    {
        // Slices of 60,000 rows are tables of their own. A kind is new in the second, a row of the first comes again in
        // the third, and a rejected row's identity is free for the next.
        const int rows = 150_000;
        var text = new StringBuilder(Header);
        for (var i = 0; i < rows; i++)
        {
            var id =
                i == 130_000 ? 5
                : i == 140_000 ? 70_000
                : i;
            var (kind, place) = (i < 60_000 ? "page_view" : "Search Page", i == 70_000 ? 99_999 : 2580);
            text.Append(
                CultureInfo.InvariantCulture,
                $"e{id},{1_735_689_600_000_000 + (i * 1_000_000L)},{kind},v{i % 900},{(i % 7 == 0 ? $"c{i % 900}" : "")},jobs,{place},cpc\n"
            );
        }
        _home.With("web_analytics/a.csv", text.ToString());
        _other.With("web_analytics/a.csv", text.ToString());
        var whole = _home.Ingest();
        var sliced = Ingest.Run(_other.Folder, new IngestOptions(SliceRows: 60_000, GroupBytes: 1));

        Assert.That((whole.Read, whole.Rejected, whole.Duplicate), Is.EqualTo(((long)rows, 1L, 1L)));
        Assert.That(sliced.Files.Select(Sums), Is.EqualTo(whole.Files.Select(Sums)));
        Assert.That(_other.LakeBytes(), Is.EqualTo(_home.LakeBytes()));
        Assert.That(
            _other.Rows(
                "select kind, count(*) from (from traces union all by name from visitors) group by kind order by kind"
            ),
            Is.EqualTo(new[] { "1|60000", "2|89998" })
        );
    }

    [Test]
    public void Large_slices_of_several_sources_lie_beside_each_other()
    {
        const int rows = 60_000;
        var (visits, letters) = (new StringBuilder(Header), new StringBuilder(Newsletter));
        for (var i = 0; i < rows; i++)
        {
            visits.Append(
                CultureInfo.InvariantCulture,
                $"e{i},{1_735_689_600_000_000 + (i * 1_000_000L)},page_view,v{i % 900},,jobs,2580,cpc\n"
            );
            letters.Append(
                CultureInfo.InvariantCulture,
                $"c{i % 900}@example.org;n{i};spring;quiet;click;2026-03-{1 + (i % 28):00}T{i % 24:00}:{i % 60:00}:00+01:00;https://example.org/{i};;\n"
            );
        }
        _home.With("web_analytics/a.csv", visits.ToString()).With("newsletter/a.csv", letters.ToString());
        var report = _home.Ingest();
        Assert.That((report.Read, report.Rejected, report.Refused.Count()), Is.EqualTo((2L * rows, 0L, 0)));
        Assert.That(
            _home.Rows("select count(*) from (from traces union all by name from visitors)"),
            Is.EqualTo(new[] { $"{2 * rows}" })
        );
    }

    static (string, long, long, long, long, string, string) Sums(FileReport file) =>
        (
            file.Path,
            file.Read,
            file.Accepted,
            file.Rejected,
            file.Duplicate,
            string.Join(';', file.Reasons.Select(reason => $"{reason.Reason} {reason.Rows} {reason.FirstLine}")),
            string.Join(';', file.Warnings)
        );

    /// <summary>Two overlapping exports, a bad row every twentieth, and a source whose own condition rejects rows.</summary>
    static void Fill(TestHome home) =>
        home.With("web_analytics/a.csv", Events(0, 40))
            .With("web_analytics/b.csv", Events(25, 50))
            .With(
                "newsletter/n.csv",
                "email_address,email_id,campaign_id,topic,action,timestamp\n"
                    + string.Concat(
                        Enumerable
                            .Range(0, 6)
                            .Select(i =>
                                $"r{i}@example.org,m{i},c,housing,{(i == 3 ? "dance" : "open")},2025-03-0{i + 1}T10:00:00\n"
                            )
                    )
            );

    static string Events(int from, int count)
    {
        var text = new StringBuilder(Header);
        for (var i = from; i < from + count; i++)
        {
            var when =
                i % 20 == 19
                    ? "yesterday"
                    : (1_735_689_600_000_000 + (i * 60_000_000L)).ToString(CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"e{i},{when},page_view,v{i % 5},{(i % 3 == 0 ? $"c{i % 5}" : "")},jobs,2580,cpc\n"
            );
        }
        return text.ToString();
    }

    static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
