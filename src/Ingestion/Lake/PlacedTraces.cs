using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Finds the home of every trace and the codes of its words, table by table; what is done with is freed.</summary>
static class PlacedTraces
{
    /// <summary>Staged tables that are placed together, for the homes are hashed anew each time.</summary>
    const int TablesAtOnce = 3;

    /// <summary>Fills <c>placed_traces</c> with the staged traces and those that are placed again.</summary>
    public static void Make(Connection connection, CancellationToken cancellation)
    {
        var haveSeveral = connection.Scalar<bool>("homes", "select count(*) > 0 from homes where not is_only");
        Run("create");
        connection.Execute("placed", "drop view new_traces");
        foreach (var tables in StagedTraces.Tables(connection).Chunk(TablesAtOnce))
        {
            Run("code", ("$rows", $"({string.Join(" union all ", tables.Select(table => $"from {table}"))})"));
            Place(tables);
            connection.Execute("placed", string.Concat(tables.Select(table => $"drop table {table};")));
        }
        Run("moved again");
        Place("moved");
        Run("pulled again");
        Place("pulled_traces");

        void Place(params string[] tables)
        {
            var rows = tables.Sum(Count);
            if (rows == 0)
                return;
            var before = Count("placed_traces");
            Run("with one home");
            Run("place");
            if (haveSeveral)
            {
                Run("with several homes");
                Run("place");
            }
            if (Count("placed_traces") - before is var placed && placed != rows)
                throw new InvalidOperationException($"Of {rows} traces {placed} were placed; each has one home.");
        }

        long Count(string table) => connection.Scalar<long>("placed", $"select count(*) from {table}");

        void Run(string part, params ReadOnlySpan<(string Name, string Value)> values)
        {
            var sql = EmbeddedSql.Part("Lake.PlaceTraces.sql", part);
            foreach (var (name, value) in values)
                sql = sql.Replace(name, value, StringComparison.Ordinal);
            connection.Execute($"PlaceTraces.sql: {part}", sql, cancellation);
        }
    }
}
