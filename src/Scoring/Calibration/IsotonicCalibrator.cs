namespace LeadScoring.Scoring.Calibration;

/// <summary>Steps that follow the observed rates, joined by straight lines between the steps' middles.</summary>
/// <param name="RawScores">Mean raw score of each step, rising.</param>
/// <param name="Rates">Likelihood at each of them, never falling.</param>
/// <remarks>
/// Pool adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002). Rates keep half a row's distance from 0 and 1:
/// no number of rows proves "never".
/// </remarks>
public sealed record IsotonicCalibrator(IReadOnlyList<double> RawScores, IReadOnlyList<double> Rates) : Calibrator
{
    public override double Likelihood(double rawScore)
    {
        if (rawScore <= RawScores[0])
            return Rates[0];
        if (rawScore >= RawScores[^1])
            return Rates[^1];
        int below = 0,
            above = RawScores.Count - 1;
        while (above - below > 1)
        {
            var middle = (below + above) / 2;
            if (RawScores[middle] <= rawScore)
                below = middle;
            else
                above = middle;
        }
        var share = (rawScore - RawScores[below]) / (RawScores[above] - RawScores[below]);
        return Rates[below] + share * (Rates[above] - Rates[below]);
    }

    public bool Equals(IsotonicCalibrator? other) =>
        other is not null && RawScores.SequenceEqual(other.RawScores) && Rates.SequenceEqual(other.Rates);

    public override int GetHashCode() => HashCode.Combine(RawScores.Count, Rates.Count, RawScores[0], Rates[^1]);

    internal static IsotonicCalibrator Fit(double[] rawScores, float[] labels)
    {
        var (scores, ordered) = ((double[])rawScores.Clone(), (float[])labels.Clone());
        Array.Sort(scores, ordered);
        var ties = new List<Step>();
        for (var place = 0; place < scores.Length; place++)
        {
            var step = new Step(1, scores[place], ordered[place], scores[place]);
            // Equal raw scores are one step from the start: they can only have one likelihood.
            if (ties.Count > 0 && ties[^1].First == step.First)
                ties[^1] = ties[^1].With(step);
            else
                ties.Add(step);
        }
        var pooled = Pool(ties);
        var nearest = 0.5 / (labels.Length + 1);
        return new IsotonicCalibrator(
            [.. pooled.Select(step => step.Raw / step.Rows)],
            [.. pooled.Select(step => Math.Clamp(step.Rate, nearest, 1 - nearest))]
        );
    }

    static List<Step> Pool(List<Step> steps)
    {
        var pooled = new List<Step>();
        foreach (var next in steps)
        {
            var step = next;
            while (pooled.Count > 0 && pooled[^1].Rate >= step.Rate)
            {
                step = pooled[^1].With(step);
                pooled.RemoveAt(pooled.Count - 1);
            }
            pooled.Add(step);
        }
        return pooled;
    }

    /// <summary>Sums over the rows of one step.</summary>
    readonly record struct Step(double Rows, double Raw, double Positives, double First)
    {
        public double Rate => Positives / Rows;

        public Step With(Step next) => new(Rows + next.Rows, Raw + next.Raw, Positives + next.Positives, First);
    }
}
