using LeadScoring.Worker.Mail.Sending;

namespace LeadScoring.Worker.Tests.Mail.Sending;

public sealed class OutboxTransportTests
{
    [Test, Platform("Linux")]
    public async Task Half_a_message_is_none_and_the_next_try_writes_it_whole()
    {
        using var home = new TemporaryHome();
        var envelope = SampleMail.Envelope(SampleMail.FollowUp());
        using var message = envelope.Message;
        await using var outbox = new OutboxTransport(home.Path);
        Directory.CreateDirectory(home.File("outbox"));
        var thread = Environment.CurrentManagedThreadId;
        File.CreateSymbolicLink(
            home.File("outbox", FormattableString.Invariant($".{envelope.Name}.{Environment.ProcessId}.{thread}")),
            "/dev/full"
        );

        Assert.That(() => outbox.Send(envelope, default), Throws.TypeOf<IOException>());
        Assert.That(outbox.WasSent(envelope.Name), Is.False);
        Assert.That(Directory.GetFileSystemEntries(home.File("outbox")), Is.Empty);

        Assert.That((await outbox.Send(envelope, default)).State, Is.EqualTo(DeliveryState.Sent));
        Assert.That(
            Directory.GetFileSystemEntries(home.File("outbox")),
            Is.EqualTo(new[] { home.File("outbox", $"{envelope.Name}.eml") })
        );
    }
}
