using System.Globalization;
using System.Text.Json;

namespace LeadScoring.Scoring.Model;

/// <summary>Reads what follows the trees: importances, parameters, and the level names that pandas left.</summary>
/// <remarks>
/// LightGBM's own program ends a file with <c>end of parameters</c>; its Python package adds a line
/// <c>pandas_categorical:</c> with one JSON list of level names for each categorical column, in their order, or null.
/// Source: LightGBM <c>python-package/lightgbm/basic.py</c>, <c>_dump_pandas_categorical</c>.
/// </remarks>
sealed class ModelTail(ModelLines lines)
{
    const string Pandas = "pandas_categorical:";

    /// <param name="mustNameLevels">True when the line of pandas may not be missing, as in files of our own.</param>
    /// <returns>Level names of each categorical column, and the line they stand in; empty when the file has none.</returns>
    public (IReadOnlyList<IReadOnlyList<string>> Levels, int Line) Read(bool mustNameLevels)
    {
        lines.SkipBlank();
        // Releases before 3.0 wrote the heading with a space.
        if (
            lines.Next("feature_importances:") is var heading and not ("feature_importances:" or "feature importances:")
        )
            throw Unexpected(heading, "feature_importances:");
        while (!lines.AtEnd && lines.Peek.Length > 0)
            lines.Pair();
        lines.SkipBlank();
        if (lines.Next("parameters:") is var parameters and not "parameters:")
            throw Unexpected(parameters, "parameters:");
        while (lines.NextWhole("end of parameters") is not "end of parameters") { }
        if (lines.AtEnd && !mustNameLevels)
            return ([], lines.Number);
        lines.SkipBlank();
        var line = lines.NextWhole(Pandas);
        if (!line.StartsWith(Pandas, StringComparison.Ordinal))
            throw Unexpected(line, Pandas);
        var levels = Levels(line[Pandas.Length..]);
        var number = lines.Number;
        lines.SkipBlank();
        return lines.AtEnd
            ? (levels, number)
            : throw Unexpected(lines.Next("nothing"), "nothing after the level names");
    }

    ScoringException Unexpected(string found, string expected) =>
        lines.Error(lines.Number, $"is '{ModelLines.Short(found)}'", expected);

    IReadOnlyList<IReadOnlyList<string>> Levels(string json)
    {
        const string expected = "null, or one JSON list of level names for each categorical column";
        try
        {
            using var read = JsonDocument.Parse(json);
            if (read.RootElement.ValueKind == JsonValueKind.Null)
                return [];
            return [.. read.RootElement.EnumerateArray().Select(list => list.EnumerateArray().Select(Name).ToArray())];
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw lines.Error(lines.Number, $"{Pandas} '{ModelLines.Short(json)}'", expected);
        }
    }

    /// <summary>Text as it is, whole numbers without a point, truth as Python writes it: as such columns look in a CSV.</summary>
    static string Name(JsonElement level) =>
        level.ValueKind switch
        {
            JsonValueKind.String => level.GetString()!,
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.Number => level.TryGetInt64(out var whole)
                ? whole.ToString(CultureInfo.InvariantCulture)
                : level.GetRawText(),
            _ => throw new JsonException("a level is neither text nor a number"),
        };
}
