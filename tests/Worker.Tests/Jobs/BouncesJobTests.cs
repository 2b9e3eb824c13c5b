using System.Globalization;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Tests.Dispatch;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Jobs;

public class BouncesJobTests
{
    [Test]
    public void What_came_back_is_read_and_the_next_dispatch_writes_there_no_more()
    {
        using var home = new DispatchHome(StoreKind.Sqlite, "anna");
        home.Plan("anna");
        Assert.That(home.Dispatch().Sent, Is.EqualTo(1));
        var job = new BouncesJob(new Home(home.Path), home.Time);
        Assert.That(BouncesJob.Pieces(new Home(home.Path)), Is.Empty, "there is no mailbox yet");

        var sent = home.Outbox.Single();
        Directory.CreateDirectory(home.File("mailbox"));
        File.WriteAllText(
            home.File("mailbox", "1.eml"),
            $"""
            From: postmaster@example.net
            To: bounces@localhost
            Subject: Delivery report
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; anna@example.org
            Action: failed
            Status: 5.1.1

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <{sent.MessageId}>

            --b--

            """.ReplaceLineEndings("\r\n")
        );
        Assert.That(BouncesJob.Pieces(new Home(home.Path)), Is.EqualTo(new[] { "" }));
        using var lines = new StringWriter(CultureInfo.InvariantCulture);
        var outcome = job.Run(new("bounces", Commits.Day, "08:00Z"), new Screen(lines, lines, json: false), default);
        Assert.That(((MailboxFigures)outcome.Counts).Hard, Is.EqualTo(1), lines.ToString());
        Assert.That(BouncesJob.Pieces(new Home(home.Path)), Is.Empty);

        home.Time.Now = new(DispatchHome.Morning.AddDays(2));
        var next = home.Plan("anna", due: DispatchHome.Morning.AddDays(2));
        home.Dispatch();
        Assert.That(home.Why(next), Is.EqualTo("bounced"));
    }

    [Test]
    public void Settings_that_cannot_be_read_are_told_by_the_unit()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(home.File("mail.json"), "{");
        Assert.That(BouncesJob.Pieces(new Home(home.Path)), Is.EqualTo(new[] { "" }));
        using var lines = new StringWriter(CultureInfo.InvariantCulture);
        Assert.That(
            () =>
                new BouncesJob(new Home(home.Path), TimeProvider.System).Run(
                    new("bounces", Commits.Day, "08:00Z"),
                    new Screen(lines, lines, json: false),
                    default
                ),
            Throws.TypeOf<WorkerException>().With.Message.Contains("mail.json")
        );
    }
}
