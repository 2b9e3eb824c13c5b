namespace LeadScoring.Ingestion.Features;

/// <summary>What a feature measures of a contact's traces or register entry.</summary>
public enum Measure
{
    Count,
    Decay,
    Sum,
    Share,
    Recency,
    Last,
    ActiveDays,
    Sessions,
    Kinds,
    Channels,
    Themes,
    Municipalities,
    Trend,
    Automated,
    Tenure,
    SameMonth,
    DeclaredMunicipality,
    Country,
    Language,
    HouseholdSize,
    Age,
    Registered,
}

/// <summary>Whether a measure's name ends in a window.</summary>
public enum WindowRule
{
    None,

    /// <summary>A number of days, as in <c>30d</c>.</summary>
    Window,

    /// <summary>A number of days or <c>all</c>.</summary>
    WindowOrAll,
}

/// <summary>A measure's word and the parts its names have.</summary>
/// <param name="Word">How its names begin.</param>
/// <param name="Dimensions">Which traces it can be asked of; <see cref="Dimension.None"/> is all of them.</param>
/// <param name="Meaning">One line for people; traces are those known before the as-of instant, machines left out.</param>
public sealed record MeasureRule(
    Measure Measure,
    string Word,
    Dimension[] Dimensions,
    WindowRule Window,
    string Unit,
    FeatureType Type,
    string Meaning
)
{
    static readonly Dimension[] Whole = [Dimension.None];
    static readonly Dimension[] Divided = [Dimension.Kind, Dimension.Channel, Dimension.Theme, Dimension.Municipality];
    static readonly Dimension[] Either = [.. Whole, .. Divided];
    static readonly Dimension[] OfKind = [Dimension.Kind];

    public static IReadOnlyList<MeasureRule> All { get; } =
    [
        Windowed(Measure.Count, "count", Either, "traces", "traces in the window"),
        new(Measure.Decay, "decay", Either, WindowRule.Window, "traces", default, "traces, each 2^-(age / half-life)"),
        Windowed(Measure.Sum, "sum", OfKind, "value", "sum of the values of a kind in the window"),
        Windowed(Measure.Share, "share", Divided, "share", "share among the traces that have the dimension"),
        Fixed(Measure.Recency, "recency", "days", "days since the last", Either),
        Fixed(
            Measure.Last,
            "last",
            "value",
            "value of the last that has one; of several at one instant the largest",
            OfKind
        ),
        Windowed(Measure.ActiveDays, "active_days", Whole, "days", "local calendar days with a trace"),
        Windowed(
            Measure.Sessions,
            "sessions",
            Whole,
            "sessions",
            "sessions begun: more than 30 minutes since the last trace"
        ),
        Windowed(Measure.Kinds, "kinds", Whole, "kinds", "different kinds"),
        Windowed(Measure.Channels, "channels", Whole, "channels", "different channels"),
        Windowed(Measure.Themes, "themes", Whole, "themes", "different themes"),
        Windowed(Measure.Municipalities, "municipalities", Whole, "municipalities", "different municipalities"),
        new(
            Measure.Trend,
            "trend",
            Whole,
            WindowRule.Window,
            "ratio",
            default,
            "traces over the mean of the 3 windows before"
        ),
        Windowed(Measure.Automated, "automated", Whole, "traces", "traces made by machines"),
        Fixed(Measure.Tenure, "tenure", "days", "days since the first trace"),
        Fixed(Measure.SameMonth, "season.same_month", "share", "share of traces in the as-of's month of the year"),
        Category(
            Measure.DeclaredMunicipality,
            "declared.municipality",
            "last municipality named in an answer, form, inquiry or talk"
        ),
        Category(Measure.Country, "country", "country of the latest register entry that has one"),
        Category(Measure.Language, "language", "language of the latest register entry that has one"),
        Fixed(Measure.HouseholdSize, "household_size", "people", "people in the household"),
        Fixed(Measure.Age, "age", "years", "local calendar year less birth year"),
        Fixed(Measure.Registered, "registered", "days", "days since the first register entry"),
    ];

    /// <summary>The rule of a measure.</summary>
    public static MeasureRule Of(Measure measure) => All[(int)measure];

    static MeasureRule Windowed(Measure measure, string word, Dimension[] dimensions, string unit, string meaning) =>
        new(measure, word, dimensions, WindowRule.WindowOrAll, unit, FeatureType.Numeric, meaning);

    static MeasureRule Fixed(Measure measure, string word, string unit, string meaning, Dimension[]? of = null) =>
        new(measure, word, of ?? Whole, WindowRule.None, unit, FeatureType.Numeric, meaning);

    static MeasureRule Category(Measure measure, string word, string meaning) =>
        new(measure, word, Whole, WindowRule.None, "level", FeatureType.Categorical, meaning);
}
