using LeadScoring.Worker.Mail.Links;
using MimeKit;

namespace LeadScoring.Worker.Mail.Returns;

/// <summary>Understands messages that come back: delivery reports (RFC 3464), complaints (RFC 5965), and stops.</summary>
/// <remarks>
/// Anybody can write to these addresses. A message is believed only when it carries what nobody else can make: the name
/// of one of our messages (in the envelope's address or its Message-ID) or the token of its stop link.
/// </remarks>
public sealed class ReadReturn(LinkSigner signer, LinkSecret secret)
{
    /// <summary>What it says; null for an automatic reply, a report of success, and what is none of ours.</summary>
    public MailReturn? Of(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reports = message.BodyParts.ToArray();
        var original = Original(reports);
        var name = NameOf(original) ?? NameIn(Addressed(message));
        var claim = ClaimOf(original);
        if (reports.OfType<MessageFeedbackReport>().FirstOrDefault() is { } feedback)
            return name is null && claim is null ? null : OfFeedback(feedback, name, claim);
        if (reports.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status)
            return name is null && claim is null ? null : OfStatus(status, name, claim);
        return OfStop(message);
    }

    static MailReturn? OfFeedback(MessageFeedbackReport feedback, MessageName? name, LinkClaim? claim)
    {
        // The other types tell of failed signatures and the like, not of the reader.
        var type = feedback.Fields["Feedback-Type"]?.Trim();
        if (type is not ("abuse" or "opt-out" or "fraud" or "not-spam" or "other" or "miscategorized"))
            return null;
        return type is "not-spam"
            ? null
            : new MailReturn(ReturnKind.Complaint, name, claim, AddressIn(feedback.Fields["Original-Rcpt-To"]), "");
    }

    static MailReturn? OfStatus(MessageDeliveryStatus report, MessageName? name, LinkClaim? claim)
    {
        // The first group is about the message, each other about one recipient; ours have one.
        foreach (var group in report.StatusGroups)
        {
            var status = (group["Status"] ?? "").Trim().Split(' ')[0];
            var kind = KindOf(group["Action"], status);
            if (kind is { } found)
                return new MailReturn(
                    found,
                    name,
                    claim,
                    AddressIn(group["Original-Recipient"]) ?? AddressIn(group["Final-Recipient"]),
                    status
                );
        }
        return null;
    }

    static ReturnKind? KindOf(string? action, string status) =>
        action?.Trim().ToLowerInvariant() switch
        {
            "failed" when IsPassing(status) => ReturnKind.Soft,
            "failed" => ReturnKind.Hard,
            // A server that still tries says so; when it gives up a second report follows.
            _ => null,
        };

    /// <summary>
    /// What may be otherwise next time (RFC 3463): all of class 4, and of class 5 a full mailbox (5.2.2), a message too
    /// large (5.2.3, 5.3.4), routing and network (5.4), and policy (5.7), which is about us and not about the address.
    /// </summary>
    static bool IsPassing(string status) =>
        status.StartsWith("4.", StringComparison.Ordinal)
        || status is "5.2.2" or "5.2.3" or "5.3.4"
        || status.StartsWith("5.4.", StringComparison.Ordinal)
        || status.StartsWith("5.7.", StringComparison.Ordinal);

    /// <summary>A message to the stop address: the token is its subject, or stands in its text when the subject was changed.</summary>
    MailReturn? OfStop(MimeMessage message)
    {
        if (
            message.Headers["Auto-Submitted"] is { } auto
            && !auto.Trim().Equals("no", StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var words = $"{message.Subject} {message.TextBody}".Split(
            [' ', '\r', '\n', '\t', '<', '>', '/', '='],
            StringSplitOptions.RemoveEmptyEntries
        );
        var claim = words
            .Where(word => word.Length > 80)
            .Select(signer.Read)
            .FirstOrDefault(found => found is { Answer: null });
        return claim is null ? null : new MailReturn(ReturnKind.Stop, null, claim, null, "");
    }

    static HeaderList? Original(IEnumerable<MimeEntity> parts) =>
        parts
            .Select(part =>
                part switch
                {
                    MessagePart { Message: { } returned } => returned.Headers,
                    // Some servers send the headers alone, as a text.
                    TextPart text when text.ContentType.IsMimeType("text", "rfc822-headers") => HeadersIn(text.Text),
                    _ => null,
                }
            )
            .FirstOrDefault(headers => headers is not null);

    static HeaderList HeadersIn(string text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text + "\r\n\r\n"));
        return HeaderList.Load(stream);
    }

    MessageName? NameOf(HeaderList? original) =>
        original?["Message-Id"] is { } id ? MessageName.Find(id, secret) : null;

    MessageName? NameIn(IEnumerable<string> addresses) =>
        addresses.Select(address => MessageName.Find(address, secret)).FirstOrDefault(name => name is not null);

    static IEnumerable<string> Addressed(MimeMessage message) =>
        message
            .To.Mailboxes.Select(mailbox => mailbox.Address)
            .Concat(
                message
                    .Headers.Where(header =>
                        header.Field.ToUpperInvariant() is "DELIVERED-TO" or "X-ORIGINAL-TO" or "ENVELOPE-TO"
                    )
                    .Select(header => header.Value)
            );

    /// <summary>Whom and which follow-up a message of ours is about, by its own headers.</summary>
    internal LinkClaim? ClaimOf(HeaderList? original)
    {
        if (original?["List-Unsubscribe"] is not { } header)
            return null;
        var start = header.IndexOf($"/{MailLinks.StopPath}/", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var token = header[(start + MailLinks.StopPath.Length + 2)..];
        var end = token.IndexOf('>', StringComparison.Ordinal);
        return end < 0 ? null : signer.Read(token[..end]);
    }

    /// <summary>The address of <c>rfc822; somebody@example.org</c> or <c>&lt;somebody@example.org&gt;</c>.</summary>
    static string? AddressIn(string? field)
    {
        if (field is null)
            return null;
        var text = field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
        return text.Contains('@', StringComparison.Ordinal) ? text : null;
    }
}
