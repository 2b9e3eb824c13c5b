using System.Globalization;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Ingestion.Features;

/// <summary>Which features a lake's vocabulary gives: templates over its dimensions, and the named ones.</summary>
/// <remarks>
/// Growth is linear in the vocabulary and capped: only the first <see cref="MostKinds"/> kinds,
/// <see cref="MostChannels"/> channels and <see cref="MostThemes"/> themes (in code order, so that new words do not
/// push out old ones) get columns of their own; all others still count in the totals. Municipalities are always 14.
/// </remarks>
public static class FeatureCatalog
{
    public const int MostKinds = 32;
    public const int MostChannels = 12;
    public const int MostThemes = 12;

    /// <summary>Levels kept of country and language.</summary>
    public const int MostLevels = 250;

    const int All = FeatureDefinition.AllTime;

    /// <summary>The levels of <c>declared.municipality</c>: the 14 codes.</summary>
    public static IReadOnlyList<string> MunicipalityLevels { get; } =
    [.. Municipality.All.Select(m => m.Code.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The features of a vocabulary, in a stable order; at least the named ones.</summary>
    public static IReadOnlyList<Feature> Expand(FeatureVocabulary vocabulary) =>
        [
            .. Totals().Select(definition => definition.ToFeature()),
            .. Words(vocabulary.Kinds, MostKinds)
                .SelectMany(kind => OfKind(kind, vocabulary.ValuedKinds.Contains(kind, StringComparer.Ordinal))),
            .. Words(vocabulary.Channels, MostChannels).SelectMany(OfChannel),
            .. Words(vocabulary.Themes, MostThemes).SelectMany(OfTheme),
            .. MunicipalityLevels.SelectMany(OfMunicipality),
            .. OfContact(vocabulary),
        ];

    /// <summary>The features of a lake as known at an instant (UTC), less those the settings leave out.</summary>
    public static IReadOnlyList<Feature> Of(
        Lake lake,
        HomeSettings settings,
        DateTime asOf,
        CancellationToken cancellation = default
    ) =>
        [
            .. Expand(FeatureVocabulary.Read(lake, asOf, cancellation))
                .Where(feature => !settings.LeaveOut.Any(left => IsOrBelow(feature.Name, left))),
        ];

    static bool IsOrBelow(string name, string left) =>
        name.StartsWith(left, StringComparison.Ordinal) && (name.Length == left.Length || name[left.Length] == '.');

    static IEnumerable<FeatureDefinition> Totals()
    {
        foreach (var days in (int[])[7, 30, 90, 365, All])
        {
            yield return new(Measure.Count, days);
            yield return new(Measure.ActiveDays, days);
            yield return new(Measure.Sessions, days);
        }
        foreach (var days in (int[])[7, 30, 90])
            yield return new(Measure.Decay, days);
        foreach (var days in (int[])[90, All])
        {
            yield return new(Measure.Kinds, days);
            yield return new(Measure.Channels, days);
            yield return new(Measure.Themes, days);
            yield return new(Measure.Municipalities, days);
        }
        yield return new(Measure.Trend, 30);
        yield return new(Measure.Trend, 90);
        yield return new(Measure.Automated, 30);
        yield return new(Measure.Automated, All);
        yield return new(Measure.Recency);
        yield return new(Measure.Tenure);
        yield return new(Measure.SameMonth);
    }

    static IEnumerable<Feature> OfKind(string kind, bool valued)
    {
        foreach (var days in (int[])[30, 90, 365, All])
            yield return Of(Measure.Count, Dimension.Kind, kind, days);
        yield return Of(Measure.Decay, Dimension.Kind, kind, 30);
        yield return Of(Measure.Recency, Dimension.Kind, kind, All);
        if (!valued)
            yield break;
        yield return Of(Measure.Last, Dimension.Kind, kind, All);
        yield return Of(Measure.Sum, Dimension.Kind, kind, 90);
        yield return Of(Measure.Sum, Dimension.Kind, kind, All);
    }

    static IEnumerable<Feature> OfChannel(string channel)
    {
        yield return Of(Measure.Count, Dimension.Channel, channel, 30);
        yield return Of(Measure.Count, Dimension.Channel, channel, All);
        yield return Of(Measure.Share, Dimension.Channel, channel, All);
        yield return Of(Measure.Recency, Dimension.Channel, channel, All);
    }

    static IEnumerable<Feature> OfTheme(string theme)
    {
        foreach (var days in (int[])[30, 90, All])
            yield return Of(Measure.Count, Dimension.Theme, theme, days);
        yield return Of(Measure.Decay, Dimension.Theme, theme, 30);
        yield return Of(Measure.Decay, Dimension.Theme, theme, 90);
        yield return Of(Measure.Share, Dimension.Theme, theme, All);
        yield return Of(Measure.Recency, Dimension.Theme, theme, All);
    }

    static IEnumerable<Feature> OfMunicipality(string code)
    {
        yield return Of(Measure.Count, Dimension.Municipality, code, 90);
        yield return Of(Measure.Count, Dimension.Municipality, code, All);
    }

    static IEnumerable<Feature> OfContact(FeatureVocabulary vocabulary) =>
        [
            new FeatureDefinition(Measure.DeclaredMunicipality).ToFeature(MunicipalityLevels),
            new FeatureDefinition(Measure.Country).ToFeature(vocabulary.Countries),
            new FeatureDefinition(Measure.Language).ToFeature(vocabulary.Languages),
            new FeatureDefinition(Measure.HouseholdSize).ToFeature(),
            new FeatureDefinition(Measure.Age).ToFeature(),
            new FeatureDefinition(Measure.Registered).ToFeature(),
        ];

    static Feature Of(Measure measure, Dimension dimension, string value, int days) =>
        new FeatureDefinition(measure, dimension, value, days).ToFeature();

    static IEnumerable<string> Words(IReadOnlyList<string> words, int most) =>
        words.Where(word => word.Length > 0).Take(most);
}
