using System.Text.Json.Nodes;

namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>Each kind of damage is done by hand and found, with what to do; a sound lake has none.</summary>
public sealed class CheckLakeTests
{
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";
    const string Web =
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n";

    TestHome _home = null!;

    /// <summary>Two accepted replies and one rejected, one page view of a contact.</summary>
    [SetUp]
    public void Make_a_home()
    {
        _home = new TestHome()
            .With(
                "sms_replies/s.csv",
                Sms + "m1;2024-03-04 09:00;c1;vår;kanske\nm2;2024-03-05 09:00;c2;vår;kanske\nm3;never;c3;vår;kanske\n"
            )
            .With("web_analytics/w.csv", Web + "e1,1000000,page_view,v1,c1,nature,2506,organic\n");
        var report = _home.Ingest();
        Assert.That((report.Accepted, report.Rejected), Is.EqualTo((3, 1)));
    }

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public void A_sound_lake_has_no_findings(bool hashing)
    {
        var found = CheckLake.Run(_home.Folder, hashing);

        Assert.That(found.Findings, Is.Empty);
        Assert.That((found.Writer, found.WithoutChecksum), Is.EqualTo(((string?)null, 0)));
        Assert.That(found.Manifest.Files, Is.Not.Empty);
    }

    [Test]
    public void A_home_without_a_lake_has_no_findings_and_gets_none()
    {
        using var empty = new TestHome();

        Assert.That(CheckLake.Run(empty.Folder, hashing: true).Findings, Is.Empty);
        Assert.That(Directory.Exists(empty.LakeFolder), Is.False);
    }

    [Test]
    public void A_missing_file_is_found()
    {
        var file = FirstOf("traces");
        File.Delete(InLake(file));

        AssertOne(file, LakeFault.Missing, "is missing. Put it back from a copy");
    }

    [Test]
    public void A_file_that_is_cut_off_is_found()
    {
        var file = FirstOf("keys");
        var bytes = File.ReadAllBytes(InLake(file));
        File.WriteAllBytes(InLake(file), bytes[..^1]);

        AssertOne(file, LakeFault.Size, $"has {bytes.Length - 1:N0} bytes and the manifest says {bytes.Length:N0}.");
    }

    [Test]
    public void Another_number_of_rows_is_found()
    {
        var file = FirstOf("links");
        EditManifest(manifest => Entry(manifest, file)["rows"] = 7);

        AssertOne(file, LakeFault.Rows, "and the manifest says 7.");
    }

    [Test]
    public void One_changed_byte_is_found_by_the_checksum_and_not_by_the_quick_look()
    {
        var file = FirstOf("traces");
        var bytes = File.ReadAllBytes(InLake(file));
        bytes[20] ^= 1;
        File.WriteAllBytes(InLake(file), bytes);

        Assert.That(CheckLake.Run(_home.Folder, hashing: false).Findings, Is.Empty);
        AssertOne(file, LakeFault.Checksum, "its bytes were changed");
    }

    [Test]
    public void A_file_that_is_no_Parquet_is_found()
    {
        var file = FirstOf("traces");
        File.WriteAllBytes(InLake(file), new byte[new FileInfo(InLake(file)).Length]);

        AssertOne(file, LakeFault.Unreadable, "cannot be read");
    }

    [Test]
    public void Sums_that_do_not_add_up_are_found()
    {
        EditManifest(manifest => manifest["batches"]![0]!["accepted"] = 1);

        AssertOne(
            "sms_replies/s.csv",
            LakeFault.Sums,
            "3 read, and 1 accepted + 1 rejected + 0 duplicate. Put lake/manifest.json back"
        );
    }

    [Test]
    public void Rejected_rows_that_are_missing_are_found()
    {
        var file = Manifest.Read(LakeLayout.Of(_home.Folder)).Batches[0].Rejects!;
        File.AppendAllText(InLake(file), "{}\n");
        AssertOne(file, LakeFault.Rejects, "holds 2 rejected rows of inbox/sms_replies/s.csv and the manifest says 1.");

        File.Delete(InLake(file));
        AssertOne(file, LakeFault.Rejects, "is missing, with 1 rejected rows of inbox/sms_replies/s.csv.");

        EditManifest(manifest => manifest["batches"]![0]!["rejects"] = null);
        AssertOne("sms_replies/s.csv", LakeFault.Rejects, "the manifest names no file of them");
    }

