using System.Text;
using System.Text.Json;

namespace LeadScoring.Ingestion.Reading;

/// <summary>The text of a record of a file that is no text.</summary>
static class RecordText
{
    /// <summary>A JSON object of the declared columns: as a line of NDJSON it is read as the record was.</summary>
    public static string Json(IRecordReader reader) =>
        JsonSerializer.Serialize(
            reader
                .Columns.Select((column, at) => (column.Name, Value: Encoding.UTF8.GetString(reader.Field(at))))
                .ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal)
        );
}
