using System.Text.Json;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail.Sending;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>A mail server that is away, and comes back.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class UnreachableTests(StoreKind kind)
{
    static readonly TimeSpan Silence = TimeSpan.FromHours(30);

    [Test]
    public async Task Nothing_is_lost_somebody_is_told_and_all_goes_out_once_it_is_back()
    {
        using var home = new DispatchHome(kind, "anna", "bo", "cia");
        foreach (var contact in (string[])["anna", "bo", "cia"])
            home.Plan(contact);
        await using var sink = new SmtpSink(home.Path);
        Write(home, sink, port: 1);

        var figures = home.Dispatch();
        Assert.That((figures.Sent, figures.Unreachable, figures.Left), Is.EqualTo((0, 1, 2)));
        Assert.That(figures.HasTrouble, Is.True);
        Assert.That(home.Sendings.OnTheirWay(DispatchHome.Boden), Is.Empty);
        var book = new AlarmBook(home.Store);
        Assert.That(book.Standing(DispatchHome.Morning.AddMinutes(60), Silence), Is.Empty, "it may be back soon");
        home.Time.Now = new(DispatchHome.Morning.AddMinutes(30));
        home.Dispatch();
        Assert.That(
            book.Standing(DispatchHome.Morning.AddMinutes(61), Silence).Single().Words,
            Does.Contain("no mail has gone out since 2026-03-04T08:00Z").And.Contain("127.0.0.1:1 does not answer")
        );

        Write(home, sink, sink.Port);
        home.Time.Now = new(DispatchHome.Morning.AddMinutes(70));
        Assert.That(home.Dispatch().Sent, Is.EqualTo(3));
        Assert.That(
            sink.Taken.Select(taken => taken.To).Order(),
            Is.EqualTo(new[] { "anna@example.org", "bo@example.org", "cia@example.org" })
        );
        Assert.That(book.Standing(DispatchHome.Morning.AddMinutes(71), Silence), Is.Empty);
    }

    [Test]
    public async Task A_run_that_is_stopped_before_a_message_has_left_leaves_it_to_the_next_at_once()
    {
        using var home = new DispatchHome(kind, "anna", "bo");
        var plans = new[] { home.Plan("anna"), home.Plan("bo") };
        await using var sink = new SmtpSink(home.Path);
        Write(home, sink, sink.Port);
        using var stop = new CancellationTokenSource();
        var asked = 0;
        sink.BeforeRecipient = given => Interlocked.Increment(ref asked) == 2 ? StopAsync(given) : Task.CompletedTask;

        Assert.That(() => home.Dispatch(stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(sink.Taken, Has.Count.EqualTo(1));
        Assert.That(plans.Select(home.Why), Is.All.EqualTo(DBNull.Value), "the server was there");
        sink.BeforeRecipient = null;
        var next = home.Dispatch();
        Assert.That((next.Sent, next.Uncertain, next.Left), Is.EqualTo((1, 0, 0)));
        Assert.That(sink.Taken.Select(taken => taken.To), Is.Unique);

        async Task StopAsync(CancellationToken given)
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, given);
        }
    }

    static void Write(DispatchHome home, SmtpSink sink, int port) =>
        File.WriteAllText(
            home.File("mail.json"),
            JsonSerializer.Serialize(
                new
                {
                    publicUrl = "https://moving.example.org",
                    from = "dialogue@example.org",
                    stopAddress = "stop@example.org",
                    bounceAddress = "bounces@example.org",
                    postalAddress = "Storgatan 1, Boden",
                    smtp = new
                    {
                        host = port == 1 ? "127.0.0.1" : "localhost",
                        port,
                        user = "leads",
                        passwordFile = sink.PasswordFile,
                        certificateFile = sink.CertificateFile,
                        attempts = 1,
                    },
                }
            )
        );
}
