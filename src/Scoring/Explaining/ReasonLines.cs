using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Tells the reasons of one model's scores, each in one line with the base rate behind it.</summary>
/// <remarks>
/// <c>raises: read 9 pages in the last 30 days; 1 in 14 of such contacts relocated, against 1 in 90 overall</c>. Of a
/// group of features the rate is that of the feature and value that are told.
/// </remarks>
public sealed class ReasonLines
{
    readonly Dictionary<string, Feature> _features;
    readonly Dictionary<string, FeatureRates> _rates;
    readonly double _baseRate;
    readonly RateSubject _subject;
    readonly ReasonLanguage _language;

    public ReasonLines(ModelDescription model, ReasonLanguage language)
    {
        _features = model.Features.ToDictionary(
            profile => profile.Name,
            profile => profile.Feature,
            StringComparer.Ordinal
        );
        _rates = model.Rates.ToDictionary(rates => rates.Feature, StringComparer.Ordinal);
        _baseRate = model.BaseRate;
        _subject = Subject(model.Label);
        _language = language;
    }

    public string Line(Reason reason)
    {
        var line = ReasonText.Line(reason, _features.GetValueOrDefault(reason.Feature), _language);
        var like = _rates.GetValueOrDefault(reason.Feature)?.Like(reason.Value);
        var behind = like is null
            ? null
            : RateClause.Of(like, _baseRate, reason.Contribution >= 0, _subject, _language);
        return behind is null ? line : $"{line}; {behind}";
    }

    /// <summary>A lake's label looks ahead a number of days, a table's does not.</summary>
    static RateSubject Subject(LabelDefinition label) =>
        label.HorizonDays <= 0 ? RateSubject.Rows
        : label.Positive.SequenceEqual(LabelDefinition.Default.Positive, StringComparer.Ordinal)
            ? RateSubject.Relocation
        : RateSubject.Contacts;
}
