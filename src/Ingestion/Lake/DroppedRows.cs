using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Finds which of the raw rows at hand do not go to the lake: rejected ones, then those that came before.</summary>
sealed class DroppedRows(Connection connection, Source source, IReadOnlyList<string> keysInLake)
{
    /// <summary>Fills <c>dropped</c>, and <c>new_keys</c> with the identities of all others.</summary>
    /// <param name="again">Rows whose identity may have come before in this ingest.</param>
    /// <returns>How many rows are dropped.</returns>
    public long Drop(IReadOnlyList<long> again, CancellationToken cancellation)
    {
        var raw = connection.Scalar<long>("raw", "select count(*) from raw");
        var (typed, areRising) = TypedRows();
        if (!areRising)
            CheckGrain();
        Run("reasons");
        if (typed != raw || !areRising)
            Run("left out");
        if (again.Count > 0)
        {
            Note(again);
            Run("again");
        }
        if (keysInLake.Count > 0)
            Run("known");
        Run("keys");
        return connection.Scalar<long>("dropped", "select count(*) from dropped");

        void Run(string name)
        {
            var sql = EmbeddedSql.Part("Lake.Drop.sql", name);
            var keys = $"read_parquet({Sql.Files(keysInLake)}, hive_partitioning = false)";
            connection.Execute($"Drop.sql: {name}", sql.Replace("$keys", keys, StringComparison.Ordinal), cancellation);
        }
    }

    void Note(IReadOnlyList<long> again)
    {
        connection.Execute("repeats", "delete from repeats");
        using var repeats = connection.Appender("repeats");
        foreach (var row in again)
            repeats.Append(row).EndRow();
    }

    /// <summary>How many rows the statement gave, and whether each has a later raw row than the one before it.</summary>
    (long Count, bool AreRising) TypedRows()
    {
        using var rows = connection.Query(source.File, "select _row from typed");
        var (count, last, areRising) = (0L, -1L, true);
        while (rows.Next() is { } chunk)
        {
            count += chunk.Count;
            foreach (var row in chunk.Span<long>(0))
            {
                areRising &= row > last;
                last = row;
            }
        }
        return (count, areRising);
    }

    void CheckGrain()
    {
        const string Doubled =
            "select min(_line) from raw where _row in (select _row from typed group by _row having count(*) > 1)";
        if (connection.Scalar("grain", Doubled) is long line)
        {
            throw new IngestionException(
                $"it gives several rows for line {line}, expected one at most; is a lookup's key there twice?"
            );
        }
    }
}
