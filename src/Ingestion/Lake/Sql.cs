namespace LeadScoring.Ingestion;

/// <summary>Writes names and texts into SQL where a parameter cannot stand: column names, file names.</summary>
static class Sql
{
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary><c>['a.parquet', 'b.parquet']</c></summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";
}
