using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Gives every trace its contact, codes and bucket, table by table; what is done with is freed.</summary>
static class PlacedTraces
{
    /// <summary>Staged tables that are placed together, for the tables of ties and homes are hashed anew each time.</summary>
    const int TablesAtOnce = 3;

    /// <summary>Makes the view <c>placed_traces</c> of the staged traces and of those that are placed again.</summary>
    public static void Make(Connection connection, CancellationToken cancellation)
    {
        const string Several = "select count(*) > 0 from first_ties where not is_only";
        var haveSeveral = connection.Scalar<bool>("ties", Several);
        var placed = new List<string>();
        connection.Execute("placed", "drop view new_traces");
        foreach (var tables in StagedTraces.Tables(connection).Chunk(TablesAtOnce))
        {
            Run("code", ("$rows", $"({string.Join(" union all ", tables.Select(table => $"from {table}"))})"));
            Place();
            connection.Execute("placed", string.Concat(tables.Select(table => $"drop table {table};")));
        }
        foreach (var again in new[] { "moved again", "pulled again" })
        {
            Run(again);
            Place();
        }
        var all = string.Join(" union all ", placed.Select(table => $"from {table}"));
        connection.Execute("placed", $"create view placed_traces as {all}");

        void Place()
        {
            placed.Add($"placed_{placed.Count}");
            Run("subjects of one contact");
            Run("place", ("$place", $"create table {placed[^1]} as"));
            if (!haveSeveral)
                return;
            Run("subjects of several");
            Run("place", ("$place", $"insert into {placed[^1]}"));
        }

        void Run(string part, params ReadOnlySpan<(string Name, string Value)> values)
        {
            var sql = EmbeddedSql.Part("Lake.PlaceTraces.sql", part);
            foreach (var (name, value) in values)
                sql = sql.Replace(name, value, StringComparison.Ordinal);
            connection.Execute($"PlaceTraces.sql: {part}", sql, cancellation);
        }
    }
}
