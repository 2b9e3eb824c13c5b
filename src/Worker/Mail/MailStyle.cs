using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace LeadScoring.Worker.Mail;

/// <summary>How messages and the pages behind their links look, once for both.</summary>
/// <remarks>
/// Styles stand on the elements, since many mail programs drop everything else; the classes are for what only a style
/// sheet can do, dark colours and narrow screens. Text against its ground is at least 4.5 to 1 in both (WCAG 2.2, 1.4.3).
/// </remarks>
static class MailStyle
{
    public const string Font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";
    public const string Paragraph = "margin:0 0 16px;font-size:16px;line-height:1.55;";
    public const string Small = "margin:0 0 10px;font-size:14px;line-height:1.5;color:#4a5560;";
    public const string Heading = "margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:700;";
    public const string Link = "color:#0a5470;text-decoration:underline;";

    /// <summary>Anything that can be pressed: at least 44 px high, and the same for every answer.</summary>
    public const string Button =
        "display:inline-block;box-sizing:border-box;min-width:104px;margin:0 8px 10px 0;padding:11px 14px;"
        + "font-size:16px;line-height:22px;font-weight:600;text-align:center;text-decoration:none;"
        + "color:#ffffff;background-color:#0a5470;border:1px solid #0a5470;border-radius:6px;";

    public const string Sheet = """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        a:focus-visible,button:focus-visible{outline:3px solid #c2410c;outline-offset:2px}
        @media (max-width:480px){.pad{padding:20px 18px !important}.button{display:block !important;width:100% !important;margin-right:0 !important}}
        @media (prefers-color-scheme:dark){
        .ground{background-color:#12181d !important}
        .sheet{background-color:#1b242b !important;color:#edf1f4 !important}
        .small{color:#b6c2cc !important}
        .rule{border-color:#3b4954 !important}
        .link{color:#7cc7e8 !important}
        .button{color:#0f1a21 !important;background-color:#8fd0ec !important;border-color:#8fd0ec !important}
        }
        """;

    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Escape(string text) => Encoder.Encode(text);

    public static string ButtonTo(Uri link, string label) =>
        $"<a class=\"button\" href=\"{Escape(link.AbsoluteUri)}\" style=\"{Button}\">{Escape(label)}</a>";

    public static string LinkTo(string link, string html) =>
        $"<a class=\"link\" href=\"{Escape(link)}\" style=\"{Link}\">{html}</a>";
}
