namespace LeadScoring.Worker.Mail.Sending;

/// <summary>What <c>mail.json</c> in a home says about sending; without the file messages are put into <c>outbox/</c>.</summary>
public sealed record MailSettings
{
    /// <summary>Where the pages behind the links are reached from outside.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:8077");

    /// <summary>The sender's address, and the organisation that signs.</summary>
    public string From { get; init; } = "dialogue@localhost";
    public string FromName { get; init; } = "Norrbotten";

    /// <summary>Where replies go, null for the sender's address.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The sender's postal address, told in every message; empty leaves it out.</summary>
    public string PostalAddress { get; init; } = "";

    /// <summary>A message to this address ends further ones.</summary>
    public string StopAddress { get; init; } = "stop@localhost";

    /// <summary>Where undeliverable messages return; the name of the message is put in behind a plus (VERP).</summary>
    public string BounceAddress { get; init; } = "bounces@localhost";

    /// <summary>The folder, named from the home, in which undeliverable messages, complaints and stops arrive: a Maildir or <c>.eml</c> files.</summary>
    public string Mailbox { get; init; } = "mailbox";

    /// <summary>Days for which an answer's link is taken.</summary>
    public int AnswerDays { get; init; } = 90;

    /// <summary>The server that takes messages, null for <c>outbox/</c>.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>How messages are signed, null for not at all.</summary>
    public DkimSettings? Dkim { get; init; }

    /// <summary>The sender's domain, which names messages and the list.</summary>
    public string Domain => From[(From.LastIndexOf('@') + 1)..];

    /// <summary>The full path of the mailbox.</summary>
    public string MailboxIn(string home) => Path.GetFullPath(Mailbox, Path.GetFullPath(home));

    /// <summary>What messages of a home are handed to: its server, or its <c>outbox/</c>.</summary>
    public IMailTransport Transport(string home, TimeProvider time) =>
        Smtp is { } smtp ? new SmtpTransport(smtp, time) : new OutboxTransport(home);

    /// <summary>Reads <c>mail.json</c> of a home.</summary>
    /// <exception cref="WorkerException">Everything that is wrong with it, one line each.</exception>
    public static MailSettings Load(string home)
    {
        var path = Path.Combine(home, "mail.json");
        return File.Exists(path) ? MailSettingsReader.Read(File.ReadAllBytes(path), home) : new MailSettings();
    }
}

/// <summary>How the connection to a mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS before anything else; a server without it is refused.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Nothing: for a server on the same machine.</summary>
    None,
}

/// <param name="User">Null when the server asks for no login.</param>
/// <param name="PasswordFile">Holds the password; <c>LEADS_SMTP_PASSWORD</c> comes before it.</param>
/// <param name="CertificateFile">PEM of a certificate or authority that is trusted besides those of the system.</param>
/// <param name="TimeoutSeconds">For each message.</param>
/// <param name="Attempts">Tries for what may go better later, before the follow-up waits for the next dispatch.</param>
public sealed record SmtpSettings(
    string Host,
    int Port = 587,
    SmtpSecurity Security = SmtpSecurity.StartTls,
    string? User = null,
    string? PasswordFile = null,
    string? CertificateFile = null,
    int TimeoutSeconds = 30,
    int Attempts = 4
);

/// <summary>A DKIM key (RFC 6376): the selector below the domain, and the private key as PEM.</summary>
public sealed record DkimSettings(string Domain, string Selector, string KeyFile);
