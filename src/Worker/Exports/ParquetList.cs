using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Worker.Exports;

/// <summary>A list as Parquet, likelihoods unrounded and text as it is.</summary>
static class ParquetList
{
    public static void Write(string path, IReadOnlyList<LeadRow> leads)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" };
        using var database = Database.Open(":memory:", settings);
        using var connection = database.Connect();
        connection.Execute("create_leads", WorkerSql.Of("Exports.create_leads"));
        using (var appender = connection.Appender("leads"))
            foreach (var lead in leads)
            {
                foreach (var column in LeadColumn.All)
                    Append(appender, column.Value(lead));
                appender.EndRow();
            }
        connection.Execute("write_leads", WorkerSql.Of("Exports.write_leads"), ("path", path));
    }

    static Appender Append(Appender appender, object? value) =>
        value switch
        {
            null => appender.AppendNull(),
            string text => appender.Append(text),
            double likelihood => appender.Append(likelihood),
            DateOnly day => appender.Append(day),
            int number => appender.Append(number),
            _ => throw new InvalidOperationException($"a cell of {value.GetType()}"),
        };
}
