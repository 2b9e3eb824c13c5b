using System.Globalization;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Traces on their way to the lake, with numbers for the spellings of their words.</summary>
/// <remarks>
/// A large slice stays the table it was typed into, so that its rows are not copied; small ones share a table. Tables
/// are found by their names: what a transaction has taken back is not there. One for all sources of a staging.
/// </remarks>
sealed class StagedTraces(Connection connection)
{
    /// <summary>Rows from which a slice stays a table of its own.</summary>
    const long Many = 50_000;

    const string Few = "few_traces";

    readonly HashSet<string> _spelt = new(StringComparer.Ordinal);
    int _number;

    /// <summary>Makes <c>typed</c> of the rows <c>given</c>.</summary>
    /// <param name="statement">Whose output is given.</param>
    public void Type(Source statement, OutputStatements sql, CancellationToken cancellation)
    {
        if (_spelt.Add(statement.Name))
            connection.Execute(statement.File, sql.Spell, cancellation);
        connection.Execute(statement.File, sql.Type, cancellation);
        const string Unknown = "select count(*) from typed where kind is null or channel is null or theme is null";
        if (connection.Scalar<long>("spellings", Unknown) == 0)
            return;
        connection.Execute(statement.File, sql.Spell, cancellation);
        connection.Execute(statement.File, sql.Type, cancellation);
    }

    /// <summary>Takes over the good rows of <c>typed</c>.</summary>
    public void Keep(Source statement, OutputStatements sql, CancellationToken cancellation)
    {
        const string Good = "select if((select count(*) from dropped) + count(reason) = 0, count(*), 0) from typed";
        if (connection.Scalar<long>("good rows", Good) < Many)
        {
            connection.Execute(statement.File, sql.Keep, cancellation);
            return;
        }
        var name = string.Create(CultureInfo.InvariantCulture, $"traces_{++_number}");
        connection.Execute(
            "keep",
            $"alter table typed drop column reason; alter table typed drop column _row; alter table typed rename to {name}",
            cancellation
        );
    }

    /// <summary>The tables with rows, in the order of their making.</summary>
    public static IReadOnlyList<string> Tables(Connection connection)
    {
        const string Named =
            "select table_name from duckdb_tables() where regexp_full_match(table_name, 'traces_\\d+') order by substr(table_name, 8)::integer";
        return [Few, .. connection.Rows("tables of traces", Named, (chunk, row) => chunk.Text(0, row)!)];
    }

    /// <summary>Makes the view <c>new_traces</c> of all of them.</summary>
    public static void CreateView(Connection connection) =>
        connection.Execute(
            "new_traces",
            $"create or replace view new_traces as {string.Join(" union all ", Tables(connection).Select(table => $"from {table}"))}"
        );
}
