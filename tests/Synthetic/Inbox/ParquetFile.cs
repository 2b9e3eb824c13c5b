using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Synthetic.Inbox;

/// <summary>A Parquet file made from a CSV with a fixed order of rows, so that equal rows are equal bytes.</summary>
static class ParquetFile
{
    /// <summary>A database of one thread that keeps the order of rows.</summary>
    public static Database OpenDatabase() =>
        Database.Open(":memory:", new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" });

    /// <summary>Reads all of a CSV (`,`, header, UTF-8) with the columns given as a DuckDB struct and writes it as zstd Parquet.</summary>
    public static void FromCsv(Connection connection, string csv, string parquet, string columns) =>
        connection.Execute(
            "synthetic-parquet",
            $"""
            copy (
              select *
              from read_csv({Quoted(
                csv
            )}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {columns})
            )
            to {Quoted(parquet)}
            (format parquet, compression zstd)
            """
        );

    static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
