using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>A CSV file beside the JSON that says what it means: lists of fields, or objects by the header's names.</summary>
static class CsvPair
{
    /// <summary>Header and rows as an ingest reads them, as lists of texts.</summary>
    /// <exception cref="IngestionException">It would be refused.</exception>
    public static (List<string[]> Rows, List<string> Notes) Read(string path)
    {
        var scratch = Directory.CreateTempSubdirectory("leads-pair-").FullName;
        try
        {
            var (plain, packing) = InputFile.Unpack(path, scratch, CancellationToken.None);
            var text = InputFile.OpenText(plain, packing, scratch, CancellationToken.None);
            _ = InputFile.IsJson(text);
            var names = CsvLayout.Sniff(text, []).Names;
            var columns = Array.ConvertAll(names, name => new SourceColumn(name, ColumnKind.Text, Presence.Present));
            using var reader = new CsvReader(text, columns);
            var (rows, notes) = (new List<string[]> { names }, new List<string>());
            while (reader.Next())
            {
                if (reader.Problem is { } problem)
                    notes.Add($"line {reader.Line} rejected: {problem}");
                else
                    rows.Add([
                        .. Enumerable.Range(0, names.Length).Select(at => Encoding.UTF8.GetString(reader.Field(at))),
                    ]);
            }
            notes.AddRange(reader.Warnings);
            return (rows, notes);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>The JSON's rows; objects become a header and rows.</summary>
    public static List<string[]> Meant(string json, string[] header)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var items = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
        if (items is [{ ValueKind: JsonValueKind.Array }, ..])
            return [.. items.Select(row => row.EnumerateArray().Select(field => field.GetString()!).ToArray())];
        var names = items.Count == 0 ? header : [.. items[0].EnumerateObject().Select(field => field.Name)];
        return [names, .. items.Select(row => Array.ConvertAll(names, name => row.GetProperty(name).GetString()!))];
    }

    /// <summary>Null when the file is read as its JSON says, else the first difference.</summary>
    public static string? Difference(List<string[]> read, List<string[]> meant)
    {
        for (var row = 0; row < Math.Max(read.Count, meant.Count); row++)
        {
            if (row == read.Count || row == meant.Count)
                return $"{read.Count} rows with the header, expected {meant.Count}";
            if (!read[row].SequenceEqual(meant[row], StringComparer.Ordinal))
                return $"row {row}: [{string.Join('|', read[row])}], expected [{string.Join('|', meant[row])}]";
        }
        return null;
    }
}
