using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Where each declared column is in a file, found by name: order, case and surrounding blanks do not matter.</summary>
/// <remarks>A name that is there twice is a fault only when it is a declared one: which of the two is meant?</remarks>
/// <param name="Count">Fields that every record must have.</param>
/// <param name="Positions">Field of each declared column, -1 when the file does not have it.</param>
sealed record HeaderMatch(int Count, IReadOnlyList<int> Positions, IReadOnlyList<string> Warnings)
{
    /// <summary>Names of columns that nobody declares are listed up to so many.</summary>
    const int MostListed = 20;

    /// <exception cref="IngestionException">Columns are missing or named twice; all are listed.</exception>
    public static HeaderMatch Of(CsvLayout layout, IReadOnlyList<SourceColumn> columns) =>
        Of(layout.Names, columns, $"(delimiter '{(char)layout.Delimiter}') ");

    /// <exception cref="IngestionException">Columns are missing or named twice; all are listed.</exception>
    public static HeaderMatch Of(string[] names, IReadOnlyList<SourceColumn> columns, string how = "")
    {
        var plain = Array.ConvertAll(names, Plain);
        var positions = columns.Select(column => Array.IndexOf(plain, Plain(column.Name))).ToArray();
        if (positions.All(position => position < 0))
        {
            throw new IngestionException(
                $"the first line has {names.Length} fields {how}and none of the source's columns. "
                    + $"Expected a header with {string.Join(", ", columns.Select(column => column.Name))}."
            );
        }
        var extra = names.Where((_, at) => !positions.Contains(at)).ToArray();
        var errors = columns
            .Where((column, at) => positions[at] < 0 && column.Presence != Presence.Optional)
            .Select(column => $"column '{column.Name}' is missing{Suggestion.For(column.Name, extra)}")
            .Concat(
                plain
                    .Where(name => name.Length > 0 && positions.Contains(Array.IndexOf(plain, name)))
                    .GroupBy(name => name, StringComparer.Ordinal)
                    .Where(group => group.Count() > 1)
                    .Select(group => $"column '{group.Key}' is there {group.Count()} times")
            )
            .ToArray();
        if (errors.Length > 0)
            throw new IngestionException($"{string.Join("; ", errors)}. Mend the header or the source's columns.");
        return new HeaderMatch(
            names.Length,
            positions,
            extra.Length == 0 ? [] : [$"columns that the source does not declare are ignored: {Listed(extra)}"]
        );
    }

    /// <summary>A name as it is compared: without signs that nobody sees, such as soft hyphens and joiners.</summary>
    public static string Plain(string name) =>
        Visible(name).Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant().Replace('\u00A0', ' ');

    static string Visible(string name) =>
        Ascii.IsValid(name)
            ? name
            : string.Concat(name.Where(sign => char.GetUnicodeCategory(sign) != UnicodeCategory.Format));

    /// <summary>The first of many names; a column without one is said to be so.</summary>
    public static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(
            ", ",
            names
                .Take(MostListed)
                .Select(name => string.IsNullOrWhiteSpace(name) ? "one without a name" : name)
                .Concat(names.Count > MostListed ? [$"and {names.Count - MostListed} more"] : [])
        );
}
