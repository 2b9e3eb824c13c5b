using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Traces, of contacts and of visitors, that are older than a home keeps them.</summary>
static class OldTraces
{
    /// <summary>The files that hold any, with what stays of them.</summary>
    /// <param name="from">The first instant (UTC) that is kept.</param>
    public static IReadOnlyList<Rewriting> Files(Connection connection, Lake lake, DateTime from)
    {
        connection.Execute("kept from", "set variable kept_from = $1", from);
        return
        [
            .. lake
                .Manifest.Files.Where(file => file.Table is LakeTable.Traces or LakeTable.Visitors)
                .Where(file =>
                    connection.Scalar<bool>(
                        $"look into {file.Path}",
                        $"select exists (select 1 from {Rows(lake, file)} where \"at\" < getvariable('kept_from'))"
                    )
                )
                .Select(file => new Rewriting(
                    file,
                    $"select * from {Rows(lake, file)} where \"at\" >= {Literal(from)}"
                )),
        ];
    }

    static string Rows(Lake lake, LakeFile file) =>
        $"read_parquet({Sql.File(lake.PathOf(file))}, hive_partitioning = false)";

    /// <summary>The files are written by other connections, which do not have this one's variables.</summary>
    static string Literal(DateTime instant) =>
        $"make_timestamp({Time.Microseconds(instant).ToString(System.Globalization.CultureInfo.InvariantCulture)})";
}
