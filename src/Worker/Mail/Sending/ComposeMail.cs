using System.Text;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Worker.Mail.Links;
using MimeKit;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Puts a rendered message into an envelope with the headers that mail providers expect of honest senders.</summary>
/// <remarks>
/// RFC 5322 (Date, From, Reply-To, Message-ID), RFC 2919 (List-Id), RFC 2369 and 8058 (List-Unsubscribe, one click),
/// RFC 3834 (Auto-Submitted: no out-of-office reply is wanted). The same arguments give the same bytes.
/// </remarks>
public sealed class ComposeMail(MailSettings settings, LinkSecret secret, MailSignature? signature = null)
{
    /// <param name="at">When it is sent.</param>
    public MailEnvelope Of(FollowUp followUp, RenderedMail mail, MailLinks links, string recipient, DateTimeOffset at)
    {
        var name = MessageName.Of(followUp.Key, secret);
        var to = new MailboxAddress("", recipient);
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, at.Offset),
            MessageId = $"{name.Hex}@{settings.Domain}",
            Body = Body(mail, name),
        };
        message.From.Add(new MailboxAddress(settings.FromName, settings.From));
        message.To.Add(to);
        if (settings.ReplyTo is { } replyTo)
            message.ReplyTo.Add(new MailboxAddress(settings.FromName, replyTo));
        Add(message, "List-Id", $"<dialogue-{followUp.Municipality}.{settings.Domain}>");
        var stopByMail = $"mailto:{settings.StopAddress}?subject={links.StopToken}";
        Add(message, "List-Unsubscribe", $"<{links.Stop.AbsoluteUri}>,\r\n <{stopByMail}>");
        Add(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        Add(message, "Auto-Submitted", "auto-generated");
        Add(message, "Content-Language", mail.Language);
        message.Prepare(EncodingConstraint.SevenBit);
        signature?.Sign(message);
        return new MailEnvelope(name, new MailboxAddress("", Returning(name)), to, message);
    }

    static MultipartAlternative Body(RenderedMail mail, MessageName name)
    {
        // A boundary of its own would be drawn by chance; this one cannot occur in quoted-printable text.
        var body = new MultipartAlternative { Boundary = $"=_{name.Hex}" };
        body.Add(Part("plain", mail.Text));
        body.Add(Part("html", mail.Html));
        return body;
    }

    static TextPart Part(string kind, string text) =>
        new(kind) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    string Returning(MessageName name)
    {
        var at = settings.BounceAddress.LastIndexOf('@');
        return $"{settings.BounceAddress[..at]}+{name.Hex}{settings.BounceAddress[at..]}";
    }

    // Written as it stands: what is in it is ASCII, and programs read such headers by machine.
    static void Add(MimeMessage message, string field, string value)
    {
        var header = new Header(field, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));
        message.Headers.Add(header);
    }
}
