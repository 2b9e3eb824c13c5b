namespace LeadScoring.Funnel.Learning;

/// <summary>A seeded stream of uniform, normal, gamma and beta numbers.</summary>
/// <remarks>One stream serves one decision: what is drawn for a contact then does not depend on who came before.</remarks>
sealed class Draws(ulong seed)
{
    const ulong Golden = 0x9E3779B97F4A7C15;
    ulong _state = seed;

    /// <summary>The next 64 bits of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), the same on every machine.</summary>
    public ulong Next() => Mix(_state = unchecked(_state + Golden));

    /// <summary>A number in [0, bound), each equally likely up to 2^-32.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Scrambles 64 bits so that every input bit moves every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    /// <summary>A stable hash of a text (FNV-1a over UTF-16, then scrambled) under a seed.</summary>
    public static ulong Hash(string text, int seed)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var letter in text)
                hash = (hash ^ letter) * 1099511628211;
            return Mix(hash ^ Mix((uint)seed + Golden));
        }
    }

    /// <summary>Uniform on (0, 1), neither end included, so that its logarithm is finite.</summary>
    public double Unit() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

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
