using System.Globalization;

namespace LeadScoring.Ingestion.Features;

/// <summary>What a trace is divided by.</summary>
public enum Dimension
{
    None,
    Kind,
    Channel,
    Theme,
    Municipality,
}

/// <summary>How a feature is computed, read from its name and written back to the same name.</summary>
/// <remarks>
/// <c>measure[.dimension.value][.window]</c>: the measure decides which parts there are (<see cref="MeasureRule"/>),
/// the value is whatever stands between them, so that a kind may hold dots.
/// </remarks>
/// <param name="Measure">What is measured.</param>
/// <param name="Dimension">Which traces: those with <paramref name="Value"/> in this dimension.</param>
/// <param name="Value">A kind, channel, theme or municipality code; empty without a dimension.</param>
/// <param name="Days">Length of the window, or half-life, in days; <see cref="AllTime"/> when there is none.</param>
public sealed record FeatureDefinition(Measure Measure, Dimension Dimension, string Value, int Days)
{
    /// <summary>No window: everything before the as-of instant.</summary>
    public const int AllTime = 0;

    const int LongestWindow = 36_500;

    public FeatureDefinition(Measure measure, int days = AllTime)
        : this(measure, Dimension.None, "", days) { }

    /// <summary>The name that parses to this definition.</summary>
    public string Name
    {
        get
        {
            var rule = MeasureRule.Of(Measure);
            var name = rule.Word;
            if (Dimension != Dimension.None)
                name += $".{WordOf(Dimension)}.{Value}";
            return rule.Window == WindowRule.None ? name : $"{name}.{WindowText(Days)}";
        }
    }

    /// <summary>The feature of this definition; a categorical one with its levels.</summary>
    public Feature ToFeature(IReadOnlyList<string>? levels = null)
    {
        var rule = MeasureRule.Of(Measure);
        return rule.Type == FeatureType.Categorical
            ? Feature.Categorical(Name, levels ?? [])
            : Feature.Numeric(Name, rule.Unit);
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="IngestionException">The name is none that this version computes.</exception>
    public static FeatureDefinition Parse(string name) =>
        TryParse(name)
        ?? throw new IngestionException(
            $"Feature '{name}' is not known; expected a name such as count.kind.page_view.30d or recency. "
                + "Train the model anew with this version, or use the version that trained it."
        );

    /// <summary>Reads a name, or null when it is none that this version computes.</summary>
    public static FeatureDefinition? TryParse(string name)
    {
        foreach (var rule in MeasureRule.All)
        {
            if (
                !string.Equals(name, rule.Word, StringComparison.Ordinal)
                && !name.StartsWith(rule.Word + ".", StringComparison.Ordinal)
            )
                continue;
            if (ParseRest(rule, name[rule.Word.Length..]) is { } definition)
                return definition;
        }
        return null;
    }

    /// <summary>The dimension's word in a name.</summary>
    public static string WordOf(Dimension dimension) =>
        dimension switch
        {
            Dimension.Kind => "kind",
            Dimension.Channel => "channel",
            Dimension.Theme => "theme",
            Dimension.Municipality => "municipality",
            Dimension.None => "",
        };

    // rest is what follows the measure's word: "", ".30d", ".kind.page_view", ".kind.page_view.30d"
    static FeatureDefinition? ParseRest(MeasureRule rule, string rest)
    {
        var days = AllTime;
        if (rule.Window != WindowRule.None)
        {
            var dot = rest.LastIndexOf('.');
            if (dot < 0 || !TryParseWindow(rest[(dot + 1)..], rule.Window, out days))
                return null;
            rest = rest[..dot];
        }
        if (rest.Length == 0)
            return rule.Dimensions.Contains(Dimension.None) ? new FeatureDefinition(rule.Measure, days) : null;
        foreach (var dimension in rule.Dimensions)
        {
            var start = $".{WordOf(dimension)}.";
            if (dimension == Dimension.None || !rest.StartsWith(start, StringComparison.Ordinal))
                continue;
            var value = rest[start.Length..];
            return IsValue(dimension, value) ? new FeatureDefinition(rule.Measure, dimension, value, days) : null;
        }
        return null;
    }

    static bool IsValue(Dimension dimension, string value) =>
        dimension == Dimension.Municipality
            ? FeatureCatalog.MunicipalityLevels.Contains(value, StringComparer.Ordinal)
            : value.Length > 0;

    static string WindowText(int days) =>
        days == AllTime ? "all" : string.Create(CultureInfo.InvariantCulture, $"{days}d");

    static bool TryParseWindow(string text, WindowRule rule, out int days)
    {
        days = AllTime;
        if (string.Equals(text, "all", StringComparison.Ordinal))
            return rule == WindowRule.WindowOrAll;
        return text.Length > 1
            && text[^1] == 'd'
            && text[0] is >= '1' and <= '9'
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out days)
            && days <= LongestWindow;
    }
}
