using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Mail;

/// <summary>A message ready to be put into an envelope: what it is about, as a page and as plain text.</summary>
public sealed record RenderedMail(string Language, string Subject, string Html, string Text)
{
    /// <summary>Fills a template in.</summary>
    public static RenderedMail Of(MailTemplate template, MailFacts facts)
    {
        var words = MailWords.Of(template.Language);
        var filling = new Filling(facts, words, template.Language);
        return new RenderedMail(
            template.Language,
            filling.Of(template.Subject),
            MailPage.Of(template, filling),
            MailText.Of(template, filling)
        );
    }
}
