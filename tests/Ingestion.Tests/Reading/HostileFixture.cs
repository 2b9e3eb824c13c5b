using System.IO.Compression;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>A home with a source, one good file, and room for a bad one beside it.</summary>
public abstract class HostileFixture
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

    protected const string Header = "id,day,pages,note\n";
    protected const string Good = Header + "a,2024-01-01,1,x\nb,2024-01-02,2,y\n";

    protected TestHome Home { get; private set; } = null!;

    [SetUp]
    public void Make_aHome() => Home = new TestHome().WithSource("visits.sql", Source).With("visits/good.csv", Good);

    [TearDown]
    public void Remove_it() => Home.Dispose();

    protected FileReport Read(string text, string name = "bad.csv") => Read(Encoding.UTF8.GetBytes(text), name);

    /// <summary>Ingests a file; the good one beside it always goes through.</summary>
    protected FileReport Read(byte[] content, string name = "bad.csv")
    {
        var report = Home.With("visits/" + name, content).Ingest();
        Assert.That(Home.Rows("select count(*) from traces where contact in ('a', 'b')"), Is.EqualTo(["2"]));
        foreach (var file in report.Files)
            Assert.That(file.Read, Is.EqualTo(file.Accepted + file.Rejected + file.Duplicate));
        return report.Files.Single(file => string.Equals(file.Path, "visits/" + name, StringComparison.Ordinal));
    }

    protected void AssertRefused(FileReport file, string expected)
    {
        Assert.That(file.State, Is.EqualTo(FileState.Refused));
        Assert.That(file.Refusal, Does.StartWith($"inbox/{file.Path}: ").And.Contains(expected));
        Assert.That(Home.Rows("select count(*) from traces where contact not in ('a', 'b')"), Is.EqualTo(["0"]));
    }

    protected static void AssertRows(FileReport file, long read, long accepted, string reason, long line)
    {
        Assert.That(file.State, Is.EqualTo(FileState.Ingested), file.Refusal);
        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((read, accepted, read - accepted)));
        Assert.That(file.Reasons[0].Reason, Is.EqualTo(reason));
        Assert.That(file.Reasons[0].FirstLine, Is.EqualTo(line));
    }

    protected static byte[] Zip(params (string Name, string Text)[] members) =>
        Zip([.. members.Select(member => (member.Name, Encoding.UTF8.GetBytes(member.Text)))]);

    protected static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var member = archive.CreateEntry(name).Open();
                member.Write(content);
            }
        }
        return packed.ToArray();
    }

    protected static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
