using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>A feature table as columns a linear model can use: standardised, nothing missing, levels as 0/1.</summary>
/// <remarks>
/// A missing number becomes the mean (0 after standardising) and, where that is neither rare nor nearly always so,
/// sets a column of its own. Levels with fewer than 20 rows, and all but the 50 most frequent, have no column. Means,
/// spreads and levels are those of the rows it was learnt from.
/// </remarks>
sealed class DesignMatrix
{
    const int MinimumLevelRows = 20;
    const int MostLevels = 50;
    const double RareShare = 0.005;
    readonly List<Term> terms = [];

    public DesignMatrix(FeatureTable training)
    {
        for (var f = 0; f < training.Features.Count; f++)
        {
            if (training.Features[f].Type == FeatureType.Categorical)
                AddLevels(f, training.Columns[f]);
            else
                AddNumber(f, training.Columns[f]);
        }
    }

    public int Width => terms.Count;

    /// <summary>One array of row values a term; the table has the features it was learnt from, in their order.</summary>
    public float[][] Of(FeatureTable table) =>
        [.. terms.Select(term => Array.ConvertAll(table.Columns[term.Feature], value => term.Of(value)))];

    void AddNumber(int feature, float[] column)
    {
        var known = column.Where(float.IsFinite).ToArray();
        var missingShare = 1 - (double)known.Length / column.Length;
        if (known.Length > 0)
        {
            var mean = known.Average(value => (double)value);
            var spread = Math.Sqrt(known.Average(value => (value - mean) * (value - mean)));
            if (spread > 1e-9 * Math.Max(1, Math.Abs(mean)))
                terms.Add(new Term(feature, TermKind.Number, mean, spread));
        }
        if (missingShare is > RareShare and < 1 - RareShare)
            terms.Add(Flag(feature, TermKind.Missing, 0, missingShare));
    }

    void AddLevels(int feature, float[] column)
    {
        var frequent = column
            .Where(float.IsFinite)
            .GroupBy(value => value)
            .Where(level => level.Count() >= MinimumLevelRows && level.Count() < column.Length)
            .OrderByDescending(level => level.Count())
            .ThenBy(level => level.Key)
            .Take(MostLevels);
        foreach (var level in frequent)
            terms.Add(Flag(feature, TermKind.Level, level.Key, (double)level.Count() / column.Length));
    }

    static Term Flag(int feature, TermKind kind, float level, double share) =>
        new(feature, kind, share, Math.Sqrt(share * (1 - share)), level);

    enum TermKind
    {
        Number,
        Missing,
        Level,
    }

    readonly record struct Term(int Feature, TermKind Kind, double Mean, double Spread, float Level = 0)
    {
        public float Of(float value)
        {
            double raw = Kind switch
            {
                TermKind.Missing => float.IsNaN(value) ? 1 : 0,
                TermKind.Level => value == Level ? 1 : 0,
                TermKind.Number => float.IsFinite(value) ? value : Mean,
            };
            return (float)((raw - Mean) / Spread);
        }
    }
}
