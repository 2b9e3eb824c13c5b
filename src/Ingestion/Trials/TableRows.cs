using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Trials;

/// <summary>What a tried file would bring to one table of the lake.</summary>
/// <param name="Count">Rows of the table; a contact's addresses are rows of <c>links</c>.</param>
/// <param name="First">The first of them, people as hashes; null where the row has nothing.</param>
public sealed record TableRows(
    string Table,
    long Count,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string?>> First
)
{
    /// <summary>Columns that hold a word of the source's own making: the only ones in which a file's text could show.</summary>
    static readonly string[] _words = ["kind", "channel", "theme", "country", "language"];

    /// <summary>Reads what is staged, the tables with rows only.</summary>
    internal static IReadOnlyList<TableRows> Of(Connection connection, int first)
    {
        var parts = EmbeddedSql.Read("Trials.FirstRows.sql").Split("-- table: ");
        StagedTraces.CreateView(connection);
        connection.Execute("FirstRows.sql", parts[0]);
        return [.. parts[1..].Select(part => Of(connection, part, first)).Where(table => table.Count > 0)];
    }

    static TableRows Of(Connection connection, string part, int first)
    {
        var (table, sql) = (part[..part.IndexOf('\n', StringComparison.Ordinal)].Trim(), part[part.IndexOf('\n')..]);
        var count = connection.Scalar<long>(table, $"select count(*) from {Sql.Name($"new_{table}")}");
        using var result = connection.Query(table, sql.Trim().TrimEnd(';'), (long)first);
        var names = result.Columns.Select(column => column.Name).ToArray();
        var rows = new List<IReadOnlyList<string?>>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                rows.Add([.. names.Select((_, column) => chunk.Text(column, row))]);
        }
        return new(table, count, names, rows);
    }

    /// <summary>The words that are shown, as they stand in the lake.</summary>
    internal IEnumerable<string> Words =>
        First
            .SelectMany(row => row.Where((_, column) => IsWord(column)))
            .OfType<string>()
            .Where(word => word.Length > 0);

    /// <summary>The same rows without words that could be somebody's name, address or own words.</summary>
    internal TableRows Without(IReadOnlySet<string> personal) =>
        this with
        {
            First =
            [
                .. First.Select(row =>
                    (IReadOnlyList<string?>)
                        [
                            .. row.Select(
                                (text, column) =>
                                    IsWord(column) && text is not null && personal.Contains(text) ? "(masked)" : text
                            ),
                        ]
                ),
            ],
        };

    bool IsWord(int column) => _words.Contains(Columns[column], StringComparer.Ordinal);
}
