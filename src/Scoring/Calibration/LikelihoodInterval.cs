using System.Text.Json.Serialization;

namespace LeadScoring.Scoring.Calibration;

/// <summary>How well held-out rows near a raw score pin its likelihood down.</summary>
/// <param name="RawScore">Mean raw score of the neighbourhood.</param>
/// <param name="Moved">Contacts who moved, each counted by how many would tell as much with equally many rows.</param>
/// <param name="Stayed">Likewise contacts who did not.</param>
/// <param name="Rows">Held-out rows in the neighbourhood.</param>
/// <param name="Contacts">Distinct contacts among them.</param>
/// <param name="Positives">Rows among them that relocated.</param>
public sealed record Neighbourhood(double RawScore, double Moved, double Stayed, int Rows, int Contacts, int Positives)
{
    /// <summary>Of the log-odds of its rate, half a contact added to either side (Haldane 1956).</summary>
    [JsonIgnore]
    public double Variance => 1 / (Moved + 0.5) + 1 / (Stayed + 0.5);
}

/// <summary>The 90 % interval around a likelihood: where the share of movers in a small group of such contacts will lie.</summary>
/// <remarks>
/// The group is one in which <see cref="GroupPositives"/> are expected to move (or not to move, where that is rarer),
/// scored on one day. Three things part its share from the likelihood p, in log-odds: chance within the group, variance
/// 1 / 5; how few movers the likelihood was learnt from, 1 / (movers + 1/2) + 1 / (others + 1/2) of the held-out
/// neighbourhood, where a contact counts once; and how far the whole level wanders from period to period,
/// <see cref="PeriodDrift"/>. With s^2 their sum the ends are sin^2(asin(sqrt p) -+ 1.645 / 2 * sqrt(p (1 - p)) s):
/// the arcsine makes a share's chance the same everywhere (Anscombe 1948) and never leaves 0 to 1. The interval is
/// widened to hold p0 and p1 of <see cref="VennAbers"/>, so a stretch where the calibrator is off is seen in it.
/// </remarks>
/// <param name="Neighbourhoods">By rising raw score; none when nothing was held out, and then all is possible.</param>
/// <param name="Pair">p0 and p1 of a raw score; null in models of the first layout, which had none.</param>
/// <param name="Drift">Variance of the level between periods, in log-odds squared.</param>
public sealed record LikelihoodInterval(IReadOnlyList<Neighbourhood> Neighbourhoods, VennAbers? Pair, double Drift)
{
    /// <summary>Coverage the interval aims at.</summary>
    public const double Coverage = 0.9;

    /// <summary>Movers expected in the group whose share the interval speaks of.</summary>
    public const double GroupPositives = 5;

    const double Quantile = 1.6448536269514722; // of the normal distribution at 0.95
    const int PositivesEach = 25;
    const int Most = 20;

    /// <summary>What is known when nothing was held out.</summary>
    public static LikelihoodInterval Unknown { get; } = new([], null, 0);

    /// <summary>The interval of a row.</summary>
    /// <param name="rawScore">With its season.</param>
    /// <param name="likelihood">What the calibrator gives for <paramref name="rawScore"/>.</param>
    public (double Low, double High) Around(double rawScore, double likelihood)
    {
        if (Neighbourhoods.Count == 0)
            return (0, 1);
        var deviation = Math.Sqrt(1 / GroupPositives + VarianceAt(rawScore) + Drift);
        var angle = Math.Asin(Math.Sqrt(likelihood));
        var reach = Quantile / 2 * Math.Sqrt(likelihood * (1 - likelihood)) * deviation;
        var (low, high) = Pair?.Around(rawScore) ?? (likelihood, likelihood);
        return (
            Math.Min(Math.Min(likelihood, low), Share(Math.Max(0, angle - reach))),
            Math.Max(Math.Max(likelihood, high), Share(Math.Min(Math.PI / 2, angle + reach)))
        );
    }

