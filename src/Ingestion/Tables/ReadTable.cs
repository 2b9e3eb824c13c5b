using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Reads any CSV (also gzip) or Parquet file as a feature table.</summary>
/// <remarks>
/// Twice through the file: the first pass finds out what each column holds and counts the rows, the second fills one
/// float32 a cell. Nothing else grows with the rows but their names and instants.
/// </remarks>
public static class ReadTable
{
    // As-of of rows without a time of their own.
    internal static readonly DateTime DayZero = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Reads a table to learn from or to evaluate on.</summary>
    /// <param name="features">A model's features, to read the columns as it has them; null to guess them from the values.</param>
    /// <exception cref="IngestionException">A file that is no table, a column that is not there, a label of more or less
    /// than two values, a time or weight that is none, an infinite number.</exception>
    public static TableRead Run(
        string path,
        TableColumns columns,
        IReadOnlyList<Feature>? features = null,
        CancellationToken cancellation = default
    )
    {
        using var file = TableFile.Open(path, cancellation);
        var places = new TablePlaces(file, columns);
        List<string> warnings = [];

        var label = places.Label is null ? null : new LabelColumn(columns.Label!, columns.Positive);
        (int Column, ColumnSurvey Survey)[] surveys =
        [
            .. features is null ? places.Features.Select(c => (c, new ColumnSurvey(file.Columns[c]))) : [],
        ];
        if (features is not null)
            FeatureColumns.CheckPresent(file, features);
        var rows = file.ReadAll(
            [.. Of(places.Label, label), .. surveys.Select(s => new SinkOf(s.Column, s.Survey))],
            cancellation
        );

        var classes = label?.Classes(warnings);
        var read = features is null ? FeatureColumns.Guess(surveys, rows) : FeatureColumns.As(file, features, rows);
        var (names, times) = (places.Id is null ? null : new string[rows], new DateTime[rows]);
        var (labels, weights) = (new float[classes is null ? 0 : rows], new float[places.Weight is null ? 0 : rows]);
        SinkOf[] sinks =
        [
            .. Of(places.Label, classes is null ? null : new ClassColumn(classes, labels)),
            .. Of(places.Weight, places.Weight is null ? null : new WeightColumn(columns.Weight!, weights)),
            .. Of(places.Time, places.Time is null ? null : new TimeColumn(columns.Time!, times, DayZero)),
            .. Of(places.Id, names is null ? null : new IdColumn(names)),
            .. read.Sinks,
        ];
        using (var pass = file.Rows(sinks, cancellation))
        {
            // no further, should rows have come since
            if (pass.Read(rows, cancellation) != rows)
                throw Changed(file.Name);
        }
        if (places.Time is null)
            Span(times, columns.FileOrder);
        var (found, values) = read.Finish(warnings);
        var table = Sorted(found, values, names, times, labels, weights);
        return new TableRead(table, classes?.Positive ?? [], warnings);
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

    internal static IngestionException Changed(string what) =>
        new($"'{what}' changed while it was read; expected a file that nobody writes to. Read it again.");

    static IEnumerable<SinkOf> Of(int? column, CellSink? sink) =>
        column is { } place && sink is not null ? [new SinkOf(place, sink)] : [];

    static void Span(DateTime[] times, bool fileOrder)
    {
        for (var row = 0; row < times.Length; row++)
            times[row] = fileOrder ? DayZero.AddSeconds(row) : DayZero;
    }

    // column by column, so that a table is never held twice
    static FeatureTable Sorted(
        Feature[] features,
        float[][] columns,
        string[]? names,
        DateTime[] times,
        float[] labels,
        float[] weights
    )
    {
        if (RowOrder.Of(times, names) is not { } order)
            return new FeatureTable(features, names, times, columns, labels, weights);
        for (var c = 0; c < columns.Length; c++)
            columns[c] = RowOrder.Ordered(columns[c], order);
        return new FeatureTable(
            features,
            RowOrder.Ordered(names ?? RowNumbers.Of(times.Length), order),
            RowOrder.Ordered(times, order),
            columns,
            labels.Length == 0 ? labels : RowOrder.Ordered(labels, order),
            weights.Length == 0 ? weights : RowOrder.Ordered(weights, order)
        );
    }
}
