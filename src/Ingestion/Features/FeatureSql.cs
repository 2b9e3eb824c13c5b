using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>The queries beside this file, and the database they run on.</summary>
static class FeatureSql
{
    /// <summary>One engine a build: each bucket's queries run on the thread that reads them.</summary>
    public static Database OpenDatabase() =>
        Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["threads"] = "1",
                ["memory_limit"] = "1GB",
                ["temp_directory"] = Path.Combine(Path.GetTempPath(), "leads-duckdb"),
            }
        );

    /// <summary>Starts a query over the Parquet files of one table.</summary>
    /// <param name="name">File name of the query without <c>.sql</c>.</param>
    /// <param name="parameters">All but <c>$files</c>.</param>
    public static QueryResult Query(
        Connection connection,
        string name,
        IReadOnlyList<string> files,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    ) =>
        connection.Query(
            name,
            EmbeddedSql.Read($"Features.{name}.sql"),
            cancellation,
            [("files", Sql.Patterns(files)), .. parameters.Select(p => (object?)p)]
        );
}
