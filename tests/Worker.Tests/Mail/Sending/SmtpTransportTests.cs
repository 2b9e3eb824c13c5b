using System.Net.Sockets;
using System.Security.Cryptography;
using LeadScoring.Worker.Mail.Sending;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;
using SmtpServer.Protocol;

namespace LeadScoring.Worker.Tests.Mail.Sending;

/// <summary>Against a real server on the loopback.</summary>
public sealed class SmtpTransportTests
{
    TemporaryHome _home = null!;
    SmtpSink _sink = null!;

    [SetUp]
    public void Open()
    {
        _home = new TemporaryHome();
        _sink = new SmtpSink(_home.Path);
    }

    [TearDown]
    public async Task Close()
    {
        await _sink.DisposeAsync();
        _home.Dispose();
    }

    SmtpSettings Settings =>
        new(
            "localhost",
            _sink.Port,
            User: "leads",
            PasswordFile: _sink.PasswordFile,
            CertificateFile: _sink.CertificateFile,
            Attempts: 3
        );

    SmtpTransport Transport(SmtpSettings? settings = null) =>
        new(settings ?? Settings, TimeProvider.System, TimeSpan.FromMilliseconds(1));

    [Test]
    public async Task The_receipt_holds_the_headers_of_an_honest_sender()
    {
        await using (var transport = Transport())
        {
            var first = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp()), default);
            var second = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp("c000007")), default);
            Assert.That(new[] { first.State, second.State }, Has.All.EqualTo(DeliveryState.Sent));
        }
        Assert.That(_sink.Logins, Is.EqualTo(1), "one connection for both");
        var envelope = SampleMail.Envelope(SampleMail.FollowUp());
        var links = SampleMail.Links(SampleMail.FollowUp());
        using var message = _sink.Message(0);
        Assert.Multiple(() =>
        {
            Assert.That(_sink.Taken[0].From, Is.EqualTo($"bounces+{envelope.Name}@example.org"));
            Assert.That(_sink.Taken[0].To, Is.EqualTo(SampleMail.Address));
            Assert.That(message.MessageId, Is.EqualTo($"{envelope.Name}@example.org"));
            Assert.That(message.From.ToString(), Is.EqualTo("\"Norrbottens besöksnäring\" <dialogue@example.org>"));
            Assert.That(message.ReplyTo.Mailboxes.Single().Address, Is.EqualTo("officer@example.org"));
            Assert.That(message.Date, Is.EqualTo(SampleMail.At));
            Assert.That(message.Headers["List-Id"], Is.EqualTo("<dialogue-2510.example.org>"));
            Assert.That(message.Headers["List-Unsubscribe-Post"], Is.EqualTo("List-Unsubscribe=One-Click"));
            Assert.That(
                message.Headers["List-Unsubscribe"],
                Is.EqualTo($"<{links.Stop}>, <mailto:stop@example.org?subject={links.StopToken}>")
            );
            Assert.That(message.Headers["Auto-Submitted"], Is.EqualTo("auto-generated"));
            Assert.That(message.HtmlBody, Does.Contain("Vänliga hälsningar<br>"));
            Assert.That(message.TextBody, Does.Contain("Skulle du kunna").IgnoreCase);
            Assert.That(_sink.Taken[0].Bytes.All(b => b < 128), "ASCII on the wire");
        });
    }

    [Test]
    public async Task What_is_written_to_a_server_goes_out_at_once()
    {
        using var socket = await SmtpConnection.Reach("localhost", _sink.Port, default);
        Assert.That(socket.NoDelay, Is.True, "else the last packet of each message waits for the receipt of the first");
    }

    [Test]
    public async Task What_may_go_better_is_tried_again_and_what_will_not_is_not()
    {
        await using var transport = Transport();
        _sink.Refusals.Enqueue(new SmtpResponse((SmtpReplyCode)451, "4.3.0 later"));
        _sink.Refusals.Enqueue(new SmtpResponse((SmtpReplyCode)450, "4.2.1 later"));
        var patient = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp()), default);
        Assert.That(patient, Is.EqualTo(new Delivery(DeliveryState.Sent, 250, 3)));
        _sink.Refusals.Enqueue(new SmtpResponse((SmtpReplyCode)550, "5.1.1 nobody"));
        var refused = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp("c2")), default);
        Assert.That(refused, Is.EqualTo(new Delivery(DeliveryState.Refused, 550, 1)));
        for (var i = 0; i < 3; i++)
            _sink.Refusals.Enqueue(new SmtpResponse((SmtpReplyCode)451, "4.3.0 later"));
        var later = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp("c3")), default);
        Assert.That(later, Is.EqualTo(new Delivery(DeliveryState.Later, 451, 3)));
        Assert.That(_sink.Taken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_nobody_vouches_for_gets_neither_password_nor_message()
    {
        await using var transport = Transport(Settings with { CertificateFile = null });
        Assert.That(
            async () => await transport.Send(SampleMail.Envelope(SampleMail.FollowUp()), default),
            Throws.TypeOf<WorkerException>().With.Message.Contains("certificate that is not trusted")
        );
        Assert.That((_sink.Logins, _sink.Taken.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_wrong_password_is_told_without_it()
    {
        File.WriteAllText(_sink.PasswordFile, "fel lösenord");
        await using var transport = Transport();
        var fault = await Assert.ThrowsAsync<WorkerException>(async () =>
            await transport.Send(SampleMail.Envelope(SampleMail.FollowUp()), default)
        );
        Assert.That(fault!.Message, Does.Contain("a login that was refused").And.Not.Contain("fel lösenord"));
    }

    [Test]
    public async Task A_server_that_is_not_there_leaves_the_message_for_later()
    {
        await _sink.DisposeAsync();
        await using var transport = Transport();
        var delivery = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp()), default);
        Assert.That(delivery, Is.EqualTo(new Delivery(DeliveryState.Later, 0, 3)));
        _sink = new SmtpSink(_home.Path);
    }

    [Test]
    public async Task A_connection_that_breaks_before_the_receipt_is_not_tried_again()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var serving = TakeAndHangUp(listener);
        await using var transport = Transport(new SmtpSettings("localhost", port, SmtpSecurity.None, Attempts: 3));
        var delivery = await transport.Send(SampleMail.Envelope(SampleMail.FollowUp()), default);
        Assert.That(delivery, Is.EqualTo(new Delivery(DeliveryState.Unknown, 0, 1)));
        Assert.That(await serving, Is.EqualTo("."), "the whole message had arrived");
    }

    /// <summary>Speaks SMTP up to the dot that ends the message, and then says nothing more.</summary>
    static async Task<string?> TakeAndHangUp(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(connection.GetStream());
        await using var writer = new StreamWriter(connection.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line is "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is { } text)
                    if (text is ".")
                        return text;
            }
            await writer.WriteLineAsync("250 fine");
        }
        return null;
    }

    [Test]
    public async Task A_signed_message_is_signed_on_arrival_with_its_stop_headers()
    {
        using var rsa = RSA.Create(2048);
        File.WriteAllText(_home.File("dkim.pem"), rsa.ExportRSAPrivateKeyPem());
        var signature = new MailSignature(new DkimSettings("example.org", "s1", _home.File("dkim.pem")));
        await using var transport = Transport();
        await transport.Send(SampleMail.Envelope(SampleMail.FollowUp(), signature), default);
        using var message = _sink.Message(0);
        var header = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
        var verifier = new DkimVerifier(new PublicKey(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.That(header.Value, Does.Contain("list-unsubscribe:list-unsubscribe-post").IgnoreCase);
        Assert.That(verifier.Verify(message, header), Is.True);
        message.Headers.Replace("List-Unsubscribe", "<https://elsewhere.example.org/>");
        Assert.That(verifier.Verify(message, header), Is.False);
    }

    sealed class PublicKey(string pem) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => (AsymmetricKeyParameter)new PemReader(new StringReader(pem)).ReadObject();

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
