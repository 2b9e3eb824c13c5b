using System.Text.Json;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Reading.Workbooks;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>The columns that a file of unknown origin has.</summary>
/// <param name="Names">In the order of the file, as written; a CSV may have a name twice.</param>
/// <param name="IsJson">Names of NDJSON fields are compared letter by letter, and a field may be absent from a line.</param>
sealed record FileColumns(IReadOnlyList<string> Names, bool IsJson)
{
    /// <summary>Lines of NDJSON that are looked at for their fields.</summary>
    const int JsonLines = 1_000;

    /// <param name="sheet">The sheet of a workbook; null for the first.</param>
    /// <param name="known">Columns by which a header is known that does not stand on the first line; may be empty.</param>
    /// <exception cref="IngestionException">The file cannot be read, or its first line is no header.</exception>
    public static FileColumns Of(
        string path,
        IReadOnlyList<SourceColumn> known,
        string? sheet,
        string scratch,
        CancellationToken cancellation
    )
    {
        if (InputFile.IsWorkbook(path))
            return new(SheetNames(path, known, sheet, cancellation), IsJson: false);
        var (plain, packing) = InputFile.Unpack(path, scratch, cancellation);
        if (InputFile.IsParquet(plain))
            return new(ParquetNames(plain), IsJson: false);
        var text = InputFile.OpenText(plain, packing, scratch, cancellation);
        if (InputFile.IsJson(text))
            return new(JsonNames(text), IsJson: true);
        var names = CsvLayout.Sniff(text, known).Names;
        RefuseRow(names);
        return new(names, IsJson: false);
    }

    /// <summary>Names that can be declared: each once, without those that are empty, have a quote or are the lake's own.</summary>
    public IReadOnlyList<string> Declarable =>
        [
            .. Names
                .Where(name => name.Trim().Length > 0 && !name.AsSpan().ContainsAny("\"\r\n"))
                .GroupBy(HeaderMatch.Plain, StringComparer.Ordinal)
                .Where(group => group.Count() == 1)
                .Select(group => group.First().Trim())
                .Where(name => !RawRows.IsOwnColumn(name)),
        ];

    /// <summary>A file without a header would show its first row wherever columns are named.</summary>
    static void RefuseRow(string[] names)
    {
        if (names.Length == 0)
            throw new IngestionException("the first line cannot be read as a header. Expected the columns' names.");
        for (var at = 0; at < names.Length; at++)
        {
            var name = names[at].Trim();
            var digits = name.Count(char.IsDigit);
            var looksLike =
                name.Contains('@', StringComparison.Ordinal) ? "an e-mail address"
                : digits >= 4 && digits * 2 > name.Length ? "a number or a time"
                : name.Length > 200 ? "a text"
                : null;
            if (looksLike is not null)
            {
                throw new IngestionException(
                    $"the first line looks like a row and not like a header: its field {at + 1} of {names.Length} is "
                        + $"{looksLike}. Expected the columns' names; export again with them."
                );
            }
        }
    }

    /// <summary>The names in the header of a sheet, without columns that have none.</summary>
    static string[] SheetNames(
        string path,
        IReadOnlyList<SourceColumn> known,
        string? sheet,
        CancellationToken cancellation
    )
    {
        using var workbook = Workbook.Open(path, cancellation);
        var names = SheetHeader.Find(workbook, known, sheet, cancellation).Names;
        RefuseRow(names);
        return [.. names.Where(name => name.Length > 0)];
    }

    static List<string> JsonNames(TextFile text)
    {
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var reader = new StreamReader(text.Open());
        for (var line = 0; line < JsonLines && reader.ReadLine() is { } json; line++)
        {
            try
            {
                using var one = JsonDocument.Parse(json);
                if (one.RootElement.ValueKind == JsonValueKind.Object)
                    names.AddRange(one.RootElement.EnumerateObject().Select(field => field.Name).Where(known.Add));
            }
            catch (JsonException)
            {
                // The line is rejected when the file is read; here only names are wanted.
            }
        }
        return names;
    }

    static List<string> ParquetNames(string plain)
    {
        try
        {
            using var database = Database.Open();
            using var connection = database.Connect();
            using var empty = connection.Query(
                "parquet columns",
                $"select * from read_parquet({Sql.File(plain)}) limit 0"
            );
            return [.. empty.Columns.Select(column => column.Name)];
        }
        catch (DuckDbException error)
        {
            throw new IngestionException(
                "the file starts like Parquet but cannot be read as such. Copy or export it again.",
                error
            );
        }
    }
}
