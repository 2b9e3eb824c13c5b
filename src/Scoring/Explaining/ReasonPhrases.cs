using System.Globalization;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Scoring.Explaining;

/// <summary>How a kind of trace is spoken of.</summary>
/// <param name="Did">What the contact did: <c>read</c>.</param>
/// <param name="One">Once: <c>1 page</c>.</param>
/// <param name="Last">How the last is told: <c>last read a page</c>.</param>
/// <param name="Many">More often, after a number: <c>pages</c>.</param>
/// <param name="Noun">The traces themselves, in the plural: <c>page views</c>.</param>
sealed record KindWords(string Did, string One, string Last, string Many, string Noun);

/// <summary>The sentences of one language.</summary>
abstract class ReasonPhrases
{
    readonly NumberFormatInfo _format;

    protected ReasonPhrases(string decimalSign, string minus)
    {
        _format = new NumberFormatInfo { NumberDecimalSeparator = decimalSign, NegativeSign = minus };
    }

    /// <param name="level">Name of a categorical feature's level, null when it is not known.</param>
    public abstract string Of(FeatureDefinition feature, double value, string? level);

    /// <summary>A column of a table of the user's own.</summary>
    public abstract string OfColumn(string column, string value, bool missing);

    /// <summary>Whole numbers whole, others with three digits that count.</summary>
    public string Number(double value) =>
        value == Math.Round(value) && Math.Abs(value) < 1e15 ? value.ToString("0", _format)
        : Math.Abs(value) >= 100 ? value.ToString("0.#", _format)
        : Math.Abs(value) >= 1 ? value.ToString("0.##", _format)
        : value.ToString("G3", _format);

    protected string Percent(double share) => Math.Round(share * 100).ToString("0", _format);

    /// <summary>Days for two months, then months for two years, then years.</summary>
    protected static (int Count, int Unit) Age(double days) =>
        days < 60 ? ((int)days, 0)
        : days < 730 ? ((int)(days / 30.4375), 1)
        : ((int)(days / 365.25), 2);

    /// <summary>Kinds of the website, whose value is the seconds spent.</summary>
    protected static bool IsTimed(string kind) =>
        kind is "page_view" or "search" or "download" or "video" or "event_signup";

    protected static string Place(string code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Municipality.Find(number) is { } municipality
            ? municipality.Name
            : code;

    /// <summary>A word of the lake as people write it: <c>housing_tour</c> is <c>housing tour</c>.</summary>
    protected static string Plain(string word) => word.Replace('_', ' ');
}
