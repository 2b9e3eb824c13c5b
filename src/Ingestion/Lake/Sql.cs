namespace LeadScoring.Ingestion;

/// <summary>Writes names and texts into SQL where a parameter cannot stand: column names, file names.</summary>
static class Sql
{
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>The name of a file to read, which the engine would take for a pattern when it has * ? or [ in it.</summary>
    public static string File(string path) => Text(Pattern(path));

    /// <summary>The pattern that only this file fits.</summary>
    public static string Pattern(string path) =>
        path.AsSpan().ContainsAny("*?[")
            ? string.Concat(path.Select(sign => sign is '*' or '?' or '[' ? $"[{sign}]" : sign.ToString()))
            : path;

    /// <summary>The patterns of some files, one a line, for a statement that takes them as a parameter.</summary>
    public static string Patterns(IEnumerable<string> paths) => string.Join('\n', paths.Select(Pattern));

    /// <summary><c>['a.parquet', 'b.parquet']</c></summary>
    public static string Files(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(File))}]";
}
