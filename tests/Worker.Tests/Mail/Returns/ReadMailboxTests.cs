using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;

namespace LeadScoring.Worker.Tests.Mail.Returns;

public sealed class ReadMailboxTests
{
    readonly SettableTime _time = new(SampleMail.At);
    TemporaryHome _home = null!;

    [SetUp]
    public void Open() => _home = new TemporaryHome();

    [TearDown]
    public void Close() => _home.Dispose();

    ReturnLedger Ledger => new(_home.Path, SampleMail.Secret, _time);

    StopList Stops => new(_home.Path, SampleMail.Secret, _time);

    MailboxFigures Read() =>
        new ReadMailbox(new ReadReturn(new LinkSigner(SampleMail.Secret), SampleMail.Secret), Ledger, Stops).Run(
            _home.File("returns"),
            default
        );

    void Arrives(string name, string text, string folder = "")
    {
        Directory.CreateDirectory(_home.File("returns", folder));
        File.WriteAllText(_home.File("returns", folder, name), text.ReplaceLineEndings("\r\n"));
    }

    static string Headers
    {
        get
        {
            var envelope = SampleMail.Envelope(SampleMail.FollowUp());
            var stop = envelope.Message.Headers["List-Unsubscribe"];
            return $"Message-ID: <{envelope.Message.MessageId}>\nList-Unsubscribe: {stop}\nSubject: Hej\n";
        }
    }

    static string Report(string kind, string fields, string original) =>
        $"""
            From: postmaster@example.net
            To: bounces@example.org
            Subject: Delivery report
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type={kind}; boundary=b

            --b
            Content-Type: text/plain

            Sorry.

            --b
            Content-Type: message/{kind}

            {fields}

            --b
            Content-Type: text/rfc822-headers

            {original}
            --b--

            """;

    static string Bounce(string status, string? original = null, string action = "failed") =>
        Report(
            "delivery-status",
            $"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; {SampleMail.Address}\nAction: {action}\nStatus: {status}",
            original ?? Headers
        );

    [TestCase("5.1.1", true)]
    [TestCase("5.2.1", true)]
    [TestCase("5.2.2", false)]
    [TestCase("4.4.1", false)]
    [TestCase("5.7.1", false)]
    public void A_hard_bounce_closes_the_address_and_a_soft_one_counts(string status, bool hard)
    {
        Arrives("1.eml", Bounce(status));
        var figures = Read();
        Assert.That((figures.Hard, figures.Soft), Is.EqualTo(hard ? (1, 0) : (0, 1)));
        var standing = Ledger.StandingOf("Reader@Example.org");
        Assert.That((standing.IsClosed, standing.Soft), Is.EqualTo((hard, hard ? 0 : 1)));
        Assert.That(
            File.ReadAllText(_home.File("mail", "returns.ndjson")),
            Does.Not.Contain("eader@").And.Not.Contain("c000006")
        );
    }

    [Test]
    public void Five_soft_bounces_close_an_address()
    {
        for (var i = 0; i < 5; i++)
            Arrives($"{i}.eml", Bounce("4.2.2").Replace("Sorry.", $"Sorry {i}.", StringComparison.Ordinal));
        Read();
        Assert.That(Ledger.StandingOf(SampleMail.Address), Is.EqualTo(new AddressStanding(null, 5)));
        Assert.That(Ledger.StandingOf(SampleMail.Address).IsClosed);
    }

    [Test]
    public void A_report_of_delay_or_success_and_one_about_no_message_of_ours_change_nothing()
    {
        Arrives("1.eml", Bounce("4.4.7", action: "delayed"));
        Arrives("2.eml", Bounce("2.0.0", action: "delivered"));
        Arrives("3.eml", Bounce("5.1.1", "Message-ID: <0123456789abcdef0123456789abcdef@example.org>\nSubject: Hej\n"));
        Assert.That(Read(), Is.EqualTo(new MailboxFigures(0, 0, 0, 0, 3, 0)));
        Assert.That(Ledger.StandingOf(SampleMail.Address).IsClosed, Is.False);
    }

    [Test]
    public void A_bounce_without_the_message_is_known_by_the_address_it_came_to()
    {
        var name = MessageName.Of(SampleMail.FollowUp().Key, SampleMail.Secret);
        Arrives(
            "1.eml",
            Bounce("5.1.1", "Subject: Hej\n").Replace("bounces@", $"bounces+{name}@", StringComparison.Ordinal)
        );
        Assert.That(Read().Hard, Is.EqualTo(1));
    }

    [Test]
    public void A_complaint_stops_further_messages()
    {
        Arrives("1.eml", Report("feedback-report", "Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1", Headers));
        Assert.That(Read().Complaints, Is.EqualTo(1));
        Assert.That(Stops.Since(new ContactId("c000006")), Is.Not.Null);
    }

    [Test]
    public void A_message_to_the_stop_address_stops_further_messages_whoever_sends_it()
    {
        var token = SampleMail.Links(SampleMail.FollowUp()).StopToken;
        Arrives("1.eml", $"From: other@example.org\nTo: stop@example.org\nSubject: Re: {token}\n\nBye\n");
        Arrives("2.eml", $"From: other@example.org\nTo: stop@example.org\nSubject: Stop {token[1..]}\n\nBye\n");
        Assert.That(Read(), Is.EqualTo(new MailboxFigures(0, 0, 0, 1, 1, 0)));
        Assert.That(Stops.Since(new ContactId("c000006")), Is.Not.Null);
    }

    [Test]
    public void A_Maildir_is_emptied_and_a_message_that_is_read_again_counts_once()
    {
        Arrives("1.host", Bounce("4.2.2"), "new");
        Assert.That(Read().Soft, Is.EqualTo(1));
        Assert.That(File.Exists(_home.File("returns", "cur", "1.host:2,S")));
        Arrives("1.host", Bounce("4.2.2"), "new");
        Assert.That(Read().Soft, Is.Zero);
        Assert.That(Ledger.StandingOf(SampleMail.Address).Soft, Is.EqualTo(1));
    }
}
