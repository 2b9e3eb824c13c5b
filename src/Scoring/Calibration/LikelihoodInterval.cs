namespace LeadScoring.Scoring.Calibration;

/// <summary>What held-out rows near a raw score say about how far off its likelihood may be.</summary>
/// <param name="RawScore">Mean raw score of the neighbourhood.</param>
/// <param name="Below">How far the interval reaches down, in log-odds.</param>
/// <param name="Above">How far it reaches up, in log-odds.</param>
/// <param name="Rows">Held-out rows in the neighbourhood.</param>
/// <param name="Contacts">Distinct contacts among them: they, not the rows, are what the interval counts.</param>
/// <param name="Positives">Rows among them that relocated.</param>
public sealed record Neighbourhood(double RawScore, double Below, double Above, int Rows, int Contacts, int Positives);

/// <summary>The 90 % interval around a likelihood, from the observed rate of held-out rows with such scores.</summary>
/// <remarks>
/// Held-out rows are cut by raw score into neighbourhoods that expect equally much information (sum of p (1 - p)), at
/// most 20 and each with about ten positives if there are that many. Jeffreys' interval of a neighbourhood's observed
/// rate (rows of one contact counted once) is kept as distances in log-odds from its mean likelihood, never below 0,
/// and interpolated between neighbourhoods. So few positives widen it, a miscalibrated stretch widens it to the side
/// where the truth lies, and low &lt;= likelihood &lt;= high always holds.
/// </remarks>
public sealed record LikelihoodInterval(IReadOnlyList<Neighbourhood> Neighbourhoods)
{
    /// <summary>Coverage the interval aims at.</summary>
    public const double Coverage = 0.9;

    const int PositivesEach = 10;
    const int Most = 20;

    /// <summary>The interval of a row.</summary>
    /// <param name="likelihood">What the calibrator gives for <paramref name="rawScore"/>.</param>
    public (double Low, double High) Around(double rawScore, double likelihood)
    {
        if (Neighbourhoods.Count == 0)
            return (0, 1);
        var (below, above) = Distances(rawScore);
        var middle = LogOdds.Of(likelihood);
        return (
            Math.Min(likelihood, LogOdds.ToLikelihood(middle - below)),
            Math.Max(likelihood, LogOdds.ToLikelihood(middle + above))
        );
    }

    public static LikelihoodInterval Fit(double[] rawScores, float[] labels, string[] contacts, Calibrator calibrator)
    {
        if (labels.Length == 0)
            return new LikelihoodInterval([]);
        var order = Enumerable.Range(0, labels.Length).OrderBy(row => rawScores[row]).ToArray();
        var likelihoods = calibrator.Likelihoods(rawScores);
        var rarer = contacts.Where((_, row) => labels[row] == 1).Distinct(StringComparer.Ordinal).Count();
        rarer = Math.Min(rarer, contacts.Where((_, row) => labels[row] == 0).Distinct(StringComparer.Ordinal).Count());
        var parts = Math.Clamp(rarer / PositivesEach, 1, Most);
        var spread = Array.ConvertAll(order, row => likelihoods[row] * (1 - likelihoods[row]) + 1e-9);
        var total = spread.Sum();
        var neighbourhoods = new List<Neighbourhood>();
        double passed = 0;
        for (int from = 0, place = 0; place < order.Length; place++)
        {
            passed += spread[place];
            var full = passed >= total * (neighbourhoods.Count + 1) / parts || place == order.Length - 1;
            var tied = place + 1 < order.Length && rawScores[order[place]] == rawScores[order[place + 1]];
            if (!full || tied)
                continue;
            neighbourhoods.Add(Of(order.AsSpan(from, place + 1 - from), rawScores, labels, contacts, likelihoods));
            from = place + 1;
        }
        return new LikelihoodInterval(neighbourhoods);
    }

    static Neighbourhood Of(
        ReadOnlySpan<int> rows,
        double[] rawScores,
        float[] labels,
        string[] contacts,
        double[] likelihoods
    )
    {
        double raw = 0,
            expected = 0;
        var positives = 0;
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            raw += rawScores[row];
            expected += likelihoods[row];
            positives += labels[row] == 1 ? 1 : 0;
            distinct.Add(contacts[row]);
        }
        var rate = (double)positives / rows.Length;
        var (low, high) = JeffreysInterval.Of(rate * distinct.Count, distinct.Count, Coverage);
        var middle = LogOdds.Of(expected / rows.Length);
        return new Neighbourhood(
            raw / rows.Length,
            Math.Max(0, middle - LogOdds.Of(low)),
            Math.Max(0, LogOdds.Of(high) - middle),
            rows.Length,
            distinct.Count,
            positives
        );
    }

    (double Below, double Above) Distances(double rawScore)
    {
        var next = 0;
        while (next < Neighbourhoods.Count && Neighbourhoods[next].RawScore < rawScore)
            next++;
        if (next == 0 || next == Neighbourhoods.Count)
        {
            var end = Neighbourhoods[Math.Min(next, Neighbourhoods.Count - 1)];
            return (end.Below, end.Above);
        }
        var (left, right) = (Neighbourhoods[next - 1], Neighbourhoods[next]);
        var share = (rawScore - left.RawScore) / (right.RawScore - left.RawScore);
        return (left.Below + share * (right.Below - left.Below), left.Above + share * (right.Above - left.Above));
    }
}
