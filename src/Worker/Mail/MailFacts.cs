using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail;

/// <summary>What the placeholders of one message stand for.</summary>
/// <param name="Municipality">Its name.</param>
/// <param name="Sender">The organisation that signs.</param>
/// <param name="PostalAddress">Of the sender; empty leaves it out.</param>
/// <param name="ContactLine">How an officer is reached, null for a reply to the message.</param>
/// <param name="Page">The municipality's own page, null leaves the button out.</param>
/// <param name="Reasons">Why the reader gets it, each a sentence in the reader's language; that they agreed to it is always told.</param>
/// <param name="StopAddress">Where a message ends further ones.</param>
public sealed record MailFacts(
    string Municipality,
    string Sender,
    string PostalAddress,
    string? ContactLine,
    Uri? Page,
    IReadOnlyList<string> Reasons,
    string StopAddress,
    MailLinks Links
);