    /// <param name="rows">With raw scores that have their season.</param>
    /// <param name="likelihoods">What the calibrator gives for them.</param>
    internal static LikelihoodInterval Fit(HeldOutRows rows, double[] likelihoods, int horizonDays)
    {
        if (rows.Count == 0)
            return Unknown;
        var (contacts, count) = rows.Numbers();
        return new LikelihoodInterval(
            Cut(rows, contacts, likelihoods),
            VennAbers.Fit(rows.RawScores, rows.Labels, (double)rows.Count / count),
            PeriodDrift.Variance(rows, likelihoods, horizonDays)
        );
    }

    static double Share(double angle) => Math.Sin(angle) * Math.Sin(angle);

    /// <summary>Neighbourhoods of equal information, at most 20, each with about 25 contacts of the rarer class.</summary>
    static List<Neighbourhood> Cut(HeldOutRows rows, int[] contacts, double[] likelihoods)
    {
        var order = new int[rows.Count];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        Array.Sort((double[])rows.RawScores.Clone(), order);
        var parts = Math.Clamp(RarerContacts(rows.Labels, contacts) / PositivesEach, 1, Most);
        var spread = Array.ConvertAll(order, row => likelihoods[row] * (1 - likelihoods[row]) + 1e-9);
        var total = spread.Sum();
        var neighbourhoods = new List<Neighbourhood>();
        double passed = 0;
        for (int from = 0, place = 0; place < order.Length; place++)
        {
            passed += spread[place];
            var full = passed >= total * (neighbourhoods.Count + 1) / parts || place == order.Length - 1;
            var tied = place + 1 < order.Length && rows.RawScores[order[place]] == rows.RawScores[order[place + 1]];
            if (!full || tied)
                continue;
            neighbourhoods.Add(Of(order.AsSpan(from, place + 1 - from), rows, contacts));
            from = place + 1;
        }
        return neighbourhoods;
    }

    static int RarerContacts(float[] labels, int[] contacts)
    {
        int Distinct(float label) => contacts.Where((_, row) => labels[row] == label).Distinct().Count();
        return Math.Min(Distinct(0), Distinct(1));
    }

    static Neighbourhood Of(ReadOnlySpan<int> of, HeldOutRows rows, int[] contacts)
    {
        double raw = 0;
        var positives = 0;
        var moved = new Dictionary<int, double>();
        var stayed = new Dictionary<int, double>();
        foreach (var row in of)
        {
            var mine = rows.Labels[row] == 1 ? moved : stayed;
            raw += rows.RawScores[row];
            positives += rows.Labels[row] == 1 ? 1 : 0;
            mine[contacts[row]] = mine.GetValueOrDefault(contacts[row]) + 1;
        }
        var distinct = moved.Keys.Union(stayed.Keys).Count();
        return new Neighbourhood(raw / of.Length, Effective(moved), Effective(stayed), of.Length, distinct, positives);
    }

    // Contacts that would tell as much if each had equally many rows (Kish 1965): (sum n)^2 / sum n^2.
    static double Effective(Dictionary<int, double> rowsOfContact)
    {
        var rows = rowsOfContact.Values.Sum();
        return rows == 0 ? 0 : rows * rows / rowsOfContact.Values.Sum(n => n * n);
    }

    double VarianceAt(double rawScore)
    {
        var next = 0;
        while (next < Neighbourhoods.Count && Neighbourhoods[next].RawScore < rawScore)
            next++;
        if (next == 0 || next == Neighbourhoods.Count)
            return Neighbourhoods[Math.Min(next, Neighbourhoods.Count - 1)].Variance;
        var (left, right) = (Neighbourhoods[next - 1], Neighbourhoods[next]);
        var share = (rawScore - left.RawScore) / (right.RawScore - left.RawScore);
        return left.Variance + share * (right.Variance - left.Variance);
    }
}
