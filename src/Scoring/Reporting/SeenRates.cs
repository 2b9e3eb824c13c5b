using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using static LeadScoring.Scoring.Reporting.Markup;

namespace LeadScoring.Scoring.Reporting;

/// <summary>What was seen behind the features a model looks at most: how often rows with such values were positive.</summary>
static class SeenRates
{
    const int Shown = 5;

    public static string Of(ModelDescription about, ModelEvaluation judged)
    {
        var features = about.Features.ToDictionary(profile => profile.Name, StringComparer.Ordinal);
        var rates = about.Rates.ToDictionary(rates => rates.Feature, StringComparer.Ordinal);
        var rows = judged
            .TopFeatures.Where(top => rates.ContainsKey(top.Feature))
            .Take(Shown)
            .SelectMany(top => Rows(rates[top.Feature], features[top.Feature].Levels))
            .ToArray();
        return rows.Length == 0
            ? ""
            : "<p>How often training rows with such values were positive, for the features that count most; "
                + $"of all rows it was {Text(Percent(about.BaseRate))}. Each line looks at one feature alone.</p>"
                + $"<div class=\"scroll\">{Table(["Feature", "Value", "Rows", "Contacts", "Positive"], rows)}</div>";
    }

    static IEnumerable<IEnumerable<string>> Rows(FeatureRates rates, IReadOnlyList<string> levels)
    {
        foreach (var range in rates.Ranges)
            yield return Row(rates.Feature, Value(range, rates.Type, levels), range);
        if (rates.Missing is { } missing)
            yield return Row(rates.Feature, "none on record", missing);
    }

    static IEnumerable<string> Row(string feature, string value, ValueRange range) =>
        [feature, value, Count(range.Rows), Count(range.Contacts), Percent(range.Rate)];

    static string Value(ValueRange range, FeatureType type, IReadOnlyList<string> levels) =>
        type == FeatureType.Categorical ? levels[(int)range.From]
        : range.From == range.To ? Short(range.From)
        : $"{Short(range.From)} to {Short(range.To)}";

    static string Short(double value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
