using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>The features of a table and their values: guessed from what stands in the columns, or as a model has them.</summary>
sealed class FeatureColumns
{
    readonly List<(int Column, CellSink Sink, Func<(Feature Feature, float[] Values)?> Finish)> _fills = [];
    readonly LeftOut _leftOut = new();
    readonly List<KnownLevels> _known = [];

    /// <summary>Fills for columns that were surveyed; those with nothing to learn from get none.</summary>
    /// <param name="surveys">Every column that may be a feature, by its place, after a pass over all rows.</param>
    /// <exception cref="IngestionException">A number is infinite.</exception>
    public static FeatureColumns Guess(IEnumerable<(int Column, ColumnSurvey Survey)> surveys, int rows)
    {
        var features = new FeatureColumns();
        foreach (var (column, survey) in surveys)
        {
            survey.CheckFinite();
            if (survey.IsEmpty)
                features._leftOut.Empty(column, survey.Name);
            else if (survey is { Unit: not null, IsConstant: true })
                features._leftOut.Constant(column, survey.Name);
            else if (survey.Unit is { } unit)
                features.AddNumber(column, Feature.Numeric(survey.Name, unit), rows);
            else
                features.AddLevels(column, new LevelColumn(survey.Name, rows));
        }
        return features;
    }

    /// <summary>Fills for a model's features, in its order.</summary>
    /// <exception cref="IngestionException">Columns of the features are not there; all are named.</exception>
    public static FeatureColumns As(TableFile file, IReadOnlyList<Feature> wanted, int rows)
    {
        CheckPresent(file, wanted);
        var features = new FeatureColumns();
        foreach (var feature in wanted)
        {
            var column = file.Place(feature.Name, "model");
            if (feature.Type == FeatureType.Numeric)
            {
                features.AddNumber(column, feature, rows);
                continue;
            }
            var (levels, values) = (new KnownLevels(feature), new float[rows]);
            features._known.Add(levels);
            features._fills.Add((column, levels.Into(values), () => (feature, values)));
        }
        return features;
    }

    /// <summary>Who takes which columns' cells.</summary>
    public IEnumerable<SinkOf> Sinks => _fills.Select(fill => new SinkOf(fill.Column, fill.Sink));

    /// <summary>The features and their values when all rows were read, and what the analyst should know of them.</summary>
    /// <remarks>The values are the caller's from then on: nothing here keeps them.</remarks>
    /// <exception cref="IngestionException">No feature is left.</exception>
    public (Feature[] Features, float[][] Columns) Finish(List<string> warnings)
    {
        (Feature Feature, float[] Values)[] features =
        [
            .. _fills.Select(fill => fill.Finish()).OfType<(Feature, float[])>(),
        ];
        _fills.Clear();
        var noted = _leftOut.Warnings.Concat(UnknownLevels.Warnings(_known)).ToArray();
        warnings.AddRange(noted);
        return features.Length > 0
            ? ([.. features.Select(f => f.Feature)], [.. features.Select(f => f.Values)])
            : throw new IngestionException("No column is left to learn from. " + string.Join("; ", noted));
    }

    internal static void CheckPresent(TableFile file, IReadOnlyList<Feature> wanted)
    {
        var missing = wanted.Where(feature => !file.Has(feature.Name)).Select(feature => feature.Name).ToArray();
        if (missing.Length == 0)
            return;
        const int most = 50;
        var suggestions = missing.Take(most).Select(name => $"'{name}'{Spelling.DidYouMean(name, file.Columns)}");
        var rest = missing.Length > most ? $" and {missing.Length - most} more" : "";
        throw new IngestionException(
            $"{file.Name} lacks columns that the model was trained on: {string.Join(", ", suggestions)}{rest}"
        );
    }

    void AddNumber(int column, Feature feature, int rows)
    {
        var values = new float[rows];
        _fills.Add((column, new NumberColumn(feature.Name, values), () => (feature, values)));
    }

    void AddLevels(int column, LevelColumn levels) => _fills.Add((column, levels, () => Finish(column, levels)));

    (Feature, float[])? Finish(int column, LevelColumn levels)
    {
        if (levels.IsConstant)
            _leftOut.Constant(column, levels.Name);
        else if (!levels.IsCategory)
            _leftOut.NoCategory(column, levels.Name, levels.Different);
        else
            return levels.Finish();
        return null;
    }
}
