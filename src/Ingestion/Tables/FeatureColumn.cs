using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Turns a column of text into a feature, guessed from its values or as a model has it.</summary>
/// <remarks>
/// Guessed in this order, on all values that are not missing: numbers (unit <c>value</c>), yes/no or true/false
/// (<c>0/1</c>), dates and instants (<c>days since 1970</c>), numbers with a decimal comma, else a level; levels are in
/// ordinal order. Of a level only the empty text is missing: NA may be a country.
/// </remarks>
static class FeatureColumn
{
    /// <summary>More levels than this are no category.</summary>
    const int MostLevels = 10_000;

    static readonly (string Unit, Func<string, double?> Read)[] _numeric =
    [
        ("value", Cell.Number),
        ("0/1", Cell.Truth),
        ("days since 1970", Cell.Day),
        ("value", Cell.CommaNumber),
    ];

    /// <summary>The feature that a column seems to be, or null (and a warning) when it holds nothing to learn from.</summary>
    public static (Feature Feature, float[] Values)? Guess(RawColumn column, List<string> warnings)
    {
        if (column.Values.All(Cell.IsMissing))
            return Without(column, "it is empty", warnings);
        if (column.Values.Count == 1)
            return Without(column, "it has one value only", warnings);
        foreach (var (unit, read) in _numeric)
        {
            if (!column.Values.All(value => Cell.IsMissing(value) || read(value) is not null))
                continue;
            var values = column.Values.Select(v => Cell.IsMissing(v) ? float.NaN : (float)read(v)!.Value).ToArray();
            return (Feature.Numeric(column.Name, unit), Spread(column, values));
        }
        string[] levels = [.. column.Values.Where(value => value.Length > 0).Order(StringComparer.Ordinal)];
        if (levels.Length > MostLevels || (levels.Length > 20 && levels.Length > column.Codes.Length / 2))
        {
            var count = levels.Length.ToString(CultureInfo.InvariantCulture);
            return Without(column, $"{count} different texts look like an id or free text", warnings);
        }
        var feature = Feature.Categorical(column.Name, levels);
        return (feature, As(column, feature, warnings));
    }

    /// <summary>The column's values as a known feature has them; levels it does not know are NaN, with a warning.</summary>
    /// <exception cref="IngestionException">A number was expected and is none.</exception>
    public static float[] As(RawColumn column, Feature feature, List<string> warnings)
    {
        var values = new float[column.Values.Count];
        var unknown = 0;
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var level in feature.Levels)
            codes.TryAdd(level, codes.Count);
        for (var code = 0; code < values.Length; code++)
        {
            var text = column.Values[code];
            if (feature.Type == FeatureType.Numeric)
            {
                values[code] = Cell.IsMissing(text) ? float.NaN : (float)Scalar(column, code, text);
                continue;
            }
            var known = codes.TryGetValue(text, out var level);
            values[code] = known ? level : float.NaN;
            unknown += known || text.Length == 0 ? 0 : 1;
        }
        if (unknown > 0)
            warnings.Add($"'{column.Name}' has {unknown} levels that the model does not know; they count as missing");
        return Spread(column, values);
    }

    static double Scalar(RawColumn column, int code, string text) =>
        Cell.Scalar(text)
        ?? throw new IngestionException(
            $"Row {column.FirstRow(code)}: '{column.Name}' is '{text}', expected a number as in the model's training."
        );

    static (Feature, float[])? Without(RawColumn column, string why, List<string> warnings)
    {
        warnings.Add($"'{column.Name}' is left out: {why}");
        return null;
    }

    static float[] Spread(RawColumn column, float[] byCode)
    {
        var codes = column.Codes;
        var values = new float[codes.Length];
        for (var row = 0; row < values.Length; row++)
            values[row] = byCode[codes[row]];
        return values;
    }
}
