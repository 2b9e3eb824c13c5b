using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>A baseline anyone could apply by hand: order contacts by one feature.</summary>
/// <remarks>
/// The recency rule puts the most recently active contacts first. The best single feature is chosen, with its
/// direction, by ROC-AUC on the training rows alone; levels of a categorical one are ordered by their training rate,
/// drawn to the overall rate by ten rows' worth. A missing value ranks where its training rate puts it, in the
/// recency rule last.
/// </remarks>
public sealed class SingleFeatureRule
{
    const double LevelSmoothing = 10;
    readonly Func<float, double> score;

    SingleFeatureRule(string name, string feature, Func<float, double> score)
    {
        Name = name;
        Feature = feature;
        this.score = score;
    }

    public string Name { get; }

    /// <summary>The one feature it looks at.</summary>
    public string Feature { get; }

    /// <summary>The rank score of each row: higher first.</summary>
    public double[] Scores(FeatureTable table)
    {
        var column = Column(table, Feature);
        return Array.ConvertAll(table.Columns[column], value => score(value));
    }

    /// <summary>Most recently active first, or null when the table has no such feature.</summary>
    public static SingleFeatureRule? Recency(FeatureTable training, string feature) =>
        Column(training, feature) < 0
            ? null
            : new SingleFeatureRule("recency rule", feature, value => float.IsNaN(value) ? double.MinValue : -value);

    /// <summary>The feature that alone ranks the training rows best.</summary>
    public static SingleFeatureRule Best(FeatureTable training)
    {
        var ones = Metrics.Ones(training.RowCount);
        var mean = training.Labels.Average(label => (double)label);
        (double Auc, string Feature, Func<float, double> Score) best = (-1, "", _ => 0);
        for (var f = 0; f < training.Features.Count; f++)
        {
            var order = Scorer(training, f, mean);
            var auc = new Ranking(Array.ConvertAll(training.Columns[f], v => order(v)), training.Labels).RocAuc(ones);
            if (training.Features[f].Type == FeatureType.Numeric && auc < 0.5)
                (auc, order) = (1 - auc, Reversed(order));
            if (auc > best.Auc)
                best = (auc, training.Features[f].Name, order);
        }
        return new SingleFeatureRule($"single feature {best.Feature}", best.Feature, best.Score);
    }

    static Func<float, double> Reversed(Func<float, double> order) => value => -order(value);

    static Func<float, double> Scorer(FeatureTable training, int f, double mean)
    {
        var column = training.Columns[f];
        if (training.Features[f].Type == FeatureType.Categorical)
            return LevelRates(column, training.Labels, mean);
        var known = Enumerable.Range(0, column.Length).Where(row => float.IsFinite(column[row])).ToArray();
        if (known.Length == 0)
            return _ => 0;
        // A missing value takes the place of the known value with the nearest rate, found on a tenth of the rows each.
        var missing = Enumerable.Range(0, column.Length).Where(row => float.IsNaN(column[row])).ToArray();
        var rate = missing.Length == 0 ? mean : missing.Average(row => (double)training.Labels[row]);
        var sorted = known.OrderBy(row => column[row]).ToArray();
        var tenths = sorted.Chunk(Math.Max(1, (sorted.Length + 9) / 10));
        var nearest = tenths.MinBy(rows => Math.Abs(rows.Average(row => (double)training.Labels[row]) - rate))!;
        double stand = column[nearest[nearest.Length / 2]];
        return value => float.IsNaN(value) ? stand : value;
    }

    static Func<float, double> LevelRates(float[] column, float[] labels, double mean)
    {
        var sums = new Dictionary<float, (double Rows, double Positives)>();
        for (var row = 0; row < column.Length; row++)
        {
            var key = float.IsNaN(column[row]) ? -1 : column[row];
            var (rows, positives) = sums.GetValueOrDefault(key);
            sums[key] = (rows + 1, positives + labels[row]);
        }
        var rates = sums.ToDictionary(
            level => level.Key,
            level => (level.Value.Positives + LevelSmoothing * mean) / (level.Value.Rows + LevelSmoothing)
        );
        return value => rates.GetValueOrDefault(float.IsNaN(value) ? -1 : value, mean);
    }

    static int Column(FeatureTable table, string name) =>
        Enumerable
            .Range(0, table.Features.Count)
            .FirstOrDefault(f => string.Equals(table.Features[f].Name, name, StringComparison.Ordinal), -1);
}
