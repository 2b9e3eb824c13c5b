using LeadScoring.Worker.Tests.Mail.Sending;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>Workers on one PostgreSQL and one home, and a real mail server that sees them die.</summary>
[TestFixture("quartz")]
#if WITH_HANGFIRE
[TestFixture("hangfire", Category = "Hangfire")]
#endif
public sealed class DispatchKillTests(string engine)
{
    const int Contacts = 60;

    [Test, CancelAfter(300_000)]
    public async Task Every_message_goes_out_once_whichever_worker_is_killed_while_it_sends(
        CancellationToken cancellation
    )
    {
        using var home = FinishedRun.Home.Twin();
        using var files = new Folder();
        await using var sink = new SmtpSink(files.Path);
        ServeHome.Configure(home, PostgresServer.NewSchema(), attempts: 30, dispatchMinutes: 1, engine: engine);
        ServeHome.SettleToday(home);
        DueHome.Plan(home, DueHome.Willing(home, Contacts), municipalities: 3);
        DueHome.SendTo(home, sink);

        // The first dies when its tenth message is announced and not yet given.
        var gate = new Gate(10);
        sink.BeforeRecipient = gate.PassAsync;
        using (var first = new Worker(home.Path))
        {
            await gate.Reached.WaitAsync(cancellation);
            first.Kill();
        }
        sink.BeforeRecipient = null;
        gate.Open();
        Assert.That(DueHome.Ask(home, "select count(*) from sendings where state = 'reserved'"), Is.EqualTo(1));

        // The second dies when a message is with the server and the receipt is not with it.
        gate = new Gate(15);
        sink.BeforeReceipt = gate.PassAsync;
        using (var second = new Worker(home.Path))
        {
            await gate.Reached.WaitAsync(cancellation);
            second.Kill();
        }
        sink.BeforeReceipt = null;
        gate.Open();

        using Worker third = new(home.Path),
            fourth = new(home.Path);
        await ServeHome.UntilAsync(
            () => DueHome.Ask(home, "select count(*) from follow_ups where state <> 'sent'") == 0 ? home : null,
            () => $"{third.Said}\n{fourth.Said}",
            cancellation
        );
        Assert.That((third.Stop(), fourth.Stop()), Is.EqualTo((0, 0)), $"{third.Said}\n{fourth.Said}");
        var names = sink.Taken.Select((_, i) => sink.Message(i).MessageId).ToList();
        Assert.That(names, Is.Unique, "no message twice");
        Assert.That(
            names,
            Has.Count.EqualTo(Contacts - 1),
            "the one that was announced may have arrived, so it is not repeated"
        );
        Assert.That(sink.Taken.Select(taken => taken.To), Is.Unique);
        Assert.That(DueHome.Ask(home, "select count(*) from sendings where state = 'uncertain'"), Is.EqualTo(2));
        Assert.That(DueHome.Ask(home, "select count(*) from sendings where state = 'sent'"), Is.EqualTo(Contacts - 2));
    }

    /// <summary>Lets so many pass and holds the next until it is opened.</summary>
    sealed class Gate(int passing)
    {
        readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _passed;

        public Task Reached => _reached.Task;

        public Task PassAsync(CancellationToken cancellation)
        {
            if (Interlocked.Increment(ref _passed) < passing)
                return Task.CompletedTask;
            _reached.TrySetResult();
            return _open.Task.WaitAsync(cancellation);
        }

        public void Open() => _open.TrySetResult();
    }

    sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("leads-sink-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
