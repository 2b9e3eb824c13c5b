using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Tests.Mail;

namespace LeadScoring.Worker.Tests;

public sealed class DiskFaultTests
{
    [Test, Platform("Linux")]
    public void A_full_device_is_told_with_the_file_and_what_to_do()
    {
        using var home = new TemporaryHome();
        var path = home.File("list.csv");
        File.CreateSymbolicLink(path, "/dev/full");
        var problem = Assert.Throws<IOException>(() => File.WriteAllText(path, "contact"));
        Assert.That(
            DiskFault.Explain(problem!),
            Is.EqualTo(
                $"{path}: the disk is full, or a file may not grow further, expected room for what the home has to keep; make room and run the same again; nothing half-written counts"
            )
        );
        Assert.That(JobFault.Words(problem!), Is.EqualTo(DiskFault.Explain(problem!)));
    }

    [Test]
    public void An_engine_without_room_is_not_told_as_damage()
    {
        var problem = new DuckDbException(
            "write_bucket",
            "IO Error: Could not write to file \"/srv/leads/scores/bucket=01.parquet\": No space left on device"
        );
        Assert.That(JobFault.Words(problem), Does.StartWith("/srv/leads/scores/bucket=01.parquet: the disk is full"));
        Assert.That(
            DiskFault.Explain(new InvalidOperationException("while writing", problem)),
            Does.StartWith("/srv/leads/scores/bucket=01.parquet: the disk is full")
        );
        var damaged = new DuckDbException("read_scores", "Invalid Input Error: No magic bytes found at end of file");
        Assert.That((DiskFault.Explain(damaged), JobFault.IsTold(damaged)), Is.EqualTo(((string?)null, false)));
    }

    [Test]
    public void What_is_told_already_and_what_is_no_full_disk_are_left_alone()
    {
        var full = new IOException("No space left on device", 28);
        Assert.That(DiskFault.Explain(new IngestionException("the lake is as it was", full)), Is.Null);
        Assert.That(DiskFault.Explain(new FileNotFoundException("no such file")), Is.Null);
        var notOfTheDisk = Assert.Throws<ArgumentOutOfRangeException>(() => _ = "no disk"[..9]);
        Assert.That(DiskFault.Explain(notOfTheDisk!), Is.Null);
    }

    [Test, Platform("Linux")]
    public void A_stop_that_cannot_be_written_down_is_not_taken_and_taken_when_it_can()
    {
        using var home = new TemporaryHome();
        var time = new SettableTime(SampleMail.At);
        Directory.CreateDirectory(home.File("mail"));
        var journal = home.File("mail", "stops.ndjson");
        File.CreateSymbolicLink(journal, "/dev/full");
        var stops = new StopList(home.Path, SampleMail.Secret, time);
        Assert.That(() => stops.Stop(new("k1"), StopWay.Page), Throws.TypeOf<IOException>());
        Assert.That(stops.Since(new("k1")), Is.Null);
        File.Delete(journal);
        stops.Stop(new("k1"), StopWay.Page);
        Assert.That(stops.Since(new("k1")), Is.Not.Null);
        Assert.That(File.ReadAllLines(journal), Has.Length.EqualTo(1));
    }

    [Test, Platform("Linux")]
    public void A_file_that_fails_half_way_leaves_the_one_before_and_nothing_beside_it()
    {
        using var home = new TemporaryHome();
        var (path, temporary) = (home.File("answers.ndjson"), home.File(".answers.new"));
        AtomicFile.Write(path, "one"u8);
        File.CreateSymbolicLink(temporary, "/dev/full");
        Assert.That(() => AtomicFile.Write(path, temporary, "two"u8), Throws.TypeOf<IOException>());
        Assert.That(File.ReadAllText(path), Is.EqualTo("one"));
        Assert.That(Directory.GetFileSystemEntries(home.Path), Is.EqualTo(new[] { path }));
    }
}
