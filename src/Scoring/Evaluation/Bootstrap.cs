namespace LeadScoring.Scoring.Evaluation;

/// <summary>A figure with the interval that its bootstrap replicates span.</summary>
public readonly record struct Figure(double Value, double Low, double High)
{
    public static Figure Unknown { get; } = new(double.NaN, double.NaN, double.NaN);
}

/// <summary>Seeded bootstrap over clusters: all rows of a contact are drawn together, since they are not independent.</summary>
/// <remarks>
/// Replicate b draws as many contacts as there are, with replacement; a row weighs as often as its contact was drawn
/// (Field and Welsh: Bootstrapping clustered data, 2007). Intervals are percentiles. The same rows, seed and replicate
/// give the same weights, so that figures of several scores on the same rows can be compared in pairs.
/// </remarks>
public sealed class Bootstrap
{
    readonly int[] cluster;
    readonly int seed;

    /// <param name="contacts">The contact of each row.</param>
    /// <param name="replicates">Between 200 and 1,000 suit most tables.</param>
    public Bootstrap(IReadOnlyList<string> contacts, int replicates, int seed)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        cluster = new int[contacts.Count];
        for (var row = 0; row < cluster.Length; row++)
        {
            if (!codes.TryGetValue(contacts[row], out var code))
                codes.Add(contacts[row], code = codes.Count);
            cluster[row] = code;
        }
        Clusters = codes.Count;
        Replicates = replicates;
        this.seed = seed;
    }

    /// <summary>Contacts among the rows.</summary>
    public int Clusters { get; }

    public int Replicates { get; }

    /// <summary>Coverage the intervals aim at.</summary>
    public const double Coverage = 0.95;

    /// <summary>As many replicates as keep the work near 40 million row visits, between 200 and 1,000.</summary>
    public static int ReplicatesFor(int rows) => Math.Clamp(40_000_000 / Math.Max(1, rows), 200, 1000);

    /// <summary>Fills the weight of each row in one replicate.</summary>
    public void Draw(int replicate, Span<double> weights)
    {
        var drawn = new int[Clusters];
        var chance = new SplitMix(SplitMix.Mix((ulong)(uint)seed) ^ SplitMix.Mix((ulong)replicate + 1));
        for (var i = 0; i < Clusters; i++)
            drawn[chance.Below(Clusters)]++;
        for (var row = 0; row < cluster.Length; row++)
            weights[row] = drawn[cluster[row]];
    }

    /// <summary>The value with the percentile interval of its replicates; replicates that are NaN are left out.</summary>
    public static Figure Around(double value, IEnumerable<double> replicates)
    {
        var sorted = replicates.Where(double.IsFinite).Order().ToArray();
        if (double.IsNaN(value) || sorted.Length == 0)
            return new Figure(value, double.NaN, double.NaN);
        return new Figure(value, Quantile(sorted, (1 - Coverage) / 2), Quantile(sorted, (1 + Coverage) / 2));
    }

    /// <summary>The quantile of sorted values, interpolated between its two neighbours.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length
            ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
            : sorted[below];
    }
}
