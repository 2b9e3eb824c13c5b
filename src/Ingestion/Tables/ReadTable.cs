using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Reads any CSV (also gzip) or Parquet file as a feature table.</summary>
public static class ReadTable
{
    // As-of of rows without a time of their own.
    static readonly DateTime _base = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Reads a table to learn from or to evaluate on.</summary>
    /// <param name="features">A model's features, to read the columns as it has them; null to guess them from the values.</param>
    /// <exception cref="IngestionException">A file that is no table, a column that is not there, a label of more or less
    /// than two values, a time or weight that is none.</exception>
    public static TableRead Run(
        string path,
        TableColumns columns,
        IReadOnlyList<Feature>? features = null,
        CancellationToken cancellation = default
    )
    {
        var raw = RawTable.Read(path, cancellation);
        List<string> warnings = [];
        var label = columns.Label is { } name ? LabelOf(raw.Column(name, "label"), columns, warnings) : default;
        var weights = columns.Weight is { } weight ? WeightsOf(raw.Column(weight, "weight")) : null;
        var asOf = TimesOf(raw, columns);
        var contacts = ContactsOf(raw, columns);
        var read = features is null ? Guess(raw, columns, warnings) : As(raw, path, features, warnings);
        var table = new FeatureTable(
            [.. read.Select(f => f.Feature)],
            contacts,
            asOf,
            [.. read.Select(f => f.Values)],
            label.Labels,
            weights
        );
        return new TableRead(table.Take(Sorted(contacts, asOf)), label.Positive ?? [], warnings);
    }

    /// <summary>Reads a table to be scored by a model of these features.</summary>
    /// <param name="id">Column that names the rows, or null to number them.</param>
    /// <exception cref="IngestionException">Columns of the features are not there; all are named.</exception>
    public static TableRead ForScoring(
        string path,
        IReadOnlyList<Feature> features,
        string? id = null,
        CancellationToken cancellation = default
    ) => Run(path, new TableColumns { Id = id }, features, cancellation);

    static (float[] Labels, IReadOnlyList<string> Positive) LabelOf(
        RawColumn column,
        TableColumns columns,
        List<string> warnings
    ) => LabelColumn.Read(column, columns.Positive, warnings);

    static List<(Feature Feature, float[] Values)> Guess(RawTable raw, TableColumns columns, List<string> warnings)
    {
        var taken = columns
            .Drop.Select(drop => raw.Column(drop, "columns to drop").Name)
            .ToHashSet(StringComparer.Ordinal);
        taken.UnionWith(new[] { columns.Label, columns.Id, columns.Time, columns.Weight }.OfType<string>());
        List<(Feature, float[])> features = [];
        foreach (var column in raw.Columns.Where(column => !taken.Contains(column.Name)))
        {
            if (FeatureColumn.Guess(column, warnings) is { } feature)
                features.Add(feature);
        }
        return features.Count > 0
            ? features
            : throw new IngestionException("No column is left to learn from. " + string.Join("; ", warnings));
    }

    static List<(Feature Feature, float[] Values)> As(
        RawTable raw,
        string path,
        IReadOnlyList<Feature> features,
        List<string> warnings
    )
    {
        var names = raw.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var missing = features
            .Where(feature => !names.Contains(feature.Name))
            .Select(feature => feature.Name)
            .ToArray();
        if (missing.Length > 0)
        {
            var suggestions = missing.Select(name => $"'{name}'{Spelling.DidYouMean(name, names)}");
            throw new IngestionException(
                $"{Path.GetFileName(path)} lacks columns that the model was trained on: {string.Join(", ", suggestions)}"
            );
        }
        return [.. features.Select(f => (f, FeatureColumn.As(raw.Column(f.Name, "model"), f, warnings)))];
    }

    static string[] ContactsOf(RawTable raw, TableColumns columns)
    {
        var contacts = new string[raw.RowCount];
        var id = columns.Id is { } name ? raw.Column(name, "id") : null;
        var width = raw.RowCount.ToString(CultureInfo.InvariantCulture).Length;
        for (var row = 0; row < contacts.Length; row++)
            contacts[row] = id?[row] ?? (row + 1).ToString($"D{width}", CultureInfo.InvariantCulture);
        return contacts;
    }

    static DateTime[] TimesOf(RawTable raw, TableColumns columns)
    {
        var times = new DateTime[raw.RowCount];
        if (columns.Time is { } name)
        {
            if (columns.FileOrder)
                throw new IngestionException(
                    $"Time is both the column '{name}' and the order of the file; choose one."
                );
            var column = raw.Column(name, "time");
            var byCode = column.Values.Select((text, code) => TimeOf(column, code, text)).ToArray();
            for (var row = 0; row < times.Length; row++)
                times[row] = byCode[column.Codes[row]];
            return times;
        }
        for (var row = 0; row < times.Length; row++)
            times[row] = columns.FileOrder ? _base.AddSeconds(row) : _base;
        return times;
    }

    static DateTime TimeOf(RawColumn column, int code, string text)
    {
        const double longest = 1_000_000;
        if (Cell.Instant(text) is { } instant)
            return instant;
        if (Cell.Number(text) is { } days && Math.Abs(days) < longest)
            return _base.AddDays(days);
        throw new IngestionException(
            $"Row {column.FirstRow(code)}: the time '{column.Name}' is '{text}', expected yyyy-mm-dd, an instant "
                + "(yyyy-mm-ddThh:mm:ssZ) or a number of days."
        );
    }

    static float[] WeightsOf(RawColumn column)
    {
        var weights = new float[column.Codes.Length];
        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] = Cell.Number(column[row]) is { } weight and > 0
                ? (float)weight
                : throw new IngestionException(
                    $"Row {row + 1}: the weight '{column.Name}' is '{column[row]}', expected a number above 0."
                );
        }
        return weights;
    }

    // rows of one instant and one name stay in the file's order
    static int[] Sorted(string[] contacts, DateTime[] asOf) =>
        [
            .. Enumerable
                .Range(0, contacts.Length)
                .OrderBy(row => asOf[row])
                .ThenBy(row => contacts[row], StringComparer.Ordinal),
        ];
}
