using System.Runtime.Versioning;
using LeadScoring.Worker.Mail;

namespace LeadScoring.Worker.Tests.Mail;

public sealed class FileTurnTests
{
    /// <summary>A clock on which ten seconds are over at the second look.</summary>
    sealed class Leap : TimeProvider
    {
        long _looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _looks, 5);
    }

    [Test]
    public void A_turn_that_another_holds_is_waited_for_and_then_told_of()
    {
        using var home = new TemporaryHome();
        var file = home.File("turn.lock");
        using (FileTurn.Wait(file, TimeProvider.System))
            Assert.That(
                () => FileTurn.Wait(file, new Leap()),
                Throws
                    .TypeOf<WorkerException>()
                    .With.Message.StartsWith($"{file}: another process has held it for more than ten seconds, expected")
            );
        FileTurn.Wait(file, TimeProvider.System).Dispose();
    }

    [Test]
    public void A_turn_that_is_given_back_is_taken_by_who_waits()
    {
        using var home = new TemporaryHome();
        var file = home.File("turn.lock");
        var first = FileTurn.Wait(file, TimeProvider.System);
        var second = Task.Run(() => FileTurn.Wait(file, TimeProvider.System));
        Assert.That(second.Wait(50), Is.False);
        first.Dispose();
        second.GetAwaiter().GetResult().Dispose();
    }

    [Test]
    public void A_missing_folder_is_told_at_once()
    {
        using var home = new TemporaryHome();
        Assert.That(
            () => FileTurn.Wait(home.File("gone", "turn.lock"), TimeProvider.System),
            Throws.TypeOf<WorkerException>().With.Message.Contains("turn.lock: its folder is missing, expected")
        );
    }

    [Test]
    public void A_file_that_may_not_be_written_is_told_at_once()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("turn.lock"));
        Assert.That(
            () => FileTurn.Wait(home.File("turn.lock"), TimeProvider.System),
            Throws.TypeOf<WorkerException>().With.Message.Contains("turn.lock: the file may not be written, expected")
        );
    }

    /// <summary>Linux has a folder of the kernel's on which nothing can be made, as on a disk that is full.</summary>
    [Test, Platform("Linux"), SupportedOSPlatform("linux")]
    public void A_file_system_that_takes_no_file_is_told_at_once_and_is_no_other_holder() =>
        Assert.That(
            () => FileTurn.Wait("/proc/turn.lock", TimeProvider.System),
            Throws.TypeOf<WorkerException>().With.Message.Not.Contains("another process")
        );
}
