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
    readonly Dictionary<string, string> _groupOf = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Feature, int Preference)[]> _readable;
    readonly Dictionary<string, int> _columns;
    readonly FeatureTable _table;

    /// <param name="table">Holds the values by which groups are told.</param>
    public ReasonGroups(FeatureTable table)
    {
        _table = table;
        _columns = table
            .Features.Select((feature, column) => (feature.Name, column))
            .ToDictionary(pair => pair.Name, pair => pair.column, StringComparer.Ordinal);
        foreach (var feature in table.Features)
            _groupOf[feature.Name] = Group(feature.Name);
        _readable = table
            .Features.GroupBy(feature => _groupOf[feature.Name], StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(f => (f.Name, Preference(f.Name))).OrderBy(f => f.Item2).ToArray(),
                StringComparer.Ordinal
            );
    }

    /// <summary>The strongest groups of one row, largest magnitude first.</summary>
    /// <param name="row">The row of the table.</param>
    /// <param name="reasons">Its contributions, at least the larger ones.</param>
    /// <param name="count">Most groups.</param>
    public Reason[] Strongest(int row, IReadOnlyList<Reason> reasons, int count) =>
        [
            .. reasons
                .GroupBy(reason => _groupOf[reason.Feature], StringComparer.Ordinal)
                .Select(group => (group.Key, Sum: group.Sum(reason => reason.Contribution), Members: group))
                .Where(group => group.Sum != 0)
                .OrderByDescending(group => Math.Abs(group.Sum))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(count)
                .Select(group => Told(row, group.Key, group.Sum, group.Members)),
        ];

    Reason Told(int row, string group, double contribution, IEnumerable<Reason> members)
    {
        // What stands alone keeps the value it was explained with: its level code is the model's, not the table's.
        if (_readable[group] is [_])
            return members.First() with { Contribution = contribution };
        var readable = Array.Find(_readable[group], member => Says(Value(row, member.Feature)));
        var feature = readable.Feature ?? _readable[group][0].Feature;
        return new(feature, Value(row, feature), contribution);
    }

    double Value(int row, string feature) => _table.Columns[_columns[feature]][row];

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
