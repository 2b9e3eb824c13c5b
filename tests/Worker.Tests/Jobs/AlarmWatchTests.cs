using System.Globalization;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail;
using LeadScoring.Worker.Tests.Mail.Sending;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using SmtpServer.Protocol;

namespace LeadScoring.Worker.Tests.Jobs;

/// <summary>Alarms by mail, against a real server on the loopback.</summary>
public sealed class AlarmWatchTests
{
    static readonly DateTimeOffset At = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);

    readonly SettableTime _time = new(At);
    TemporaryHome _home = null!;
    SmtpSink _sink = null!;

    [SetUp]
    public void Open()
    {
        _home = new TemporaryHome();
        _sink = new SmtpSink(_home.Path);
        _time.Now = At;
    }

    [TearDown]
    public async Task Close()
    {
        await _sink.DisposeAsync();
        _home.Dispose();
    }

    [Test]
    public async Task A_unit_that_was_given_up_is_mailed_once_whoever_looks_and_however_often()
    {
        UseServer(_sink.Port);
        GiveUp("night", "policies/2582.json is no JSON");
        for (var look = 0; look < 3; look++)
        {
            await LookAsync();
            _time.Now += TimeSpan.FromHours(1);
        }
        Assert.That(_sink.Taken, Has.Count.EqualTo(1));
        using var message = _sink.Message(0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_sink.Taken[0].To, Is.EqualTo("night@example.org"));
            Assert.That(message.Subject, Does.EndWith(": night of 2026-03-02 was given up after 1 attempts"));
            Assert.That(
                message.TextBody!.ReplaceLineEndings("\n"),
                Does.StartWith(
                    "night of 2026-03-02 was given up after 1 attempts: policies/2582.json is no JSON. "
                        + "Mend it, then leads jobs restart 1\n"
                )
            );
            Assert.That(message.Headers["Auto-Submitted"], Is.EqualTo("auto-generated"));
            Assert.That(message.Date, Is.EqualTo(At));
        }

        GiveUp("train", "thin data");
        await LookAsync();
        Assert.That(_sink.Taken, Has.Count.EqualTo(2), "another thing is another message");
        using var second = _sink.Message(1);
        Assert.That(second.MessageId, Is.Not.EqualTo(message.MessageId));
    }

    [Test]
    public async Task What_a_server_does_not_take_is_mailed_again_until_it_does()
    {
        UseServer(_sink.Port);
        _sink.Refusals.Enqueue(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such box"));
        _sink.Refusals.Enqueue(new SmtpResponse((SmtpReplyCode)451, "later"));
        GiveUp("night", "no policy");
        await LookAsync();
        await LookAsync();
        Assert.That(_sink.Refusals, Has.Count.EqualTo(1), "not at once");
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            _time.Now = At.AddMinutes(15 * quarter);
            await LookAsync();
        }
        Assert.That((_sink.Refusals.Count, _sink.Taken.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_server_out_of_reach_or_wrong_settings_keep_nothing_else_from_being_told()
    {
        UseServer(port: 1);
        GiveUp("night", "no policy");
        await LookAsync();
        File.WriteAllText(_home.File("mail.json"), "{");
        _time.Now += TimeSpan.FromMinutes(15);
        await LookAsync();
        using (var store = LeadStore.Open(_home.Path))
            Assert.That(new AlarmBook(store).Claim("log", At.UtcDateTime.AddDays(1), At.UtcDateTime), Is.Null, "told");

        UseServer(_sink.Port);
        _time.Now += TimeSpan.FromMinutes(15);
        await LookAsync();
        Assert.That(_sink.Taken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Without_a_server_an_alarm_is_a_file_in_the_outbox()
    {
        GiveUp("night", "no policy");
        await LookAsync();
        await LookAsync();
        var file = Directory.GetFiles(_home.File("outbox")).Single();
        using var message = await MimeMessage.LoadAsync(file);
        Assert.That(message.To.Mailboxes.Single().Address, Is.EqualTo("night@example.org"));
    }

    [Test]
    public async Task Without_an_address_nothing_is_mailed()
    {
        UseServer(_sink.Port);
        GiveUp("night", "no policy");
        await LookAsync(mailTo: null);
        Assert.That(_sink.Taken, Is.Empty);
        Assert.That(Directory.Exists(_home.File("outbox")), Is.False);
    }

    async Task LookAsync(string? mailTo = "night@example.org")
    {
        using var http = new HttpClient();
        using var watch = new AlarmWatch(
            new Home(_home.Path),
            new JobSettings { MailTo = mailTo },
            http,
            _time,
            NullLogger<AlarmWatch>.Instance
        );
        await watch.LookAsync(CancellationToken.None);
    }

    void GiveUp(string job, string error)
    {
        using var store = LeadStore.Open(_home.Path);
        var queue = new JobUnits(store);
        var now = At.UtcDateTime;
        queue.Put(new(job, new(2026, 3, 2)), now, "schedule", maxAttempts: 1, now);
        queue.Failed(queue.Claim(job, "a", now, TimeSpan.FromMinutes(1))!, error, now, now);
    }

    void UseServer(int port) =>
        File.WriteAllText(
            _home.File("mail.json"),
            $$"""
            {
              "publicUrl": "https://moving.example.org", "from": "dialogue@example.org", "postalAddress": "Box 1, Luleå",
              "stopAddress": "stop@example.org", "bounceAddress": "bounces@example.org",
              "smtp": { "host": "localhost", "port": {{port.ToString(
                CultureInfo.InvariantCulture
            )}}, "user": "leads", "passwordFile": "password", "certificateFile": "sink.pem" }
            }
            """
        );
}
