using System.Globalization;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Mail;

/// <summary>Puts the facts of one message in the place of its placeholders.</summary>
sealed record Filling(MailFacts Facts, MailWords Words, string Language)
{
    /// <summary>The four answers in the order they are shown, each with its label and link.</summary>
    public IReadOnlyList<(string Label, Uri Link)> Answers { get; } =
    [.. AnswerWords.InOrder.Select(answer => (AnswerWords.Label(answer, Words), Facts.Links.Answer(answer)))];

    public string AnswerNote =>
        Words.AnswerNote.Replace(
            "{expires}",
            Facts.Links.Expires.ToString(
                Language is "de" or "fi" ? "d. MMMM yyyy" : "d MMMM yyyy",
                CultureInfo.GetCultureInfo(Language)
            ),
            StringComparison.Ordinal
        );

    /// <summary>Why the reader gets the message: what the funnel saw, and that they agreed.</summary>
    public IEnumerable<string> Reasons => Facts.Reasons.Append(Words.WhyConsent);

    public string From => Facts.PostalAddress.Length == 0 ? Facts.Sender : $"{Facts.Sender}, {Facts.PostalAddress}";

    /// <summary>The text with its placeholders filled in; a value that looks like a placeholder stays as it is.</summary>
    public string Of(string text) =>
        TemplateFaults
            .Placeholder()
            .Replace(
                text,
                match =>
                    match.Groups["name"].Value switch
                    {
                        "municipality" => Facts.Municipality,
                        "sender" => Facts.Sender,
                        "contact_line" => Facts.ContactLine ?? Words.ReplyLine,
                        "stop_address" => Facts.StopAddress,
                        _ => match.Value,
                    }
            );
}
