using System.Text.RegularExpressions;

namespace LeadScoring.Ingestion.Sources;

/// <summary>Reads one source file: comment lines <c>-- key: value</c> first, then the body.</summary>
sealed partial class SourceHeader
{
    static readonly string[] _keys =
    [
        "source",
        "meaning",
        "yields",
        "grain",
        "columns",
        "identity",
        "lookup",
        "reject",
        "sheet",
        "note",
    ];

    readonly string _file;
    readonly string _name;
    readonly List<SourceError> _errors;
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    readonly List<SourceColumn> _columns = [];
    readonly List<(string Name, int Line)> _identity = [];
    readonly List<Lookup> _lookups = [];
    readonly List<RejectRule> _rules = [];
    int _line;

    SourceHeader(string file, string name, List<SourceError> errors) => (_file, _name, _errors) = (file, name, errors);

    /// <summary>Reads a source, or a derived statement when the name has a dot in it.</summary>
    /// <param name="file">What errors call the file.</param>
    /// <param name="name">The file's name without <c>.sql</c>.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    public static Source Parse(string file, string name, string text, List<SourceError> errors) =>
        new SourceHeader(file, name, errors).Parse(text);

    Source Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var inColumns = false;
        for (; _line < lines.Length && IsHeader(lines[_line]); _line++)
        {
            var comment = lines[_line].TrimStart();
            if (comment.Length == 0)
                continue;
            inColumns = inColumns && comment.StartsWith("--  ", StringComparison.Ordinal);
            if (!inColumns)
                inColumns = Option(comment[2..].Trim());
            else if (ColumnLine.Parse(comment[2..], Complain) is { } column)
                _columns.Add(column);
        }
        var bodyLine = _line + 1;
        var body = string.Join('\n', lines[_line..]).Trim().TrimEnd(';').Trim();
        Check(body);
        return new Source(
            _name,
            _file,
            _values.GetValueOrDefault("meaning", ""),
            YieldOf(_values.GetValueOrDefault("yields", "")),
            _values.GetValueOrDefault("grain", ""),
            _columns,
            [.. _identity.Select(column => column.Name)],
            _lookups,
            _rules,
            body,
            bodyLine,
            []
        )
        {
            Sheet = _values.GetValueOrDefault("sheet"),
        };
    }

    static bool IsHeader(string line) => line.AsSpan().Trim() is "" or ['-', '-', ..];

    /// <summary>Takes one <c>key: value</c>; true when the lines that follow are columns.</summary>
    bool Option(string comment)
    {
        if (OptionPattern().Match(comment) is not { Success: true } match)
            return false;
        var (key, value) = (match.Groups["key"].Value, match.Groups["value"].Value.Trim());
        if (!_keys.Contains(key, StringComparer.Ordinal))
            Complain($"option '{key}'", $"one of {string.Join(", ", _keys)}{Suggestion.For(key, _keys)}");
        else if (key is "columns" && value.Length > 0)
            Complain($"'{value}' behind columns:", "one column a line below it, indented by two spaces or more");
        else if (key is "identity")
            _identity.AddRange(
                value.Split(',', StringSplitOptions.TrimEntries).Select(name => (name.Trim('"'), _line + 1))
            );
        else if (key is "lookup")
            AddLookup(value);
        else if (key is "reject")
            AddRule(value);
        else if (!_values.TryAdd(key, value) && key is not "note")
            Complain($"a second {key}:", "one");
        return key is "columns";
    }

    void AddLookup(string value)
    {
        if (LookupPattern().Match(value) is { Success: true } match)
            _lookups.Add(new Lookup(match.Groups["table"].Value, match.Groups["file"].Value));
        else
            Complain(
                $"lookup '{value}'",
                "table = file.csv, a file beside the .sql and a table name of a-z, 0-9 and _"
            );
    }

    void AddRule(string value)
    {
        var when = value.IndexOf(" when ", StringComparison.Ordinal);
        if (when > 0)
            _rules.Add(new RejectRule(value[..when].Trim(), value[(when + 6)..].Trim(), _line + 1));
        else
            Complain($"reject '{value}'", "a reason, the word when, and a condition on raw columns");
    }

    void Check(string body)
    {
        _line = 0;
        var isDerived = _name.Contains('.', StringComparison.Ordinal);
        if (
            _values.TryGetValue("source", out var named)
                ? !string.Equals(named, _name, StringComparison.Ordinal)
                : !isDerived
        )
            Complain(named is null ? "no source:" : $"source: {named}", $"source: {_name}, as the file is called");
        if (!Enum.TryParse<Yield>(_values.GetValueOrDefault("yields"), ignoreCase: true, out _))
            Complain($"yields: {_values.GetValueOrDefault("yields", "nothing")}", $"one of {Yields}");
        if (isDerived && _columns.Count + _identity.Count + _rules.Count > 0)
            Complain("columns, identity or reject", "none of them: a derived statement reads its source's raw rows");
        if (!isDerived && _columns.Count == 0)
            Complain("no columns:", "the columns that the export has, one a line");
        foreach (
            var twice in _columns
                .GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() > 1)
        )
            Complain($"column {twice.Key} {twice.Count()} times", "each column once");
        foreach (
            var (name, line) in _identity.Where(part =>
                _columns.TrueForAll(column => !string.Equals(column.Name, part.Name, StringComparison.Ordinal))
            )
        )
            _errors.Add(
                new(
                    _file,
                    line,
                    $"identity column '{name}'",
                    $"declared columns{Suggestion.For(name, _columns.Select(c => c.Name))}"
                )
            );
        if (!BodyPattern().IsMatch(body))
            Complain(body.Length == 0 ? "no body" : "another statement", "one 'select … from raw' behind the header");
    }

    static Yield YieldOf(string word) => Enum.TryParse<Yield>(word, ignoreCase: true, out var yield) ? yield : default;

    void Complain(string found, string expected) => _errors.Add(new(_file, _line + 1, found, expected));

    static string Yields { get; } = string.Join(", ", Enum.GetNames<Yield>()).ToLowerInvariant();

    [GeneratedRegex(@"^(?<key>[a-z]+):(\s+(?<value>.*))?$", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex OptionPattern();

    [GeneratedRegex(@"^(?<table>[a-z][a-z0-9_]*)\s*=\s*(?<file>\S.*)$", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex LookupPattern();

    [GeneratedRegex(@"^select\s", RegexOptions.IgnoreCase, 1000)]
    internal static partial Regex BodyPattern();
}
