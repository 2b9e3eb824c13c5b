using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>Faults of the disk and of the inbox in the middle of an ingest leave the lake byte by byte as it was.</summary>
[Platform("Linux")]
public sealed class BrokenOffTests
{
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";

    TestHome _home = null!;
    TestHome _undisturbed = null!;
    SortedDictionary<string, string> _before = null!;

    /// <summary>A home with an ingested file and a new one, and its twin in which nothing goes wrong.</summary>
    [SetUp]
    public void Make_homes()
    {
        _home = First(new TestHome());
        _before = _home.LakeBytes();
        Second(_home);
        _undisturbed = Second(First(new TestHome()));
        Assert.That(_undisturbed.Ingest().Accepted, Is.EqualTo(2));
    }

    [TearDown]
    public void Remove_them()
    {
        _home.Dispose();
        _undisturbed.Dispose();
    }

    [Test]
    public void A_disk_that_is_full_when_the_manifest_is_written_leaves_the_lake_as_it_was() =>
        AssertBrokenOff("writing the lake", "manifest.json.tmp");

    [Test]
    public void A_disk_that_is_full_when_a_bucket_is_written_leaves_the_lake_as_it_was() =>
        AssertBrokenOff("tying visitors to contacts", NewFile("traces/"));

    [Test]
    public void A_disk_that_is_full_when_the_keys_are_written_leaves_the_lake_as_it_was() =>
        AssertBrokenOff("tying visitors to contacts", NewFile("keys/"));

    [Test]
    public void A_disk_that_is_full_when_rejected_rows_are_written_leaves_the_lake_as_it_was()
    {
        // more than the buffer of the file of rejects holds, so that it is written while rows are read
        var rows = string.Concat(Enumerable.Range(0, 2_000).Select(row => $"x{row};never;c1;vår;ja\n"));
        _home.With("sms_replies/2.csv", Sms + rows);

        AssertBrokenOff("reading sms_replies", RejectsOfSecond(), rerun: false);

        Assert.That(_home.Ingest().Rejected, Is.EqualTo(2_000));
    }

    [Test]
    public void Rejected_rows_that_may_not_be_written_are_no_fault_of_their_file()
    {
        _home.With("sms_replies/2.csv", Sms + "x1;never;c1;vår;ja\n");
        // a folder where the file is to be: the system refuses to open it for writing
        var path = Path.Combine(_home.LakeFolder, RejectsOfSecond());

        Assert.That(
            () => Run("reading sms_replies", 1, () => Directory.CreateDirectory(path)),
            Throws.TypeOf<IngestionException>().With.Message.Contains("was broken off and the lake is as it was")
        );
        Assert.That(_home.LakeBytes(), Is.EqualTo(_before));
        Directory.Delete(path);
        Assert.That(_home.Ingest().Rejected, Is.EqualTo(1));
    }

