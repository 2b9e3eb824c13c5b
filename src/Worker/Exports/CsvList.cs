using CsvHelper;

namespace LeadScoring.Worker.Exports;

/// <summary>A list as CSV: comma, RFC 4180, UTF-8 with a byte-order mark, without which Excel garbles å, ä and ö.</summary>
static class CsvList
{
    static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public static void Write(string path, IReadOnlyList<LeadRow> leads)
    {
        using var csv = CsvWriter.ToFile(path, Options);
        foreach (var column in LeadColumn.All)
            csv.WriteField(column.Name);
        csv.EndRecord();
        foreach (var lead in leads)
        {
            foreach (var column in LeadColumn.All)
                csv.WriteField(CellGuard.Guard(column.Text(lead)));
            csv.EndRecord();
        }
    }
}
