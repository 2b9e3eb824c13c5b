namespace LeadScoring.Scoring.Calibration;

/// <summary>A stretch of scores and the likelihoods that Venn-Abers gives there.</summary>
/// <param name="From">Lowest held-out score of the stretch.</param>
/// <param name="Until">Highest held-out score of the stretch.</param>
/// <param name="Low">p0: the likelihood had a contact with the lowest of these scores stayed.</param>
/// <param name="High">p1: the likelihood had a contact with the highest of these scores moved.</param>
public readonly record struct VennAbersStep(double From, double Until, double Low, double High);

/// <summary>Inductive Venn-Abers predictor: two likelihoods of a score, between which no outcome of that contact can push an isotonic fit.</summary>
/// <remarks>
/// Vovk and Petej, Venn-Abers predictors, UAI 2014. A contact with score s is added to the held-out rows, once as one
/// who stayed and once as one who moved; isotonic regression is fitted to either, and its values at s are p0 and p1.
/// Whatever happens, one of the two is calibrated. They need one row a contact: where a contact has several, the added
/// one weighs as much as a contact's rows on average, so that the pair is as wide as the contacts (not the rows) allow.
/// Above all held-out scores p1 is 1 and below them p0 is 0: nothing is known there. At most <see cref="MostSteps"/>
/// steps are kept, each with the lowest p0 and the highest p1 in it, so that a stored pair encloses the exact one.
/// </remarks>
/// <param name="Steps">By rising score, not overlapping.</param>
public sealed record VennAbers(IReadOnlyList<VennAbersStep> Steps)
{
    /// <summary>Steps that are stored at most.</summary>
    public const int MostSteps = 64;

    /// <summary>p0 and p1 of a score, p0 &lt;= p1; (0, 1) when nothing was held out.</summary>
    public (double Low, double High) Around(double score)
    {
        int below = 0,
            above = Steps.Count;
        while (below < above)
        {
            var middle = (below + above) / 2;
            if (Steps[middle].Until < score)
                below = middle + 1;
            else
                above = middle;
        }
        // `below` is the first step that reaches the score; the score may lie in the gap before it.
        var high = below < Steps.Count ? Steps[below].High : 1;
        var at = below < Steps.Count && Steps[below].From <= score ? below : below - 1;
        return (at < 0 ? 0 : Steps[at].Low, high);
    }

    public bool Equals(VennAbers? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Count == 0 ? 0 : HashCode.Combine(Steps.Count, Steps[0], Steps[^1]);

    /// <param name="scores">Of held-out rows, in any order.</param>
    /// <param name="labels">0 or 1 a row.</param>
    /// <param name="added">Weight of the added contact in rows, over 0: rows over distinct contacts.</param>
    public static VennAbers Fit(double[] scores, float[] labels, double added)
    {
        var diagram = CumulativeDiagram.Of(scores, labels);
        var low = diagram.WithOneMore(added, label: 0);
        var high = diagram.WithOneMore(added, label: 1);
        return new VennAbers(Compact(diagram.Scores, low, high));
    }

    // Cuts where the two together have risen by an equal share of their whole rise in log-odds.
    static List<VennAbersStep> Compact(double[] scores, double[] low, double[] high)
    {
        var steps = new List<VennAbersStep>();
        if (scores.Length == 0)
            return steps;
        double Height(int i) => Bounded(low[i]) + Bounded(high[i]);
        var (start, whole) = (Height(0), Height(scores.Length - 1) - Height(0));
        int Wanted(int i) => (int)((Height(i) - start) / (whole + 1e-9) * MostSteps);
        for (int from = 0, i = 0; i < scores.Length; i++)
        {
            if (scores.Length > MostSteps && i + 1 < scores.Length && Wanted(i + 1) == Wanted(from))
                continue;
            steps.Add(new VennAbersStep(scores[from], scores[i], low[from], high[i]));
            from = i + 1;
        }
        return steps;
    }

    // A likelihood below one in a million must not spend the steps.
    static double Bounded(double likelihood) => LogOdds.Of(Math.Clamp(likelihood, 1e-6, 1 - 1e-6));
}
