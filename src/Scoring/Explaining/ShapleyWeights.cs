namespace LeadScoring.Scoring.Explaining;

/// <summary>What each feature on a leaf's path contributes, given which of them the row agrees with.</summary>
/// <remarks>
/// Lundberg, Erion and Lee 2018 (arXiv 1802.03888), algorithm 2, for one leaf: with the features S known and the others
/// averaged, the leaf is reached with weight <c>∏(S) o_i ∏(not S) z_i</c>, o_i 1 when the row agrees with all questions of
/// feature i and else 0, z_i its share. <c>EXTEND</c> builds the weights by number of known features; <c>UNWIND</c> takes
/// one feature out again, whose contribution is <c>value (o_i - z_i) ∑ weights</c>.
/// </remarks>
static class ShapleyWeights
{
    /// <param name="agrees">Bit i is set when the row agrees with feature i of the path.</param>
    /// <param name="contributions">One a feature of the path.</param>
    public static void Fill(LeafPath path, ReadOnlySpan<bool> agrees, Span<double> contributions)
    {
        var depth = path.Shares.Length;
        Span<double> weights = stackalloc double[depth + 1];
        weights[0] = 1;
        for (var i = 0; i < depth; i++)
            Extend(weights, i + 1, agrees[i] ? 1 : 0, path.Shares[i]);
        for (var i = 0; i < depth; i++)
        {
            var one = agrees[i] ? 1.0 : 0.0;
            var zero = path.Shares[i];
            contributions[i] = one == zero ? 0 : path.Value * (one - zero) * UnwoundSum(weights, depth, one, zero);
        }
    }

    /// <param name="length">Features on the path, the new one included.</param>
    static void Extend(Span<double> weights, int length, double one, double zero)
    {
        weights[length] = 0;
        for (var i = length - 1; i >= 0; i--)
        {
            weights[i + 1] += one * weights[i] * (i + 1) / (length + 1);
            weights[i] = zero * weights[i] * (length - i) / (length + 1);
        }
    }

    /// <summary>Sum of the weights with one feature taken out; never divides by 0, as <c>one != zero</c>.</summary>
    static double UnwoundSum(ReadOnlySpan<double> weights, int length, double one, double zero)
    {
        var total = 0.0;
        if (one == 0)
        {
            for (var i = length - 1; i >= 0; i--)
                total += weights[i] / (zero * (length - i));
            return total * (length + 1);
        }
        var next = weights[length];
        for (var i = length - 1; i >= 0; i--)
        {
            var taken = next * (length + 1) / (i + 1);
            total += taken;
            next = weights[i] - taken * zero * (length - i) / (length + 1);
        }
        return total;
    }
}
