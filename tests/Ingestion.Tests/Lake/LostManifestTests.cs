namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>A lake without its manifest is neither taken for an empty one nor removed, unless somebody says so.</summary>
public sealed class LostManifestTests
{
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_lake()
    {
        _home = new TestHome().With("sms_replies/1.csv", Sms + "m1;2024-03-04 09:00;c1;vår;ja\n");
        _home.Ingest();
    }

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [TestCase(false, Description = "Of one ingest, known by the cache beside the manifest")]
    [TestCase(true, Description = "Of two ingests, known by the names of its files")]
    public void An_ingest_stops_and_leaves_every_file(bool twice)
    {
        if (twice)
        {
            _home.With("sms_replies/2.csv", Sms + "m2;2024-03-05 09:00;c2;vår;ja\n").Ingest();
            File.Delete(Path.Combine(_home.LakeFolder, "inbox.cache"));
        }
        File.Delete(Manifest);
        var before = _home.LakeBytes();

        Assert.That(
            () => _home.Ingest(),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.StartsWith(
                    $"{Manifest} is missing, and there are {before.Keys.Count(IsTable)} files of a lake"
                )
                .And.Message.Contains("leads ingest --rebuild")
        );
        Assert.That(_home.LakeBytes(), Is.EqualTo(before));
        Assert.That(() => Ingestion.Lake.Open(_home.Folder), Throws.TypeOf<IngestionException>());
        Assert.That(
            CheckLake.Run(_home.Folder, hashing: false).Findings.Select(finding => (finding.Path, finding.Fault)),
            Is.EqualTo([("manifest.json", LakeFault.Missing)])
        );
    }

    [TestCase(null)]
    [TestCase("half a manif")]
    public void It_is_rebuilt_from_the_inbox_on_demand(string? left)
    {
        var before = _home.LakeBytes();
        if (left is null)
            File.Delete(Manifest);
        else
            File.WriteAllText(Manifest, left);

        var report = Ingest.Run(_home.Folder, new IngestOptions { Rebuild = true });

        Assert.That((report.Changed, report.Accepted), Is.EqualTo((true, 1L)));
        Assert.That(_home.LakeBytes(), Is.EqualTo(before));
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void A_whole_lake_is_not_rebuilt()
    {
        var before = _home.LakeBytes();

        Assert.That(
            () => Ingest.Run(_home.Folder, new IngestOptions { Rebuild = true }),
            Throws.TypeOf<IngestionException>().With.Message.Contains("nothing is to be rebuilt")
        );
        Assert.That(_home.LakeBytes(), Is.EqualTo(before));
    }

    [Test]
    public void What_a_first_ingest_left_that_was_broken_off_is_no_lost_lake()
    {
        File.Delete(Manifest);
        File.Delete(Path.Combine(_home.LakeFolder, "inbox.cache"));

        Assert.That(_home.Ingest().Accepted, Is.EqualTo(1));
    }

    string Manifest => Path.Combine(_home.LakeFolder, "manifest.json");

    static bool IsTable(string path) => path.EndsWith(".parquet", StringComparison.Ordinal);
}
