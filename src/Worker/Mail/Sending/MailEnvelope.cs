using LeadScoring.Worker.Mail.Links;
using MimeKit;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>A message with the names it travels under.</summary>
/// <param name="Name">The same for the same follow-up, so that a double is seen to be one.</param>
/// <param name="Sender">Where it returns when it cannot be delivered; tells which message it was.</param>
public sealed record MailEnvelope(
    MessageName Name,
    MailboxAddress Sender,
    MailboxAddress Recipient,
    MimeMessage Message
);
