using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>The languages reasons are told in.</summary>
public enum ReasonLanguage
{
    English,
    Swedish,
}

/// <summary>Says a <see cref="Reason"/> in words that a case officer reads in a few seconds.</summary>
/// <remarks>The words come from the feature's name and value alone, so they hold no personal data.</remarks>
public static class ReasonText
{
    /// <summary>What was seen: <c>read 9 pages in the last 30 days</c>, <c>läste 9 sidor de senaste 30 dagarna</c>.</summary>
    /// <param name="feature">The model's feature of that name, for the names of its levels; null shows level codes.</param>
    public static string Words(Reason reason, Feature? feature, ReasonLanguage language)
    {
        ReasonPhrases phrases = language == ReasonLanguage.Swedish ? new SwedishPhrases() : new EnglishPhrases();
        var level = Level(reason, feature);
        return FeatureDefinition.TryParse(reason.Feature) is { } definition
            ? phrases.Of(definition, reason.Value, level)
            : phrases.OfColumn(reason.Feature, level ?? phrases.Number(reason.Value), double.IsNaN(reason.Value));
    }

    /// <summary><c>raises</c> or <c>lowers</c> the likelihood.</summary>
    public static string Direction(Reason reason, ReasonLanguage language) =>
        (language, reason.Contribution >= 0) switch
        {
            (ReasonLanguage.Swedish, true) => "höjer",
            (ReasonLanguage.Swedish, false) => "sänker",
            (_, true) => "raises",
            (_, false) => "lowers",
        };

    /// <summary>Both: <c>raises: read 9 pages in the last 30 days</c>.</summary>
    public static string Line(Reason reason, Feature? feature, ReasonLanguage language) =>
        $"{Direction(reason, language)}: {Words(reason, feature, language)}";

    static string? Level(Reason reason, Feature? feature) =>
        feature?.Type == FeatureType.Categorical && reason.Value >= 0 && reason.Value < feature.Levels.Count
            ? feature.Levels[(int)reason.Value]
            : null;
}
