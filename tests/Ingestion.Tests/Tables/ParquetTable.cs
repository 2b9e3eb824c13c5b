using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

/// <summary>The engine's table <c>t</c> as a file for as long as it is read.</summary>
static class ParquetTable
{
    public static TableRead Read(Action<Connection> fill, TableColumns columns) =>
        With(fill, "format parquet", "table.parquet", path => ReadTable.Run(path, columns));

    public static T With<T>(Action<Connection> fill, string format, string name, Func<string, T> read) =>
        TableFiles.With(
            [],
            name,
            path =>
            {
                using (var database = Database.Open())
                using (var connection = database.Connect())
                {
                    fill(connection);
                    connection.Execute("copy", $"copy t to '{path}' ({format})");
                }
                return read(path);
            }
        );
}
