using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Synthetic.Inbox;

/// <summary>The export files of one source: one file a quarter or half-year, each opened by its first row.</summary>
/// <param name="folder">The source's folder in the inbox; made when a file is.</param>
/// <param name="monthsAFile">3 for quarters, 6 for half-years.</param>
/// <param name="columns">The header; empty for NDJSON.</param>
/// <param name="dialect">How the file of the period that ends (exclusively) on a date is written.</param>
sealed class SourceFiles(
    string folder,
    Calendar calendar,
    int monthsAFile,
    string[] columns,
    Func<DateOnly, Dialect> dialect
) : IDisposable
{
    readonly SortedDictionary<int, (ExportFile File, Dialect Dialect)> files = [];

    public string Name => Path.GetFileName(folder);

    public long Rows => files.Values.Sum(entry => entry.File.Rows);

    /// <summary>Every file with its rows, in time order.</summary>
    public IEnumerable<(string Name, long Rows)> Files =>
        files.Values.Select(entry => (Path.GetFileName(FinalPath(entry.File, entry.Dialect)), entry.File.Rows));

    public void Write(int day, params ReadOnlySpan<string> fields) => On(day).Row(fields);

    /// <summary>One line of NDJSON.</summary>
    public void WriteLine(int day, string line) => On(day).Row(line);

    /// <summary>Closes the text files and turns those that are to be Parquet into it; columns are given as SQL types by name.</summary>
    public void Finish(Connection connection, string parquetTypes)
    {
        Dispose();
        foreach (var (file, how) in files.Values.Where(entry => entry.Dialect.Packing == Packing.Parquet))
        {
            ParquetFile.FromCsv(connection, file.Path, FinalPath(file, how), parquetTypes);
            File.Delete(file.Path);
        }
    }

    // A file that is to be Parquet is first written beside it as <name>.parquet.csv.
    static string FinalPath(ExportFile file, Dialect dialect) =>
        dialect.Packing == Packing.Parquet ? Path.ChangeExtension(file.Path, null) : file.Path;

    public void Dispose()
    {
        foreach (var (file, _) in files.Values)
            file.Dispose();
    }

    /// <summary>The first day of the period a day lies in, and of the next one.</summary>
    public (int First, int Next) Period(int day)
    {
        var date = calendar.Date(day);
        var first = new DateOnly(date.Year, (date.Month - 1) / monthsAFile * monthsAFile + 1, 1);
        return (calendar.Day(first), calendar.Day(first.AddMonths(monthsAFile)));
    }

    ExportFile On(int day)
    {
        var (first, next) = Period(day);
        if (files.TryGetValue(first, out var open))
            return open.File;
        var date = calendar.Date(first);
        var how = dialect(calendar.Date(next));
        var part = (date.Month - 1) / monthsAFile + 1;
        var name = $"{Path.GetFileName(folder)}_{date.Year}{(monthsAFile == 3 ? 'q' : 'h')}{part}{how.Extension}";
        var path = Path.Combine(folder, how.Packing == Packing.Parquet ? name + ".csv" : name);
        var file = new ExportFile(path, how, columns);
        files.Add(first, (file, how));
        return file;
    }
}
