using System.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Where each declared column is in a file, found by name: order, case and surrounding blanks do not matter.</summary>
/// <remarks>A name that is there twice is a fault only when it is a declared one: which of the two is meant?</remarks>
/// <param name="Count">Fields that every record must have.</param>
/// <param name="Positions">Field of each declared column, -1 when the file does not have it.</param>
sealed record HeaderMatch(int Count, IReadOnlyList<int> Positions, IReadOnlyList<string> Warnings)
{
    /// <exception cref="IngestionException">Columns are missing or named twice; all are listed.</exception>
    public static HeaderMatch Of(string[] names, byte delimiter, IReadOnlyList<SourceColumn> columns)
    {
        var plain = Array.ConvertAll(names, Plain);
        var positions = columns.Select(column => Array.IndexOf(plain, Plain(column.Name))).ToArray();
        if (positions.All(position => position < 0))
        {
            throw new IngestionException(
                $"the first line has {names.Length} fields (delimiter '{(char)delimiter}') and none of the source's columns. "
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
            extra.Length == 0
                ? []
                : [$"columns that the source does not declare are ignored: {string.Join(", ", extra)}"]
        );
    }

    /// <summary>A name as it is compared.</summary>
    public static string Plain(string name) => name.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
