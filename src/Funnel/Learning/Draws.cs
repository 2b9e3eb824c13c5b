using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Funnel.Learning;

/// <summary>A seeded stream of uniform, normal, gamma and beta numbers.</summary>
/// <remarks>One stream serves one decision: what is drawn for a contact then does not depend on who came before.</remarks>
sealed class Draws(ulong seed)
{
    SplitMix _chance = new(seed);

    /// <summary>Uniform on (0, 1), neither end included, so that its logarithm is finite.</summary>
    public double Unit() => ((_chance.Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Standard normal by Box and Muller (1958), one of the pair.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>Beta(a, b) as X / (X + Y) of two gammas, by their logarithms: tiny shapes do not underflow to 0 / 0.</summary>
    public double Beta(double a, double b)
    {
        var x = LogGamma(a);
        var y = LogGamma(b);
        return 1 / (1 + Math.Exp(y - x));
    }

    /// <summary>The logarithm of a Gamma(shape, 1) number.</summary>
    /// <remarks>
    /// Marsaglia and Tsang: A simple method for generating gamma variables, ACM TOMS 26 (2000), 363-372. For a shape
    /// below 1: Gamma(shape) has the distribution of Gamma(shape + 1) times U^(1 / shape), as they say in section 6.
    /// </remarks>
    public double LogGamma(double shape)
    {
        if (!(shape > 0) || !double.IsFinite(shape))
            throw new ArgumentOutOfRangeException(nameof(shape), shape, "A gamma's shape is a positive number.");
        if (shape < 1)
            return LogGamma(shape + 1) + Math.Log(Unit()) / shape;
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var root = 1 + c * x;
            if (root <= 0)
                continue;
            var logV = 3 * Math.Log(root);
            if (Math.Log(Unit()) < x * x / 2 + d - d * Math.Exp(logV) + d * logV)
                return Math.Log(d) + logV;
        }
    }
}
