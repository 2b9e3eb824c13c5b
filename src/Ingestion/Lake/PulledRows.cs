using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>A file of the lake of which not all rows stay as they are: it goes, and what is left is written anew.</summary>
/// <param name="Rows">A query of what is left, with the columns of the table; null when that is among the new rows.</param>
sealed record Rewriting(LakeFile File, string? Rows);

/// <summary>Takes out of the lake what has to be placed again: contacts that were merged or parted, ties that came late.</summary>
static class PulledRows
{
    static readonly LakeTable[] _tables =
    [
        LakeTable.Traces,
        LakeTable.Contacts,
        LakeTable.Consents,
        LakeTable.Outcomes,
    ];

    /// <summary>Fills the <c>pulled_…</c> tables, mostly with nothing.</summary>
    /// <returns>The files that hold rows of pulled contacts.</returns>
    public static IReadOnlyList<Rewriting> Run(Connection connection, Lake lake, CancellationToken cancellation)
    {
        var parts = EmbeddedSql
            .Read("Lake.PullRows.sql")
            .Split(["-- statement: owners\n", "-- statement: rows\n"], default);
        connection.Execute("PullRows.sql", parts[0], cancellation);
        Show(connection, lake, [LakeTable.Traces], "candidates", "contact");
        connection.Execute("PullRows.sql", parts[1], cancellation);
        var touched = Touched(connection, lake);
        foreach (var table in _tables)
            Show(connection, lake, table, [.. touched.Where(file => file.Table == table).Select(lake.PathOf)]);
        connection.Execute("PullRows.sql", parts[2], cancellation);
        return
        [
            .. touched.Select(file => new Rewriting(
                file,
                $"select * from read_parquet({Sql.File(lake.PathOf(file))}, hive_partitioning = false) anti join pulled_owners using (contact)"
            )),
        ];
    }

    /// <summary>Lets views show only the buckets that a key of a table may be in.</summary>
    static void Show(Connection connection, Lake lake, IReadOnlyList<LakeTable> tables, string keys, string column)
    {
        var buckets = connection.Rows(
            "buckets",
            $"select distinct bucket_of({column}, getvariable('buckets'))::integer from {keys} order by all",
            (chunk, row) => chunk.Span<int>(0)[row]
        );
        foreach (var table in tables)
            Show(connection, lake, table, [.. buckets.SelectMany(bucket => lake.Files(table, bucket))]);
    }

    static void Show(Connection connection, Lake lake, LakeTable table, IReadOnlyList<string> files)
    {
        var all = lake.Files(table);
        if (all.Count == 0)
            return; // the view is the empty one
        var (shown, none) = files.Count > 0 ? (files, "") : ([all[0]], " where false");
        var name = LakeLayout.FolderOf(table);
        connection.Execute(
            $"view of {name}",
            $"create or replace temp view {name} as select * from read_parquet({Sql.Files(shown)}, hive_partitioning = false){none}"
        );
    }

    static IReadOnlyList<LakeFile> Touched(Connection connection, Lake lake)
    {
        if (connection.Scalar<long>("pulled contacts", "select count(*) from pulled_owners") == 0)
            return [];
        var buckets = connection
            .Rows(
                "buckets",
                "select distinct bucket_of(contact, getvariable('buckets'))::integer from pulled_owners",
                (chunk, row) => chunk.Span<int>(0)[row]
            )
            .ToHashSet();
        return
        [
            .. lake
                .Manifest.Files.Where(file => file.Table is { } table && _tables.Contains(table))
                .Where(file => buckets.Contains(file.Bucket))
                .Where(file =>
                    connection.Scalar<bool>(
                        $"look into {file.Path}",
                        $"select exists (select 1 from read_parquet({Sql.File(lake.PathOf(file))}, hive_partitioning = false) semi join pulled_owners using (contact))"
                    )
                ),
        ];
    }
}
