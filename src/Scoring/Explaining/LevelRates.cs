using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>The rates of a categorical feature: one a level, rare levels left out.</summary>
/// <remarks>A rare level has no neighbour it could be told with, so nothing is said of it.</remarks>
static class LevelRates
{
    /// <param name="byContact">All rows, those of one contact one after another.</param>
    public static FeatureRates Of(Feature feature, float[] column, CountedRows rows, int[] byContact)
    {
        var missing = feature.Levels.Count;
        var (counts, positives) = (new int[missing + 1], new int[missing + 1]);
        var (contacts, last) = (new int[missing + 1], new int[missing + 1]);
        Array.Fill(last, -1);
        foreach (var row in byContact)
        {
            var value = column[row];
            if (value < 0 || value >= missing)
                continue;
            var level = float.IsNaN(value) ? missing : (int)value;
            counts[level]++;
            positives[level] += rows.Labels[row] == 1 ? 1 : 0;
            var contact = rows.Contacts[row];
            contacts[level] += last[level] == contact ? 0 : 1;
            last[level] = contact;
        }
        List<ValueRange> ranges = [];
        for (var level = 0; level < missing; level++)
            if (contacts[level] >= RateTable.FewestContacts)
                ranges.Add(new(level, level, counts[level], contacts[level], positives[level]));
        var unknown =
            contacts[missing] < RateTable.FewestContacts
                ? null
                : new ValueRange(double.NaN, double.NaN, counts[missing], contacts[missing], positives[missing]);
        return new(feature.Name, FeatureType.Categorical, ranges, unknown);
    }
}
