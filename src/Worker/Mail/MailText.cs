using System.Text;
using LeadScoring.Worker.Mail.Templates;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LeadScoring.Worker.Mail;

/// <summary>The same message as plain text: everything that the page says, links spelled out.</summary>
static class MailText
{
    public static string Of(MailTemplate template, Filling filling)
    {
        var words = filling.Words;
        IEnumerable<string> parts =
        [
            .. template.Body.SelectMany(block => Block(block, filling)),
            "-- ",
            $"{words.Why} {string.Join(' ', filling.Reasons)}",
            $"{words.StopLink}: {filling.Facts.Links.Stop.AbsoluteUri}\n"
                + words.StopNote.Replace("{stop_address}", filling.Facts.StopAddress, StringComparison.Ordinal),
            words.Rights,
            filling.From,
        ];
        return string.Join("\n\n", parts).Replace("-- \n\n", "-- \n", StringComparison.Ordinal) + "\n";
    }

    static IEnumerable<string> Block(Block block, Filling filling)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when MailBlocks.OwnBlock(paragraph) is { } name:
                return Own(name, filling);
            case LeafBlock { Inline: { } inlines }:
                return [Inlines(inlines, filling)];
            case ListBlock list:
                var items = list.OfType<ListItemBlock>().Select((item, index) => Item(list, item, index, filling));
                return [string.Join('\n', items)];
            case ContainerBlock quote:
                return quote.SelectMany(inner => Block(inner, filling)).Select(text => Indented(text, "> ", "> "));
            case ThematicBreakBlock:
                return ["* * *"];
            default:
                return [];
        }
    }

    static string Item(ListBlock list, ListItemBlock item, int index, Filling filling)
    {
        var mark = list.IsOrdered ? Steps.Words.Text($"{index + 1}. ") : "- ";
        var text = string.Join('\n', item.SelectMany(inner => Block(inner, filling)));
        return Indented(text, mark, new string(' ', mark.Length));
    }

    static IEnumerable<string> Own(string name, Filling filling) =>
        name switch
        {
            "answers" =>
            [
                string.Join('\n', filling.Answers.Select(answer => $"{answer.Label}:\n{answer.Link.AbsoluteUri}")),
                filling.AnswerNote,
            ],
            "page" when filling.Facts.Page is { } page => [$"{filling.Of(filling.Words.Page)}:\n{page.AbsoluteUri}"],
            "reasons" => [string.Join(' ', filling.Reasons)],
            _ => [],
        };

    static string Inlines(ContainerInline inlines, Filling filling)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines)
            text.Append(
                inline switch
                {
                    LiteralInline literal => filling.Of(literal.Content.ToString()),
                    LineBreakInline line => line.IsHard ? "\n" : " ",
                    LinkInline link => Link(Inlines(link, filling), link.Url!),
                    AutolinkInline link => link.Url,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    ContainerInline container => Inlines(container, filling),
                    _ => "",
                }
            );
        return text.ToString();
    }

    static string Link(string words, string target) =>
        string.Equals(words, target, StringComparison.Ordinal) ? target : $"{words} ({target})";

    static string Indented(string text, string first, string others) =>
        first + text.Replace("\n", "\n" + others, StringComparison.Ordinal);
}
