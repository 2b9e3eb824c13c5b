using MimeKit;
using MimeKit.Cryptography;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Signs messages with the home's DKIM key (RFC 6376), the stop headers included, as RFC 8058 asks.</summary>
public sealed class MailSignature
{
    static readonly string[] Signed =
    [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-Id",
        "Reply-To",
        "MIME-Version",
        "Content-Type",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Auto-Submitted",
    ];

    readonly DkimSigner _signer;

    /// <exception cref="WorkerException">The key file holds no private key.</exception>
    public MailSignature(DkimSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            _signer = new DkimSigner(settings.KeyFile, settings.Domain, settings.Selector)
            {
                HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                AgentOrUserIdentifier = $"@{settings.Domain}",
            };
        }
        catch (Exception problem) when (problem is FormatException or IOException or ArgumentException)
        {
            throw new WorkerException(
                WorkerException.Told(
                    settings.KeyFile,
                    "no private key",
                    "an RSA or Ed25519 key as PEM",
                    "put the key there that belongs to the selector"
                ),
                problem
            );
        }
    }

    public void Sign(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _signer.Sign(message, [.. Signed.Where(field => message.Headers.Contains(field))]);
    }
}
