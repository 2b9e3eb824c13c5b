using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LeadScoring.Worker.Mail.Templates;

/// <summary>What may stand in a template, and what is wrong with one that holds something else.</summary>
static partial class TemplateFaults
{
    /// <summary>Words that a placeholder stands for.</summary>
    static readonly string[] Inline = ["municipality", "sender", "contact_line", "stop_address"];

    /// <summary>A paragraph of its own: the four links of an answer, the link to the municipality's page, the reasons.</summary>
    internal static readonly string[] Blocks = ["answers", "page", "reasons"];

    internal static void Find(string name, string[] lines, MarkdownDocument body, string file, List<string> faults)
    {
        for (var i = 0; i < lines.Length; i++)
            FindInLine(lines[i], i + 1, file, faults);
        foreach (var node in body.Descendants())
            if (Strange(node) is { } what)
                faults.Add(
                    $"{file} line {node.Line + 1}: {what}, expected paragraphs, headings, lists, quotes, rules, emphasis "
                        + "and links; write it with those"
                );
        var asks = TemplateName.WithoutVariant(name).Split('.').Contains("question", StringComparer.Ordinal);
        if (asks && !lines.Any(line => line.Trim() is "{answers}"))
            faults.Add($"{file}: a question without a paragraph {{answers}}, expected one; add it");
    }

    static void FindInLine(string line, int number, string file, List<string> faults)
    {
        foreach (Match match in Placeholder().Matches(line))
        {
            var found = match.Groups["name"].Value;
            if (Blocks.Contains(found, StringComparer.Ordinal))
            {
                if (!string.Equals(line.Trim(), match.Value, StringComparison.Ordinal))
                    faults.Add($"{file} line {number}: {match.Value} within a line, expected it alone; give it a line");
            }
            else if (!Inline.Contains(found, StringComparer.Ordinal))
                faults.Add(
                    $"{file} line {number}: unknown placeholder {match.Value}, expected one of "
                        + $"{string.Join(", ", Inline.Concat(Blocks).Select(known => $"{{{known}}}"))}; use one of those"
                );
        }
    }

    static string? Strange(MarkdownObject node) =>
        node switch
        {
            LinkInline { IsImage: true } => "an image",
            LinkInline link when !IsWeb(link.Url) => $"a link to '{link.Url}'",
            MarkdownDocument or ParagraphBlock or HeadingBlock or ListBlock or ListItemBlock => null,
            QuoteBlock or ThematicBreakBlock or LinkReferenceDefinitionGroup or LinkReferenceDefinition => null,
            LiteralInline or EmphasisInline or LineBreakInline or LinkInline or AutolinkInline => null,
            HtmlEntityInline or ContainerInline => null,
            CodeBlock => "a block of code",
            _ => $"a {node.GetType().Name}",
        };

    static bool IsWeb(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http" or "mailto" or "tel");

    [GeneratedRegex(@"\{(?<name>[^{}\s]*)\}", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex Placeholder();
}
