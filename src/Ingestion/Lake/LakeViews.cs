using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Makes the lake's tables readable by their names in SQL: <c>traces</c>, <c>contacts</c>, <c>consents</c>, ...</summary>
public static class LakeViews
{
    /// <summary>Creates (or replaces) one temporary view a table on this connection.</summary>
    /// <param name="bucket">The bucket to show, or null for the whole lake.</param>
    public static void Create(Connection connection, Lake lake, int? bucket) =>
        Create(connection, lake, bucket, BucketPart.Whole);

    /// <inheritdoc cref="Create(Connection, Lake, int?)"/>
    /// <param name="part">The contacts whose traces, versions, consents and outcomes are shown.</param>
    public static void Create(Connection connection, Lake lake, int? bucket, BucketPart part)
    {
        connection.Execute("Lake/empty_tables.sql", EmbeddedSql.Read("Lake.empty_tables.sql"));
        foreach (var table in Enum.GetValues<LakeTable>())
        {
            var files = bucket is { } one ? lake.Files(table, one) : lake.Files(table);
            if (files.Count == 0)
                continue;
            var name = LakeLayout.FolderOf(table);
            connection.Execute(
                $"view of {name}",
                $"create or replace temp view {name} as select * from read_parquet({Sql.Files(files)}, hive_partitioning = false){Where(table, part)}"
            );
        }
    }

    static string Where(LakeTable table, BucketPart part)
    {
        if (table is not (LakeTable.Traces or LakeTable.Contacts or LakeTable.Consents or LakeTable.Outcomes))
            return "";
        var from = part.From is null ? "" : $" and contact >= {Sql.Text(part.From)}";
        var below = part.Below is null ? "" : $" and contact < {Sql.Text(part.Below)}";
        return from + below == "" ? "" : " where true" + from + below;
    }

    /// <summary>A text as an SQL literal.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