    [TestCase("traces/bucket=03/000009-0123456789ab.parquet", LakeFault.Orphan, "The next leads ingest removes it.")]
    [TestCase("rejects/sms_replies/0123.ndjson", LakeFault.Orphan, "The next leads ingest removes it.")]
    [TestCase("tmp/staging.duckdb", LakeFault.LeftOver, "The next leads ingest removes it.")]
    [TestCase("manifest.json.tmp", LakeFault.LeftOver, "The next leads ingest removes it.")]
    [TestCase(".holder.lock", LakeFault.LeftOver, "The next leads ingest removes it.")]
    public void What_a_broken_ingest_left_is_found_and_gone_after_the_next(string path, LakeFault fault, string todo)
    {
        Put(path);

        AssertOne(path, fault, todo);
        _home.Ingest();
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void A_file_that_is_no_part_of_a_lake_is_found()
    {
        Put("notes/list.txt");

        AssertOne("notes/list.txt", LakeFault.Orphan, "no part of a lake. Move it elsewhere");
    }

    [Test]
    public void While_an_ingest_is_at_work_what_it_has_not_finished_is_no_finding()
    {
        Put("tmp/staging.duckdb");
        Put("traces/bucket=03/000009-0123456789ab.parquet");
        using var held = IngestLock.Take(
            LakeLayout.Of(_home.Folder),
            new IngestOptions(),
            null,
            CancellationToken.None
        );

        var found = CheckLake.Run(_home.Folder, hashing: true);

        Assert.That(found.Findings, Is.Empty);
        Assert.That(found.Writer, Does.StartWith($"process {Environment.ProcessId} on "));
    }

    [Test]
    public void A_lake_of_an_older_version_is_read_checked_and_added_to_without_checksums()
    {
        var before = _home.LakeBytes();
        EditManifest(manifest =>
        {
            foreach (var file in manifest["files"]!.AsArray())
                file!.AsObject().Remove("sha256");
        });

        var found = CheckLake.Run(_home.Folder, hashing: true);

        Assert.That(found.Findings, Is.Empty);
        Assert.That(found.WithoutChecksum, Is.EqualTo(found.Manifest.Files.Count));
        _home.With("web_analytics/w2.csv", Web + "e2,2000000,page_view,v1,c1,nature,2506,organic\n").Ingest();
        found = CheckLake.Run(_home.Folder, hashing: true);
        Assert.That(found.Findings, Is.Empty);
        Assert.That(found.WithoutChecksum, Is.LessThan(found.Manifest.Files.Count).And.AtLeast(before.Count - 3));
    }

    [Test]
    public void A_note_that_is_missing_or_changed_is_found()
    {
        var note = Manifest.Read(LakeLayout.Of(_home.Folder)).Notes![0].Path;
        File.AppendAllText(InLake(note), " ");
        AssertOne(note, LakeFault.Checksum, "is not as it was written");

        File.Delete(InLake(note));
        AssertOne(note, LakeFault.Missing, "is missing. Put it back from a copy; the lake is whole without it.");
    }

    [Test]
    public void A_lake_without_notes_is_of_an_earlier_version_and_is_not_added_to()
    {
        foreach (var note in Manifest.Read(LakeLayout.Of(_home.Folder)).Notes!)
            File.Delete(InLake(note.Path));
        EditManifest(manifest => manifest["notes"] = null);

        AssertOne("manifest.json", LakeFault.Outdated, "remove lake/ and run leads ingest");
        _home.With("web_analytics/w2.csv", Web + "e2,2000000,page_view,v1,c1,nature,2506,organic\n");
        Assert.That(
            () => _home.Ingest(),
            Throws.TypeOf<IngestionException>().With.Message.Contains("was made by an earlier version")
        );
    }

    void AssertOne(string path, LakeFault fault, string words)
    {
        var findings = CheckLake.Run(_home.Folder, hashing: true).Findings;
        Assert.That(findings.Select(finding => (finding.Path, finding.Fault)), Is.EqualTo([(path, fault)]));
        Assert.That(findings[0].Words, Does.Contain(path).And.Contain(words));
    }

    string FirstOf(string folder) =>
        Manifest
            .Read(LakeLayout.Of(_home.Folder))
            .Files.First(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal))
            .Path;

    string InLake(string relative) => Path.Combine(_home.LakeFolder, relative);

    void Put(string relative)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InLake(relative))!);
        File.WriteAllText(InLake(relative), "half written");
    }

    void EditManifest(Action<JsonNode> edit)
    {
        var path = InLake("manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        edit(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    static JsonNode Entry(JsonNode manifest, string path) =>
        manifest["files"]!
            .AsArray()
            .Single(file => string.Equals((string?)file!["path"], path, StringComparison.Ordinal))!;
}
