using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace LeadScoring.Worker.Tests.Mail.Sending;

/// <summary>A mail server on the loopback with STARTTLS, a login and a certificate of its own; keeps what it takes.</summary>
sealed class SmtpSink : MessageStore, IMailboxFilter, IUserAuthenticator, IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly X509Certificate2 _certificate;
    readonly Task _running;

    /// <param name="isPipelining">
    /// Whether it says that it takes commands together. Then it answers each in a packet of its own, the second of which
    /// waits 40 ms for the receipt of the first: of no matter for a few messages.
    /// </param>
    public SmtpSink(string folder, bool isPipelining = true)
    {
        _certificate = SelfSigned();
        CertificateFile = Path.Combine(folder, "sink.pem");
        File.WriteAllText(CertificateFile, _certificate.ExportCertificatePem());
        PasswordFile = Path.Combine(folder, "password");
        File.WriteAllText(PasswordFile, "hemligt\n");
        Port = FreePort();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(at =>
                at.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))
                    .Certificate(_certificate)
                    .AuthenticationRequired()
                    .AllowUnsecureAuthentication(false)
            )
            .Build();
        var parts = new ServiceProvider();
        parts.Add((IMessageStore)this);
        parts.Add((IMailboxFilter)this);
        parts.Add((IUserAuthenticator)this);
        if (!isPipelining)
            parts.Add((ISmtpCommandFactory)new OneByOne());
        _running = new SmtpServer.SmtpServer(options, parts).StartAsync(_stop.Token);
    }

    public int Port { get; }
    public string CertificateFile { get; }
    public string PasswordFile { get; }

    /// <summary>Envelope and bytes of what was taken.</summary>
    public List<(string From, string To, byte[] Bytes)> Taken { get; } = [];

    /// <summary>Answers to RCPT before one is accepted.</summary>
    public Queue<SmtpResponse> Refusals { get; } = new();

    /// <summary>Is waited for before a recipient is accepted.</summary>
    public Func<CancellationToken, Task>? BeforeRecipient { get; set; }

    /// <summary>Is waited for when a message is kept and its receipt is still to be given.</summary>
    public Func<CancellationToken, Task>? BeforeReceipt { get; set; }

    /// <summary>Answer to the message itself; null takes it.</summary>
    public Func<SmtpResponse>? AfterMessage { get; set; }

    public int Logins { get; private set; }

    public MimeMessage Message(int index) => MimeMessage.Load(new MemoryStream(Taken[index].Bytes));

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (AfterMessage is { } answer)
            return answer();
        lock (Taken)
            Taken.Add((transaction.From.AsAddress(), transaction.To.Single().AsAddress(), buffer.ToArray()));
        if (BeforeReceipt is { } wait)
            await wait(cancellationToken);
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(
        ISessionContext context,
        IMailbox from,
        int size,
        CancellationToken cancellationToken
    ) => Task.FromResult(true);

    public async Task<bool> CanDeliverToAsync(
        ISessionContext context,
        IMailbox to,
        IMailbox from,
        CancellationToken cancellationToken
    )
    {
        if (BeforeRecipient is { } wait)
            await wait(cancellationToken);
        return Refusals.TryDequeue(out var refusal) ? throw new SmtpResponseException(refusal) : true;
    }

    public Task<bool> AuthenticateAsync(
        ISessionContext context,
        string user,
        string password,
        CancellationToken cancellationToken
    )
    {
        Logins++;
        return Task.FromResult(context.Pipe.IsSecure && user is "leads" && password is "hemligt");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
        _stop.Dispose();
        _certificate.Dispose();
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>Greets as the server does, but wants every command answered before the next.</summary>
    sealed class OneByOne : SmtpCommandFactory
    {
        public override SmtpCommand CreateEhlo(string domainOrAddress) => new Greeting(domainOrAddress);

        sealed class Greeting(string domainOrAddress) : EhloCommand(domainOrAddress)
        {
            protected override IEnumerable<string> GetExtensions(ISessionContext context) =>
                base.GetExtensions(context).Where(extension => extension is not "PIPELINING");
        }
    }
}
