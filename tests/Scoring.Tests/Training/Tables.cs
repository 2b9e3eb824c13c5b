using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>Feature tables for tests.</summary>
static class Tables
{
    /// <summary>Mean log loss with a shift added to every score.</summary>
    public static double MeanLoss(IEnumerable<double> scores, float[] labels, double shift) =>
        scores
            .Zip(labels, (score, label) => Math.Log(1 + Math.Exp(label == 1 ? -score - shift : score + shift)))
            .Average();

    /// <summary>The least mean log loss over all shifts from -3 to 3, by halving thirds.</summary>
    public static double LeastLoss(double[] scores, float[] labels)
    {
        var (low, high) = (-3.0, 3.0);
        while (high - low > 1e-5)
        {
            var (a, b) = (low + (high - low) / 3, high - (high - low) / 3);
            (low, high) = MeanLoss(scores, labels, a) < MeanLoss(scores, labels, b) ? (low, b) : (a, high);
        }
        return MeanLoss(scores, labels, low);
    }

    public static FeatureTable Of(Feature[] features, float[][] columns, float[] labels, float[]? weights = null)
    {
        var rows = labels.Length;
        return new FeatureTable(
            features,
            [.. Enumerable.Range(0, rows).Select(row => $"contact-{row:D6}")],
            [.. Enumerable.Repeat(new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), rows)],
            columns,
            labels,
            weights
        );
    }

    public static FeatureTable Numeric(float[][] columns, float[] labels, float[]? weights = null) =>
        Of([.. columns.Select((_, f) => Feature.Numeric($"f{f}", "traces"))], columns, labels, weights);

    /// <summary>Rows of numbers with 15 % missing values and two categorical columns; the label depends on some.</summary>
    public static FeatureTable Random(int rows, int numbers, int seed)
    {
        var random = new Random(seed);
        var features = new List<Feature>();
        var columns = new List<float[]>();
        for (var f = 0; f < numbers; f++)
        {
            features.Add(Feature.Numeric($"f{f}", "traces"));
            columns.Add([
                .. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.15 ? float.NaN : Value(random, f)),
            ]);
        }
        foreach (var levels in new[] { 3, 20 })
        {
            features.Add(Feature.Categorical($"c{levels}", [.. Enumerable.Range(0, levels).Select(l => $"level{l}")]));
            columns.Add([
                .. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.1 ? float.NaN : random.Next(levels)),
            ]);
        }
        var labels = Enumerable.Range(0, rows).Select(row => Label(random, columns, row)).ToArray();
        return Of([.. features], [.. columns], labels);
    }

    static float Value(Random random, int feature) =>
        feature % 2 == 0 ? random.Next(6) : (float)(random.NextDouble() * 100 - 50);

    static float Label(Random random, List<float[]> columns, int row)
    {
        var odds = -1.0;
        odds += float.IsNaN(columns[0][row]) ? -1 : columns[0][row] * 0.5;
        odds += columns[1][row] > 10 ? 1 : 0;
        odds += columns[^1][row] % 3 == 1 ? 1.5 : 0;
        return random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? 1 : 0;
    }

    public static double Auc(double[] scores, float[] labels)
    {
        double wins = 0;
        double pairs = 0;
        for (var one = 0; one < scores.Length; one++)
        for (var zero = 0; zero < scores.Length; zero++)
            if (labels[one] == 1 && labels[zero] == 0)
            {
                pairs++;
                wins +=
                    scores[one] > scores[zero] ? 1
                    : scores[one] == scores[zero] ? 0.5
                    : 0;
            }
        return wins / pairs;
    }
}
