using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>The small pages behind the links, in the language of the message; they work without scripts.</summary>
static class AnswerPage
{
    public static string Ask(LinkClaim claim)
    {
        var words = MailWords.Of(claim.Language);
        var sentence = AnswerWords.Sentence(claim.Answer!.Value, words);
        return Page(claim.Language, words.AskTitle, Told(Filled(sentence, claim)) + Button(words.AskButton));
    }

    public static string Thanks(LinkClaim claim, LinkSigner links)
    {
        var words = MailWords.Of(claim.Language);
        var others = AnswerWords
            .InOrder.Where(answer => answer != claim.Answer)
            .Select(answer =>
                MailStyle.LinkTo(
                    links.Token(claim with { Answer = answer }),
                    MailStyle.Escape(AnswerWords.Label(answer, words))
                )
            );
        return Page(
            claim.Language,
            words.ThanksTitle,
            Told(AnswerWords.Thanks(claim.Answer!.Value, words))
                + $"<p class=\"small\" style=\"{MailStyle.Small}\">{MailStyle.Escape(words.ChangeMind)} {string.Join(" &middot; ", others)}</p>"
        );
    }

    public static string AskToStop(LinkClaim claim)
    {
        var words = MailWords.Of(claim.Language);
        return Page(claim.Language, words.StopTitle, Told(words.StopAsk) + Button(words.StopButton));
    }

    public static string Stopped(LinkClaim claim)
    {
        var words = MailWords.Of(claim.Language);
        return Page(claim.Language, words.StoppedTitle, Told(words.StoppedText));
    }

    public static string Expired(string language)
    {
        var words = MailWords.Of(language);
        return Page(language, words.ExpiredTitle, Told(words.ExpiredText));
    }

    public static string Unknown(string language)
    {
        var words = MailWords.Of(language);
        return Page(language, words.UnknownTitle, Told(words.UnknownText));
    }

    public static string Failed(string language)
    {
        var words = MailWords.Of(language);
        return Page(language, words.FailedTitle, Told(words.FailedText));
    }

    static string Filled(string sentence, LinkClaim claim) =>
        sentence.Replace(
            "{municipality}",
            Municipality.Find(claim.Municipality)?.Name ?? "Norrbotten",
            StringComparison.Ordinal
        );

    static string Told(string words) => $"<p style=\"{MailStyle.Paragraph}\">{MailStyle.Escape(words)}</p>\n";

    // Without an action a form goes to the page's own address, whatever stands before it on the way.
    static string Button(string label) =>
        $"<form method=\"post\"><button class=\"button\" type=\"submit\" style=\"{MailStyle.Button}{MailStyle.Font}cursor:pointer;\">{MailStyle.Escape(label)}</button></form>\n";

    static string Page(string language, string title, string content) =>
        $"""
            <!DOCTYPE html>
            <html lang="{MailStyle.Escape(language)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{MailStyle.Escape(title)}</title>
            <style>
            {MailStyle.Sheet}
            </style>
            </head>
            <body class="ground" style="margin:0;padding:24px 12px;background-color:#eef1f3;{MailStyle.Font}">
            <main class="sheet pad" style="max-width:528px;margin:0 auto;padding:32px 36px;background-color:#ffffff;color:#1d2730;">
            <h1 style="{MailStyle.Heading}">{MailStyle.Escape(title)}</h1>
            {content.TrimEnd('\n')}
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
}
