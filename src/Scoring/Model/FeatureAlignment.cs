using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>Finds a model's features in a table by name, and its levels by name too.</summary>
/// <remarks>
/// A table may hold more columns, in another order, and code its levels otherwise than the model was trained on;
/// a level the model does not know becomes -1, which every categorical split sends right, as LightGBM does.
/// </remarks>
static class FeatureAlignment
{
    /// <summary>One column for each of the model's features, in the model's order.</summary>
    /// <exception cref="ScoringException">The table lacks a feature, or holds it with another type.</exception>
    public static float[][] Columns(IReadOnlyList<Feature> model, FeatureTable table)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < table.Features.Count; place++)
            places[table.Features[place].Name] = place;
        var missing = model.Where(feature => !places.ContainsKey(feature.Name)).Select(f => f.Name).ToArray();
        if (missing.Length > 0)
            throw new ScoringException(
                $"The table of {table.Features.Count} features lacks {missing.Length} of the model's {model.Count}, "
                    + $"the first is '{missing[0]}'; expected every feature the model was trained on. "
                    + "Build the table from the model's own feature list."
            );
        return [.. model.Select(feature => Column(feature, table, places[feature.Name]))];
    }

    static float[] Column(Feature wanted, FeatureTable table, int place)
    {
        var found = table.Features[place];
        var column = table.Columns[place];
        if (wanted.Levels.Count == 0)
            return column;
        if (found.Type != wanted.Type)
            throw new ScoringException(
                $"Feature '{wanted.Name}' is {found.Type} in the table, expected {wanted.Type} as in the model. "
                    + "Build the table from the model's own feature list."
            );
        if (found.Levels.SequenceEqual(wanted.Levels, StringComparer.Ordinal))
            return column;
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var code = 0; code < wanted.Levels.Count; code++)
            codes.TryAdd(wanted.Levels[code], code);
        var moved = found.Levels.Select(level => codes.TryGetValue(level, out var code) ? code : -1f).ToArray();
        return Array.ConvertAll(column, value => Recode(value, moved));
    }

    static float Recode(float value, float[] moved) =>
        float.IsNaN(value) ? value
        : value >= 0 && value < moved.Length ? moved[(int)value]
        : -1;
}
