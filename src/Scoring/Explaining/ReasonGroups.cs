using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Puts reasons that say the same thing in different measures together, so that each is read once.</summary>
/// <remarks>
/// A model sees "jobs" as counts, shares and decays over several windows; a person wants to read of it once. SHAP values
/// are additive (Lundberg and Lee 2017), so the contribution of a group is the sum of its members'. The group is told by
/// the member that is easiest to read: an answer, a count in the last 90 days, a count of all time, and only then others.
/// </remarks>
public sealed class ReasonGroups
{
    const int MostOnStack = 512;

    readonly FeatureTable _table;
    readonly float[][] _columns;

    /// <summary>The group of each feature of the model; groups are numbered by name.</summary>
    readonly int[] _groupOf;

    /// <summary>For each group the table's columns by which it can be told, best first.</summary>
    readonly int[][] _readable;

    /// <summary>For each group that is one column the model's feature; -1 for others.</summary>
    readonly int[] _alone;

    /// <param name="features">The model's.</param>
    /// <param name="columns">Their values as the model reads them.</param>
    /// <param name="table">Holds the values by which groups are told, with all of the features.</param>
    public ReasonGroups(IReadOnlyList<Feature> features, float[][] columns, FeatureTable table)
    {
        (_table, _columns) = (table, columns);
        var members = table
            .Features.Select((feature, column) => (feature.Name, Column: column))
            .GroupBy(member => Group(member.Name), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        string[] names = [.. features.Select(feature => Group(feature.Name))];
        string[] groups = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _groupOf = Array.ConvertAll(names, name => Array.BinarySearch(groups, name, StringComparer.Ordinal));
        _readable = Array.ConvertAll(
            groups,
            group => members[group].OrderBy(member => Preference(member.Name)).Select(member => member.Column).ToArray()
        );
        _alone = Array.ConvertAll(groups, group => members[group] is [_] ? Array.IndexOf(names, group) : -1);
    }

    /// <summary>The strongest groups of one row, largest magnitude first, ties by name.</summary>
    /// <param name="row">The row of the table.</param>
    /// <param name="contributions">One for each feature of the model.</param>
    /// <param name="count">Most groups.</param>
    public Reason[] Strongest(int row, ReadOnlySpan<double> contributions, int count)
    {
        Span<double> sums =
            _readable.Length <= MostOnStack ? stackalloc double[MostOnStack] : new double[_readable.Length];
        sums = sums[.._readable.Length];
        sums.Clear();
        for (var feature = 0; feature < contributions.Length; feature++)
            sums[_groupOf[feature]] += contributions[feature];
        Span<int> best = stackalloc int[Math.Min(count, sums.Length)];
        best = best[..LargestFirst.Pick(sums, best)];
        var reasons = new Reason[best.Length];
        for (var i = 0; i < best.Length; i++)
            reasons[i] = Told(row, best[i], sums[best[i]]);
        return reasons;
    }

    Reason Told(int row, int group, double contribution)
    {
        // What stands alone keeps the value it was explained with: its level code is the model's, not the table's.
        if (_alone[group] is >= 0 and var feature)
            return new(_table.Features[_readable[group][0]].Name, _columns[feature][row], contribution);
        var told = _readable[group][0];
        foreach (var column in _readable[group])
            if (Says(_table.Columns[column][row]))
            {
                told = column;
                break;
            }
        return new(_table.Features[told].Name, _table.Columns[told][row], contribution);
    }

    static bool Says(double value) => !double.IsNaN(value) && value != 0;

    static string Group(string feature) =>
        FeatureDefinition.TryParse(feature) is not { } definition ? feature
        : definition.Dimension != Dimension.None ? $"{definition.Dimension} {definition.Value}"
        : definition.Measure switch
        {
            Measure.Count or Measure.Decay or Measure.ActiveDays or Measure.Sessions or Measure.Trend => "activity",
            Measure.Kinds or Measure.Channels or Measure.Themes or Measure.Municipalities => "breadth",
            Measure.Automated => "automated",
            _ => feature,
        };

    static int Preference(string feature) =>
        FeatureDefinition.TryParse(feature) is not { } definition
            ? 0
            : (definition.Measure, definition.Days) switch
            {
                (Measure.Last, _) => 0,
                (Measure.Count, 90) => 1,
                (Measure.Count, FeatureDefinition.AllTime) => 2,
                (Measure.Count, _) => 3,
                (Measure.ActiveDays, _) => 4,
                (Measure.Recency, _) => 5,
                (Measure.Share, _) => 6,
                (Measure.Sum, _) => 7,
                (Measure.Decay, _) => 9,
                _ => 8,
            };
}
