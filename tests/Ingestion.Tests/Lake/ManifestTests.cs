namespace LeadScoring.Ingestion.Tests.Lakes;

public sealed class ManifestTests
{
    string _home = "";

    [SetUp]
    public void Make_a_home() => _home = Directory.CreateTempSubdirectory("leads-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(_home, recursive: true);

    [Test]
    public void A_home_without_a_lake_has_an_empty_lake()
    {
        var lake = Lake.Open(_home);

        Assert.That(lake.Generation, Is.Zero);
        Assert.That(lake.Buckets, Is.EqualTo(16));
        Assert.That(lake.Files(LakeTable.Traces, 3), Is.Empty);
        Assert.That(lake.Dictionary.Kinds, Is.EqualTo([""]));
    }

    [Test]
    public void What_is_written_is_read_again()
    {
        var layout = LakeLayout.Of(_home);
        Directory.CreateDirectory(layout.Lake);
        var dictionary = LakeDictionary.Empty.With(["b", "a"], ["web"], [], ["s"]);
        var file = new LakeFile(LakeTable.Traces, 3, "traces/bucket=03/x.parquet", 5, 100, 1);
        new Manifest(1, 16, dictionary, [new("s", "s/ä.csv", "00", 1, 3, 1, 1, 1, "csv", 1, null)], [file]).Write(
            layout
        );

        var lake = Lake.Open(_home);

        Assert.That(lake.Dictionary.Kinds, Is.EqualTo(["", "a", "b"]));
        Assert.That(lake.Dictionary.KindCode("b"), Is.EqualTo(2));
        Assert.That(lake.Dictionary.KindCode("c"), Is.Null);
        Assert.That(lake.Manifest.Batches[0].Path, Is.EqualTo("s/ä.csv"));
        Assert.That(
            lake.Files(LakeTable.Traces, 3),
            Is.EqualTo([Path.Combine(layout.Lake, "traces", "bucket=03", "x.parquet")])
        );
        Assert.That(lake.Count(LakeTable.Traces), Is.EqualTo(5));
    }

    [Test]
    public void A_damaged_manifest_says_what_to_do()
    {
        var layout = LakeLayout.Of(_home);
        Directory.CreateDirectory(layout.Lake);
        File.WriteAllText(layout.ManifestFile, "{ \"generation\": 1");

        Assert.That(
            () => Lake.Open(_home),
            Throws.TypeOf<IngestionException>().With.Message.Contains("manifest.json").And.Message.Contains("Put back")
        );
    }

    [Test]
    public void Words_keep_their_codes_when_others_join_them()
    {
        var later = LakeDictionary.Empty.With(["m"], [], [], []).With(["z", "a", "m"], [], [], []);

        Assert.That(later.Kinds, Is.EqualTo(["", "m", "a", "z"]));
    }

    // SHA-256("abc") starts with ba7816bf8f01cfea, SHA-256("") with e3b0c44298fc1c14 (FIPS 180 examples).
    [TestCase("abc", 16, 0xA)]
    [TestCase("", 16, 0x4)]
    [TestCase("", 10, 2)]
    public void The_bucket_comes_from_the_first_eight_bytes_of_the_hash(string key, int buckets, int expected)
    {
        Assert.That(LakeLayout.BucketOf(key, buckets), Is.EqualTo(expected));
    }
}
