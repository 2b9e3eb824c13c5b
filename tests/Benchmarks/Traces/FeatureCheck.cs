using System.Globalization;
using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>Compares every cell of tonight's features with the SQL that says the same.</summary>
static class FeatureCheck
{
    /// <summary>Allowed difference, relative: a value is a float, and sums and decays are added up in another order.</summary>
    const double Tolerance = 1e-5;

    internal static int Run(Lake lake, HomeSettings settings, DateTime asOf)
    {
        var features = FeatureCatalog.Of(lake, settings, asOf);
        var options = new FeatureBuildOptions(asOf, settings) { KeepSettled = true, Threads = 2 };
        var table = FeatureBuild.Run(lake, features, Cutoffs.At(asOf), options);
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
            rows.Add(table.Contacts[row], row);
        var (cells, empty, wrong, largest, where) = (0L, 0L, 0L, 0.0, "");
        FeaturesBenchmark.EachBucket(
            lake,
            new SqlTwin(lake.Dictionary, asOf).Select(features),
            asOf,
            chunk =>
            {
                for (var line = 0; line < chunk.Count; line++)
                {
                    if (!rows.Remove(chunk.Text(0, line)!, out var row))
                        throw new InvalidOperationException("SQL has a contact that the features have not.");
                    for (var f = 0; f < features.Count; f++)
                        Compare(
                            f,
                            table.Columns[f][row],
                            chunk.IsNull(f + 1, line) ? null : chunk.Span<double>(f + 1)[line]
                        );
                }
            }
        );
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    Traces = lake.Count(LakeTable.Traces),
                    Contacts = table.RowCount,
                    Features = features.Count,
                    ContactsMissingInSql = rows.Count,
                    Cells = cells,
                    CellsWithoutTrace = empty,
                    CellsThatDiffer = wrong,
                    LargestRelativeDifference = largest,
                    LargestIn = where,
                },
                Part.Json
            )
        );
        return wrong == 0 && rows.Count == 0 && cells > 0 ? 0 : 1;

        void Compare(int feature, float found, double? expected)
        {
            cells++;
            if (expected is not { } value)
            {
                empty++;
                wrong += float.IsNaN(found) ? 0 : 1;
                return;
            }
            var difference =
                found == value ? 0
                : float.IsNaN(found) ? double.PositiveInfinity
                : Math.Abs(found - value) / Math.Max(1e-20, Math.Abs(value));
            if (difference > largest)
                (largest, where) = (difference, features[feature].Name);
            if (difference > Tolerance && wrong++ < 10)
                Console.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{features[feature].Name}: {found}, in SQL {value}")
                );
        }
    }
}
