using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>Numeric features with which the likelihood may only rise, or only fall, all else being equal.</summary>
/// <param name="Rising">Names of features.</param>
/// <param name="Falling">Names of features.</param>
public sealed record MonotoneFeatures(IReadOnlyList<string> Rising, IReadOnlyList<string> Falling)
{
    public static MonotoneFeatures None { get; } = new([], []);

    public bool Equals(MonotoneFeatures? other) =>
        other is not null
        && Rising.SequenceEqual(other.Rising, StringComparer.Ordinal)
        && Falling.SequenceEqual(other.Falling, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(string.Join('\n', Rising), string.Join('\n', Falling));

    /// <summary>What is wrong with the names for a table of these features, or nothing.</summary>
    internal IEnumerable<string> Faults(IReadOnlyList<Feature> features)
    {
        var known = features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        foreach (var name in Rising.Concat(Falling))
        {
            if (!known.TryGetValue(name, out var feature))
                yield return $"monotone names '{name}', expected a feature of the table";
            else if (feature.Type != FeatureType.Numeric)
                yield return $"monotone names '{name}', which is categorical, expected a number";
        }
        foreach (var name in Rising.Intersect(Falling, StringComparer.Ordinal))
            yield return $"monotone names '{name}' as rising and as falling, expected one of them";
    }

    /// <summary>1, -1 or 0 for each usable feature; empty when all are free.</summary>
    internal int[] Directions(IReadOnlyList<Feature> features, int[] usable)
    {
        if (Rising.Count + Falling.Count == 0)
            return [];
        return Array.ConvertAll(
            usable,
            f =>
                Rising.Contains(features[f].Name, StringComparer.Ordinal) ? 1
                : Falling.Contains(features[f].Name, StringComparer.Ordinal) ? -1
                : 0
        );
    }
}
