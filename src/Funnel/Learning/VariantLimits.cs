namespace LeadScoring.Funnel.Learning;

/// <summary>The bounds within which the choice of variants may learn; a policy sets them.</summary>
/// <param name="MinimumShare">
/// The chance every variant that takes part has at every choice, whatever was learnt: 0.05 with three variants leaves 85 %
/// of the messages to learning.
/// </param>
/// <param name="MostVariants">Variants that take part at a time; further ones wait in the order of the policy.</param>
/// <param name="PoolWeight">For how many messages of a municipality's own those of all others count at most.</param>
/// <param name="Caps">
/// The most messages a variant may ever be sent as, those sent before included; null or not named: no cap.
/// </param>
public sealed record VariantLimits(
    double MinimumShare = 0.05,
    int MostVariants = 4,
    double PoolWeight = 200,
    IReadOnlyDictionary<string, long>? Caps = null
)
{
    /// <summary>The cap of a variant, or no end.</summary>
    public long CapOf(string variant) => Caps?.GetValueOrDefault(variant, long.MaxValue) ?? long.MaxValue;

    /// <summary>The variants that take part, in the order given.</summary>
    /// <exception cref="FunnelException">The limits contradict each other or the variants.</exception>
    public IReadOnlyList<string> Admit(IReadOnlyList<string> variants)
    {
        List<string> faults =
        [
            .. When(!(MinimumShare >= 0 && MinimumShare <= 1), $"minimumShare is {MinimumShare}, expected 0 to 1"),
            .. When(MostVariants < 1, $"mostVariants is {MostVariants}, expected at least 1"),
            .. When(!(PoolWeight >= 0), $"poolWeight is {PoolWeight}, expected 0 or more"),
            .. When(variants.Count == 0, "no variant is given, expected at least one template"),
            .. variants
                .GroupBy(v => v, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
                .Select(g => $"variant '{g.Key}' is given {g.Count()} times, expected once"),
        ];
        var admitted = variants.Take(Math.Max(MostVariants, 1)).ToList();
        if (MinimumShare * admitted.Count > 1 + 1e-9)
            faults.Add(
                $"minimumShare is {MinimumShare} for each of {admitted.Count} variants, expected at most "
                    + $"{1.0 / admitted.Count:0.###}; lower it or mostVariants"
            );
        return faults.Count == 0
            ? admitted
            : throw new FunnelException("Message variants: " + string.Join("; ", faults));
    }

    static string[] When(bool isFault, string message) => isFault ? [message] : [];
}
