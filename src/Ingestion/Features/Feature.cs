namespace LeadScoring.Ingestion.Features;

/// <summary>How the values of a feature are to be read.</summary>
public enum FeatureType
{
    /// <summary>A number; NaN is "no trace".</summary>
    Numeric,

    /// <summary>An index into <see cref="Feature.Levels"/>; NaN is "not known".</summary>
    Categorical,
}

/// <summary>One column of a feature table: its name says how it is computed, so that a model file can freeze it.</summary>
/// <param name="Name">Unique and parseable, for example <c>count.kind.page_view.30d</c>.</param>
/// <param name="Unit">What one unit of the value is: traces, days, share, level.</param>
/// <param name="Type">Numeric or categorical.</param>
/// <param name="Levels">The names behind a categorical feature's codes, in code order; empty for numbers.</param>
public sealed record Feature(string Name, string Unit, FeatureType Type, IReadOnlyList<string> Levels)
{
    public static Feature Numeric(string name, string unit) => new(name, unit, FeatureType.Numeric, []);

    public static Feature Categorical(string name, IReadOnlyList<string> levels) =>
        new(name, "level", FeatureType.Categorical, levels);
}
