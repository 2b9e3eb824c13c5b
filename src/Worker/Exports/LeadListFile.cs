using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Exports;

/// <summary>What a list is written as.</summary>
public enum ExportFormat
{
    Csv,
    Xlsx,
    Parquet,
}

/// <summary>A list that has been written.</summary>
/// <param name="Path">Absolute.</param>
public sealed record WrittenList(Municipality Municipality, int Leads, string Path);

/// <summary>The 14 ranked lists of a day as files, <c>as_of=yyyy-MM-dd/2582-boden.csv</c>.</summary>
public static class LeadListFile
{
    /// <summary>The folder of a day's lists.</summary>
    /// <param name="exports">The home's <c>exports</c>, or a folder of the operator's own.</param>
    public static string Folder(string exports, DateOnly asOf) =>
        Path.Combine(exports, string.Create(CultureInfo.InvariantCulture, $"as_of={asOf:yyyy-MM-dd}"));

    /// <summary>
    /// Writes the lists of all 14, empty ones with their heading, in place of those of an earlier run of the day. Other
    /// formats that stand there are written anew too, so that no old list outlives a withdrawn consent.
    /// </summary>
    /// <param name="only">The one municipality whose files are written; those of the others stay as they are.</param>
    /// <returns>The files of <paramref name="format"/>, by municipality.</returns>
    public static IReadOnlyList<WrittenList> Write(
        string exports,
        DateOnly asOf,
        IReadOnlyList<LeadList> lists,
        ExportFormat format = ExportFormat.Csv,
        int? only = null
    )
    {
        var folder = Path.GetFullPath(Folder(exports, asOf));
        var leads = Municipality
            .All.Where(m => only is null || m.Code == only)
            .ToDictionary(m => m, m => lists.SingleOrDefault(l => l.Municipality == m.Code)?.Leads ?? []);
        FolderSwap.Settle(folder);
        var formats = Enum.GetValues<ExportFormat>().Where(f => f == format || Holds(folder, f)).ToList();
        FolderSwap.Replace(
            folder,
            fresh =>
            {
                if (only is not null && Directory.Exists(folder))
                    foreach (var file in Directory.GetFiles(folder))
                        File.Copy(file, Path.Combine(fresh, Path.GetFileName(file)));
                foreach (var each in formats)
                foreach (var (municipality, rows) in leads)
                    Write(Path.Combine(fresh, FileName(municipality, each)), rows, each);
            }
        );
        return
        [
            .. leads.Select(l => new WrittenList(l.Key, l.Value.Count, Path.Combine(folder, FileName(l.Key, format)))),
        ];
    }

    /// <summary><c>2518-overtornea.csv</c>: code and name in ASCII, safe on every file system and in every mail.</summary>
    public static string FileName(Municipality municipality, ExportFormat format)
    {
        var letters = municipality
            .Name.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        var name = string.Concat(letters).ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{municipality.Code}-{name}.{Ending(format)}");
    }

    static void Write(string path, IReadOnlyList<LeadRow> leads, ExportFormat format)
    {
        switch (format)
        {
            case ExportFormat.Csv:
                CsvList.Write(path, leads);
                break;
            case ExportFormat.Xlsx:
                XlsxList.Write(path, leads);
                break;
            case ExportFormat.Parquet:
                ParquetList.Write(path, leads);
                break;
            default:
                throw new InvalidOperationException($"no format {format}");
        }
    }

    static bool Holds(string folder, ExportFormat format) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, $"*.{Ending(format)}").Any();

    static string Ending(ExportFormat format) => format.ToString().ToLowerInvariant();
}
