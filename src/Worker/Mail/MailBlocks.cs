using System.Globalization;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LeadScoring.Worker.Mail;

/// <summary>The Markdown of a template as HTML that mail programs show alike: every element carries its own style.</summary>
sealed class MailBlocks(Filling filling)
{
    public string Html(MarkdownDocument body)
    {
        var html = new StringBuilder();
        foreach (var block in body)
            Write(block, html);
        return html.ToString().TrimEnd('\n');
    }

    void Write(Block block, StringBuilder html)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Element(html, heading.Level == 1 ? "h1" : "h2", MailStyle.Heading, Inlines(heading.Inline));
                break;
            case ParagraphBlock paragraph when OwnBlock(paragraph) is { } name:
                WriteOwn(name, html);
                break;
            case ParagraphBlock paragraph:
                Element(html, "p", MailStyle.Paragraph, Inlines(paragraph.Inline));
                break;
            case ListBlock list:
                WriteList(list, html);
                break;
            case QuoteBlock quote:
                html.Append(
                    "<blockquote style=\"margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #9aa7b0;\">\n"
                );
                foreach (var inner in quote)
                    Write(inner, html);
                html.Append("</blockquote>\n");
                break;
            case ThematicBreakBlock:
                html.Append("<hr style=\"border:0;border-top:1px solid #cfd6db;margin:0 0 16px;\">\n");
                break;
        }
    }

    void WriteList(ListBlock list, StringBuilder html)
    {
        var tag = list.IsOrdered ? "ol" : "ul";
        html.Append(CultureInfo.InvariantCulture, $"<{tag} style=\"margin:0 0 16px;padding:0 0 0 24px;\">\n");
        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Append("<li style=\"margin:0 0 8px;font-size:16px;line-height:1.55;\">");
            foreach (var inner in item)
            {
                if (inner is ParagraphBlock paragraph)
                    html.Append(Inlines(paragraph.Inline));
                else
                    Write(inner, html.Append('\n'));
            }
            html.Append("</li>\n");
        }
        html.Append(CultureInfo.InvariantCulture, $"</{tag}>\n");
    }

    void WriteOwn(string name, StringBuilder html)
    {
        switch (name)
        {
            case "answers":
                html.Append("<div style=\"margin:0 0 6px;\">\n");
                foreach (var (label, link) in filling.Answers)
                    html.Append(MailStyle.ButtonTo(link, label)).Append('\n');
                html.Append("</div>\n");
                var note = MailStyle.Escape(filling.AnswerNote);
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<p class=\"small\" style=\"{MailStyle.Small}margin-bottom:16px;\">{note}</p>\n"
                );
                break;
            case "page" when filling.Facts.Page is { } page:
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<div style=\"margin:4px 0 14px;\">{MailStyle.ButtonTo(page, filling.Of(filling.Words.Page))}</div>\n"
                );
                break;
            case "reasons":
                Element(html, "p", MailStyle.Paragraph, MailStyle.Escape(string.Join(' ', filling.Reasons)));
                break;
        }
    }

    /// <summary>The name of the block that a paragraph stands for, null when it is a paragraph of words.</summary>
    internal static string? OwnBlock(ParagraphBlock paragraph)
    {
        if (paragraph.Inline?.FirstChild is not LiteralInline { NextSibling: null } literal)
            return null;
        var text = literal.Content.ToString().Trim();
        return text is "{answers}" or "{page}" or "{reasons}" ? text[1..^1] : null;
    }

    string Inlines(ContainerInline? inlines)
    {
        var html = new StringBuilder();
        foreach (var inline in inlines ?? [])
            Write(inline, html);
        return html.ToString();
    }

    void Write(Inline inline, StringBuilder html)
    {
        switch (inline)
        {
            case LiteralInline literal:
                html.Append(MailStyle.Escape(filling.Of(literal.Content.ToString())));
                break;
            case LineBreakInline line:
                html.Append(line.IsHard ? "<br>\n" : "\n");
                break;
            case EmphasisInline emphasis:
                var tag = emphasis.DelimiterCount == 2 ? "strong" : "em";
                html.Append(CultureInfo.InvariantCulture, $"<{tag}>{Inlines(emphasis)}</{tag}>");
                break;
            case LinkInline link:
                html.Append(MailStyle.LinkTo(link.Url!, Inlines(link)));
                break;
            case AutolinkInline link:
                var target = link.IsEmail ? $"mailto:{link.Url}" : link.Url;
                html.Append(MailStyle.LinkTo(target, MailStyle.Escape(link.Url)));
                break;
            case HtmlEntityInline entity:
                html.Append(MailStyle.Escape(entity.Transcoded.ToString()));
                break;
            case ContainerInline container:
                html.Append(Inlines(container));
                break;
        }
    }

    static void Element(StringBuilder html, string tag, string style, string content) =>
        html.Append(CultureInfo.InvariantCulture, $"<{tag} style=\"{style}\">{content}</{tag}>\n");
}