    [Test]
    public void A_disk_that_is_full_when_a_file_is_unpacked_leaves_the_lake_as_it_was()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Sms + "m2;2024-03-05 09:00;c2;vår;ja\n"));
        _home.With("sms_replies/2.csv", packed.ToArray());

        AssertBrokenOff("reading sms_replies", "tmp/unpacked", rerun: false);

        Assert.That(_home.Ingest().Accepted, Is.EqualTo(1));
    }

    [TestCase(1, Description = "A file that is cut off before it is opened is refused, the others go on")]
    [TestCase(2, Description = "A file that is cut off after it was read is refused, the others go on")]
    public void A_file_that_is_cut_off_while_it_is_read_is_refused(int report)
    {
        var path = Path.Combine(_home.Folder, "inbox", "sms_replies", "2.csv");
        var whole = File.ReadAllBytes(path);
        _home.With("sms_replies/3.csv", Sms + "m4;2024-03-07 09:00;c4;vår;ja\n");
        _undisturbed.With("sms_replies/3.csv", Sms + "m4;2024-03-07 09:00;c4;vår;ja\n");

        var found = Run("reading sms_replies", report, () => File.WriteAllBytes(path, whole[..^5]));

        var refused = found.Refused.Single();
        Assert.That(refused.Path, Is.EqualTo("sms_replies/2.csv"));
        Assert.That(
            refused.Refusal,
            Does.StartWith("inbox/sms_replies/2.csv: it changed while the inbox was read (")
                .And.Contain($"{whole.Length} bytes at first, {whole.Length - 5} later")
        );
        Assert.That(found.Accepted, Is.EqualTo(1), "the other file");
        File.WriteAllBytes(path, whole);
        Assert.That(_home.Ingest().Accepted, Is.EqualTo(2));
        _undisturbed.Ingest();
        const string Contacts = "select contact, \"at\", kind, value, trace_id from traces order by all";
        Assert.That(_home.Rows(Contacts), Is.EqualTo(_undisturbed.Rows(Contacts)));
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [TestCase(1, Description = "A file that vanishes before it is opened leaves the lake as it was")]
    [TestCase(2, Description = "A file that vanishes after it was read leaves the lake as it was")]
    public void A_file_that_vanishes_while_it_is_read_leaves_the_lake_as_it_was(int report)
    {
        var path = Path.Combine(_home.Folder, "inbox", "sms_replies", "2.csv");
        var whole = File.ReadAllBytes(path);

        var found = Run("reading sms_replies", report, () => File.Delete(path));

        Assert.That(
            found.Warnings.Concat(found.Refused.Select(file => file.Refusal)),
            Is.EqualTo([
                "inbox/sms_replies/2.csv: it vanished while the inbox was read. Put it back and run again, if it is to be read.",
            ])
        );
        Assert.That(_home.LakeBytes(), Is.EqualTo(_before));
        File.WriteAllBytes(path, whole);
        AssertUndisturbedAfterARerun();
    }

    [Test]
    public void What_the_disk_refused_is_told_with_what_to_do()
    {
        var layout = LakeLayout.Of(_home.Folder);
        Assert.That(
            BrokenOff
                .Exception(
                    layout,
                    new DuckDbException("write", "IO Error: Could not write file: No space left on device")
                )
                .Message,
            Does.Contain("lake is as it was").And.Contain($"Free space on the disk of {layout.Lake} and run again.")
        );
        Assert.That(
            BrokenOff.Exception(layout, new UnauthorizedAccessException("Access denied.")).Message,
            Does.Contain("Access denied. Give the account").And.Contain(layout.Lake)
        );
        Assert.That(BrokenOff.IsOfTheDisk(new InvalidOperationException()), Is.False);
        Assert.That(
            BrokenOff.IsOfTheDisk(new AggregateException(new IOException(), new InvalidOperationException())),
            Is.False
        );
        Assert.That(BrokenOff.IsOfTheDisk(new DuckDbException("x", "Conversion Error")), Is.False);
    }

    /// <summary>Everything that is written to this device fails as on a full disk (ENOSPC).</summary>
    void AssertBrokenOff(string step, string target, bool rerun = true)
    {
        var path = Path.Combine(_home.LakeFolder, target);
        void Fill()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.CreateSymbolicLink(path, "/dev/full");
        }

        Assert.That(
            () => Run(step, 1, Fill),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.Contains("No space left on device")
                .And.Message.Contains("Free space on the disk of")
        );
        Assert.That(_home.LakeBytes(), Is.EqualTo(_before));
        if (rerun)
            AssertUndisturbedAfterARerun();
    }

    string RejectsOfSecond()
    {
        var hash = FileHash.Sha256(Path.Combine(_home.Folder, "inbox", "sms_replies", "2.csv"), CancellationToken.None);
        return $"rejects/sms_replies/{hash[..16]}.ndjson";
    }

    void AssertUndisturbedAfterARerun()
    {
        Assert.That(_home.Ingest().Accepted, Is.EqualTo(2));
        Assert.That(_home.LakeBytes(), Is.EqualTo(_undisturbed.LakeBytes()));
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    IngestReport Run(string step, int report, Action act) =>
        Ingest.Run(_home.Folder, null, new AtReport(step, report, act));

    string NewFile(string folder) =>
        Manifest
            .Read(LakeLayout.Of(_undisturbed.Folder))
            .Files.Last(file => file.Generation == 2 && file.Path.StartsWith(folder, StringComparison.Ordinal))
            .Path;

    static TestHome First(TestHome home)
    {
        home.With("sms_replies/1.csv", Sms + "m1;2024-03-04 09:00;c1;vår;ja\nm0;never;c3;vår;ja\n").Ingest();
        return home;
    }

    static TestHome Second(TestHome home) =>
        home.With("sms_replies/2.csv", Sms + "m2;2024-03-05 09:00;c2;vår;ja\nm3;2024-03-06 09:00;c1;vår;nej\n");

    /// <summary>Acts at the first, second, … report of a step, and only once.</summary>
    sealed class AtReport(string step, int report, Action act) : IProgress<IngestProgress>
    {
        int _reports;

        public void Report(IngestProgress value)
        {
            if (
                string.Equals(value.Step, step, StringComparison.Ordinal)
                && Interlocked.Increment(ref _reports) == report
            )
                act();
        }
    }
}
