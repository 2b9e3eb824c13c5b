using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>Compares every cell of tonight's features with the SQL that says the same.</summary>
sealed class FeatureCheck
{
    /// <summary>Allowed difference, relative: a value is a float, and sums and decays are added up in another order.</summary>
    const double Tolerance = 1e-5;

    readonly FeatureTable _table;
    readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    long _cells;
    long _empty;
    long _wrong;
    long _unknown;
    double _largest;
    string _largestIn = "";

    FeatureCheck(FeatureTable table)
    {
        _table = table;
        for (var row = 0; row < table.RowCount; row++)
            _rows.Add(table.Contacts[row], row);
    }

    /// <summary>Prints what was found; 0 when every cell is as in SQL, and the contacts are the same.</summary>
    internal static int Run(Lake lake, HomeSettings settings, DateTime asOf)
    {
        var features = FeatureCatalog.Of(lake, settings, asOf);
        var options = new FeatureBuildOptions(asOf, settings)
        {
            KeepSettled = true,
            Threads = 2,
            Clicks = MachineRules.BuiltIn.Clicks,
        };
        var check = new FeatureCheck(FeatureBuild.Run(lake, features, Cutoffs.At(asOf), options));
        var twin = new SqlTwin(lake.Dictionary, asOf).Select(features);
        FeaturesBenchmark.EachBucket(lake, twin, asOf, check.Compare);
        var found = new
        {
            Traces = lake.Count(LakeTable.Traces),
            Contacts = check._table.RowCount,
            Features = features.Count,
            ContactsMissingInSql = check._rows.Count,
            ContactsMissingHere = check._unknown,
            Cells = check._cells,
            CellsWithoutTrace = check._empty,
            CellsThatDiffer = check._wrong,
            LargestRelativeDifference = check._largest,
            LargestIn = check._largestIn,
        };
        Console.WriteLine(JsonSerializer.Serialize(found, Part.Json));
        return check is { _wrong: 0, _unknown: 0, _rows.Count: 0, _cells: > 0 } ? 0 : 1;
    }

    void Compare(Chunk chunk)
    {
        for (var line = 0; line < chunk.Count; line++)
        {
            if (!_rows.Remove(chunk.Text(0, line)!, out var row))
            {
                _unknown++;
                continue;
            }
            for (var f = 0; f < _table.Features.Count; f++)
                Compare(f, _table.Columns[f][row], chunk.IsNull(f + 1, line) ? null : chunk.Span<double>(f + 1)[line]);
        }
    }

    void Compare(int feature, float found, double? expected)
    {
        _cells++;
        if (expected is not { } value)
        {
            _empty++;
            _wrong += float.IsNaN(found) ? 0 : 1;
            return;
        }
        var difference =
            found == value ? 0
            : float.IsNaN(found) ? double.PositiveInfinity
            : Math.Abs(found - value) / Math.Max(1e-20, Math.Abs(value));
        if (difference > _largest)
            (_largest, _largestIn) = (difference, _table.Features[feature].Name);
        if (difference > Tolerance)
            _wrong++;
    }
}
