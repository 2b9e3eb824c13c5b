namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>Files that did not change are not read again; those that may have changed are.</summary>
public sealed class InboxHashesTests
{
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";
    const string One = Sms + "m1;2024-03-04 09:00;c1;vår;ja\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome().With("sms_replies/1.csv", One);

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void An_old_file_of_the_same_size_and_time_is_not_read_again()
    {
        Age(TimeSpan.FromHours(1));
        _home.Ingest();

        // That nobody reads it shows in that nobody notices what nobody could have done by accident.
        Change(keepingTime: true);

        Assert.That(_home.Ingest().Files.Single().State, Is.EqualTo(FileState.Known));
        File.Delete(Cache);
        Assert.That(_home.Ingest().Files.Single().State, Is.EqualTo(FileState.Ingested));
    }

    [Test]
    public void A_file_that_was_written_just_now_is_read_again()
    {
        _home.Ingest();
        Assert.That(File.ReadAllText(Cache), Is.EqualTo("[]"));

        Change(keepingTime: true);

        Assert.That(_home.Ingest().Files.Single().State, Is.EqualTo(FileState.Ingested));
    }

    [Test]
    public void Another_time_or_size_has_a_file_read_again()
    {
        Age(TimeSpan.FromHours(1));
        _home.Ingest();
        Change(keepingTime: false);

        Assert.That(_home.Ingest().Files.Single().State, Is.EqualTo(FileState.Ingested));
        _home.With("sms_replies/1.csv", One + "m3;2024-03-06 09:00;c3;vår;ja\n");
        Age(TimeSpan.FromHours(2));
        Assert.That(_home.Ingest().Accepted, Is.EqualTo(1));
    }

    [Test]
    public void What_is_no_longer_in_the_inbox_is_forgotten()
    {
        _home.With("sms_replies/2.csv", Sms + "m2;2024-03-04 09:00;c1;vår;ja\n");
        Age(TimeSpan.FromHours(1));
        _home.Ingest();
        Assert.That(File.ReadAllText(Cache), Does.Contain("sms_replies/1.csv").And.Contain("sms_replies/2.csv"));

        File.Delete(Path.Combine(_home.Folder, "inbox", "sms_replies", "2.csv"));
        _home.Ingest();

        Assert.That(File.ReadAllText(Cache), Does.Contain("sms_replies/1.csv").And.Not.Contain("sms_replies/2.csv"));
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[null, {\"Path\": \"sms_replies/1.csv\", \"Sha256\": \"short\"}]")]
    public void A_damaged_cache_costs_time_and_nothing_else(string cache)
    {
        Age(TimeSpan.FromHours(1));
        _home.Ingest();
        var before = _home.LakeBytes();
        File.WriteAllText(Cache, cache);

        Assert.That(_home.Ingest().Files.Single().State, Is.EqualTo(FileState.Known));
        Assert.That(_home.LakeBytes(), Is.EqualTo(before));
        Assert.That(File.ReadAllText(Cache), Does.Contain("sms_replies/1.csv"));
    }

    [Test]
    [Platform("Linux")]
    public void Behind_a_link_the_file_counts_and_not_the_link()
    {
        var (link, target) = (Csv, Path.Combine(_home.Folder, "elsewhere.csv"));
        File.Move(link, target);
        File.CreateSymbolicLink(link, target);
        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(target).AddHours(-1));
        Assert.That(_home.Ingest().Accepted, Is.EqualTo(1));

        File.WriteAllText(target, One.Replace("m1", "m9", StringComparison.Ordinal));

        Assert.That(_home.Ingest().Accepted, Is.EqualTo(1));
    }

    string Csv => Path.Combine(_home.Folder, "inbox", "sms_replies", "1.csv");

    string Cache => Path.Combine(_home.LakeFolder, "inbox.cache");

    void Age(TimeSpan age)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_home.Folder, "inbox", "sms_replies")))
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - age);
    }

    void Change(bool keepingTime)
    {
        var written = File.GetLastWriteTimeUtc(Csv);
        File.WriteAllText(Csv, One.Replace("m1", "m2", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Csv, keepingTime ? written : written.AddMilliseconds(1));
    }
}
