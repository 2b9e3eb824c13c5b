using Markdig;
using Markdig.Syntax;

namespace LeadScoring.Worker.Mail.Templates;

/// <summary>One message in one language as it was written: header lines, an empty line, then Markdown.</summary>
/// <param name="Preheader">The line that mail programs show beside the subject.</param>
public sealed record MailTemplate(string Name, string Language, string Subject, string Preheader, MarkdownDocument Body)
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePreciseSourceLocation()
        .Build();

    static readonly string[] Needed = ["subject", "preheader"];

    /// <summary>Reads a template and adds all that is wrong with it, a line each, to <paramref name="faults"/>.</summary>
    /// <param name="file">As it is to be called in a fault.</param>
    internal static MailTemplate Parse(string name, string language, string text, string file, List<string> faults)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = Array.FindIndex(lines, string.IsNullOrWhiteSpace);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < (end < 0 ? lines.Length : end); i++)
            ReadHeader(lines[i], i + 1, file, headers, faults);
        foreach (var needed in Needed.Where(needed => !headers.ContainsKey(needed)))
            faults.Add(
                $"{file} line 1: no {needed}, expected a line '{needed}: …' before the first empty line; add it"
            );
        // The header's lines stay as empty ones, so that the lines of faults are those of the file.
        var body = end < 0 ? "" : new string('\n', end) + string.Join('\n', lines[end..]);
        if (string.IsNullOrWhiteSpace(body))
            faults.Add($"{file}: no text, expected Markdown after an empty line; write it");
        var document = Markdown.Parse(body, Pipeline);
        TemplateFaults.Find(name, lines, document, file, faults);
        return new MailTemplate(
            name,
            language,
            headers.GetValueOrDefault("subject", ""),
            headers.GetValueOrDefault("preheader", ""),
            document
        );
    }

    static void ReadHeader(
        string line,
        int number,
        string file,
        Dictionary<string, string> headers,
        List<string> faults
    )
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? "" : line[..colon].Trim();
        if (key is not ("subject" or "preheader"))
            faults.Add($"{file} line {number}: found '{line}', expected 'subject: …' or 'preheader: …'; mend the line");
        else if (!headers.TryAdd(key, line[(colon + 1)..].Trim()))
            faults.Add($"{file} line {number}: {key} a second time, expected one; remove one");
        else if (headers[key].Length == 0)
            faults.Add($"{file} line {number}: {key} is empty, expected words; write them");
    }
}
