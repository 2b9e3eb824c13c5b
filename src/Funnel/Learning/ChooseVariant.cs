using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Learning;

/// <summary>A message that is to be sent in one of several variants.</summary>
/// <param name="Key">The follow-up's idempotency key: with the seed and the counts it settles the choice.</param>
/// <param name="Municipality">Null for a message in nobody's name.</param>
public sealed record VariantQuestion(string Key, int? Municipality, Stage Stage);

/// <summary>Which variant of a message a contact gets: Thompson sampling within limits.</summary>
/// <remarks>
/// Each variant's share of answers is drawn from what is believed of it, and the highest draw is sent (Thompson,
/// Biometrika 25, 1933; Chapelle and Li, NIPS 2011): a variant is chosen as often as it is likely to be the best. Before
/// that, a share of <c>MinimumShare x variants</c> of the messages is dealt evenly, so every variant keeps its minimum and
/// a first impression can be mended. Both come from a stream of the follow-up's own, seeded by seed and key: the same
/// counts give the same choice in whatever order, on whichever worker, and again after a crash. How many messages a
/// contact gets is not decided here, so no cap of a contact can be broken here.
/// </remarks>
public static class ChooseVariant
{
    /// <summary>The variant for one message; null when all that take part have reached their caps.</summary>
    /// <exception cref="FunnelException">The limits contradict each other or the variants.</exception>
    public static string? For(
        VariantQuestion question,
        IReadOnlyList<string> variants,
        VariantCounts counts,
        VariantLimits limits,
        int seed
    )
    {
        var admitted = limits.Admit(variants);
        return Choose(question, admitted, v => counts.Sent(null, v) < limits.CapOf(v), counts, limits, seed);
    }

    /// <summary>
    /// The variants for many messages at once, by key: the same as one by one, except where a variant would exceed its
    /// cap. Who gets the last ones under a cap is decided by a seeded order of the keys, not by the order given.
    /// </summary>
    /// <exception cref="FunnelException">The limits contradict each other or the variants.</exception>
    public static IReadOnlyDictionary<string, string?> ForAll(
        IEnumerable<VariantQuestion> questions,
        IReadOnlyList<string> variants,
        VariantCounts counts,
        VariantLimits limits,
        int seed
    )
    {
        var admitted = limits.Admit(variants);
        var left = admitted.ToDictionary(v => v, v => limits.CapOf(v) - counts.Sent(null, v), StringComparer.Ordinal);
        var choices = new Dictionary<string, string?>(StringComparer.Ordinal);
        var inTurn = questions.OrderBy(q => Draws.Hash(q.Key, seed)).ThenBy(q => q.Key, StringComparer.Ordinal);
        foreach (var question in inTurn)
        {
            var choice = Choose(question, admitted, v => left[v] > 0, counts, limits, seed);
            if (choices.TryAdd(question.Key, choice) && choice is not null)
                left[choice]--;
        }
        return choices;
    }

    /// <summary>
    /// Draws for every variant, the full ones too, so that a cap reached elsewhere moves only those who would have got
    /// the full variant.
    /// </summary>
    static string? Choose(
        VariantQuestion question,
        IReadOnlyList<string> variants,
        Func<string, bool> isOpen,
        VariantCounts counts,
        VariantLimits limits,
        int seed
    )
    {
        var draws = new Draws(Draws.Hash(question.Key, seed));
        var dealt = draws.Unit();
        if (dealt < limits.MinimumShare * variants.Count)
        {
            var inTurn = variants[Math.Min((int)(dealt / limits.MinimumShare), variants.Count - 1)];
            if (isOpen(inTurn))
                return inTurn;
        }
        string? best = null;
        var highest = double.NegativeInfinity;
        foreach (var variant in variants)
        {
            var belief = counts.Of(question.Municipality, question.Stage, variant, limits.PoolWeight);
            var share = draws.Beta(belief.Alpha, belief.Beta);
            if (isOpen(variant) && share > highest)
                (best, highest) = (variant, share);
        }
        return best;
    }
}
