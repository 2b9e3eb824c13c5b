namespace LeadScoring.Scoring.Training;

/// <summary>Log loss of 0/1 labels under raw scores in log-odds: <c>l = -w (y log p + (1-y) log(1-p))</c>.</summary>
/// <remarks>Derivatives by the raw score: <c>l' = w (p - y)</c>, <c>l'' = w p (1 - p)</c>.</remarks>
static class LogLoss
{
    const int BlockRows = 8192;

    /// <summary>The log-odds of the weighted share of ones: the best constant raw score.</summary>
    public static double Prior(float[] labels, float[] weights)
    {
        var (ones, all) = (0.0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            var weight = Weight(weights, row);
            ones += weight * labels[row];
            all += weight;
        }
        return Math.Log(ones / (all - ones));
    }

    public static double Weight(float[] weights, int row) => weights.Length == 0 ? 1 : weights[row];

    public static void Derivatives(
        double[] scores,
        float[] labels,
        float[] weights,
        Gradients into,
        ParallelOptions parallel
    ) =>
        Blocks.Run(
            scores.Length,
            BlockRows,
            parallel,
            (_, from, until) =>
            {
                for (var row = from; row < until; row++)
                {
                    var p = 1 / (1 + Math.Exp(-scores[row]));
                    var weight = Weight(weights, row);
                    into.Set(row, weight * (p - labels[row]), weight * p * (1 - p));
                }
            }
        );

    /// <summary>
    /// Weighted sums over rows [from, until) of the loss, its derivatives by <paramref name="shift"/>, which is added to
    /// every raw score, and of the weights.
    /// </summary>
    public static (double Loss, double Slope, double Curve, double Weight) Sums(
        double[] scores,
        float[] labels,
        float[] weights,
        double shift,
        int from,
        int until
    )
    {
        var (loss, slope, curve, all) = (0.0, 0.0, 0.0, 0.0);
        for (var row = from; row < until; row++)
        {
            var weight = Weight(weights, row);
            var score = scores[row] + shift;
            var p = 1 / (1 + Math.Exp(-score));
            loss += weight * Of(labels[row] > 0.5f ? score : -score);
            slope += weight * (p - labels[row]);
            curve += weight * p * (1 - p);
            all += weight;
        }
        return (loss, slope, curve, all);
    }

    /// <summary><c>log(1 + e^-margin)</c> without overflow.</summary>
    static double Of(double margin) =>
        margin > 0 ? double.LogP1(Math.Exp(-margin)) : -margin + double.LogP1(Math.Exp(margin));
}
