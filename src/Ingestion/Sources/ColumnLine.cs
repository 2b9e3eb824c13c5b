namespace LeadScoring.Ingestion.Sources;

/// <summary>One line of a source's <c>columns:</c> block: name, type, then options in any order.</summary>
/// <example><c>"Create Date"  timestamp required  format '%d/%m/%Y %H:%M'  zone Europe/Stockholm</c></example>
static class ColumnLine
{
    static readonly string[] _options =
    [
        "required",
        "optional",
        "format",
        "zone",
        "decimal",
        "epoch_s",
        "epoch_ms",
        "epoch_us",
    ];

    /// <summary>Reads a line; what is wrong goes to <paramref name="complain"/> as (found, expected).</summary>
    public static SourceColumn? Parse(string line, Action<string, string> complain)
    {
        var words = Words(line, complain);
        if (words.Count < 2)
        {
            complain($"'{line.Trim()}'", "a column's name and its type");
            return null;
        }
        if (!TryKind(words[1], out var kind))
        {
            complain($"type '{words[1]}'", $"one of {Kinds}{Suggestion.For(words[1], Kinds.Split(", "))}");
            return null;
        }
        var column = new SourceColumn(words[0], kind, Presence.Present);
        for (var at = 2; at < words.Count; at++)
        {
            var hasValue = words[at] is "format" or "zone" or "decimal";
            if (hasValue && at + 1 == words.Count)
                complain($"'{words[at]}' without a value", $"a value behind '{words[at]}'");
            else
                column = With(column, words[at], hasValue ? words[++at] : "", complain);
        }
        return column;
    }

    static SourceColumn With(SourceColumn column, string option, string value, Action<string, string> complain)
    {
        var isTime = column.Kind is ColumnKind.Date or ColumnKind.Timestamp;
        switch (option)
        {
            case "required":
                return column with { Presence = Presence.Required };
            case "optional":
                return column with { Presence = Presence.Optional };
            case "format" when isTime:
                if (TimeFormat.Complaint(value) is { } wrong)
                    complain($"format '{value}'", wrong);
                return column with { Format = value };
            case "zone" when column.Kind == ColumnKind.Timestamp:
                if (!TimeZoneInfo.TryFindSystemTimeZoneById(value, out _))
                    complain($"zone '{value}'", "a zone's name such as Europe/Stockholm");
                return column with { Zone = value };
            case "decimal" when column.Kind == ColumnKind.Number:
                if (value is not ("," or "."))
                    complain($"decimal '{value}'", "',' or '.'");
                return column with { DecimalComma = value is "," };
            case "epoch_s" or "epoch_ms" or "epoch_us" when column.Kind == ColumnKind.Timestamp:
                return column with
                {
                    Epoch =
                        option is "epoch_s" ? 1
                        : option is "epoch_ms" ? 1_000
                        : 1_000_000,
                };
        }
        complain(
            $"option '{option}' for a column of type {column.Kind.ToString().ToLowerInvariant()}",
            $"one that fits the type among {string.Join(", ", _options)}{Suggestion.For(option, _options)}"
        );
        return column;
    }

    /// <summary>Splits at spaces; a name in double quotes or a value in single quotes is one word.</summary>
    static List<string> Words(string line, Action<string, string> complain)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length; )
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }
            var isQuoted = line[at] is '"' or '\'';
            var end = isQuoted ? line.IndexOf(line[at], at + 1) : EndOfWord(line, at);
            if (end < 0)
            {
                complain($"'{line.Trim()}'", $"a closing {line[at]}");
                return words;
            }
            words.Add(isQuoted ? line[(at + 1)..end] : line[at..end]);
            at = isQuoted ? end + 1 : end;
        }
        return words;
    }

    static int EndOfWord(string line, int at)
    {
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
            at++;
        return at;
    }

    static string Kinds { get; } = string.Join(", ", Enum.GetNames<ColumnKind>()).ToLowerInvariant();

    static bool TryKind(string word, out ColumnKind kind) =>
        Enum.TryParse(word, ignoreCase: true, out kind) && !char.IsDigit(word[0]) && Enum.IsDefined(kind);
}
