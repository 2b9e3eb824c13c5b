using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Mail;

/// <summary>A message as HTML: one column on a sheet, with what every message has to say below a rule.</summary>
/// <remarks>Nothing is fetched: no picture, no font, no script, and nothing that tells whether it was opened.</remarks>
static class MailPage
{
    public static string Of(MailTemplate template, Filling filling)
    {
        var language = MailStyle.Escape(filling.Language);
        var subject = MailStyle.Escape(filling.Of(template.Subject));
        return $"""
            <!DOCTYPE html>
            <html lang="{language}" dir="ltr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <meta name="format-detection" content="telephone=no,date=no,address=no">
            <title>{subject}</title>
            <style>
            {MailStyle.Sheet}
            </style>
            </head>
            <body class="ground" style="margin:0;padding:0;background-color:#eef1f3;">
            <div aria-hidden="true" style="display:none;max-height:0;overflow:hidden;">{Escaped(
                template.Preheader
            )}</div>
            <div class="ground" role="article" aria-label="{subject}" lang="{language}" style="background-color:#eef1f3;{MailStyle.Font}">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
            <table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;color:#1d2730;text-align:left;"><tr><td class="pad" style="padding:32px 36px;overflow-wrap:anywhere;word-break:break-word;">
            {new MailBlocks(filling).Html(template.Body)}
            <div class="rule" style="border-top:1px solid #cfd6db;margin:24px 0 16px;"></div>
            {Foot(filling)}
            </td></tr></table>
            </td></tr></table>
            </div>
            </body>
            </html>

            """.ReplaceLineEndings(
            "\n"
        );

        string Escaped(string text) => MailStyle.Escape(filling.Of(text));
    }

    static string Foot(Filling filling)
    {
        var words = filling.Words;
        var address = MailStyle.LinkTo(
            $"mailto:{filling.Facts.StopAddress}",
            MailStyle.Escape(filling.Facts.StopAddress)
        );
        var stop = MailStyle.LinkTo(filling.Facts.Links.Stop.AbsoluteUri, MailStyle.Escape(words.StopLink));
        var note = MailStyle.Escape(words.StopNote).Replace("{stop_address}", address, StringComparison.Ordinal);
        var reasons = MailStyle.Escape(string.Join(' ', filling.Reasons));
        return string.Join(
            '\n',
            Small($"<strong>{MailStyle.Escape(words.Why)}</strong> {reasons}"),
            Small($"{stop}. {note}"),
            Small(MailStyle.Escape(words.Rights)),
            Small(MailStyle.Escape(filling.From))
        );
    }

    static string Small(string html) => $"<p class=\"small\" style=\"{MailStyle.Small}\">{html}</p>";
}
