namespace LeadScoring.Ingestion.Features;

/// <summary>Weights that halve with age: 2^-(age / half-life), to 1e-10 relative, without calling exp.</summary>
/// <remarks>
/// 2^-x = 2^-floor(x) · 2^-(k/1024) · e^-(r ln 2) with k the first ten bits of x's fraction and r &lt; 1/1024 the rest;
/// the last factor is its Taylor polynomial 1 - t + t²/2. Weights below 2^-1000 are 0.
/// </remarks>
readonly struct HalfLife(int days)
{
    const int Bits = 10;
    const int Steps = 1 << Bits;
    static readonly double[] Fractions = [.. Enumerable.Range(0, Steps).Select(k => Math.Pow(2, -k / (double)Steps))];

    readonly double _perMicrosecond = Steps / (days * (double)LocalCalendar.Day);

    /// <summary>The weight of a trace of an age in µs, at least 0.</summary>
    public double Weight(long age)
    {
        unchecked
        {
            var x = age * _perMicrosecond;
            var steps = (long)x;
            var exponent = steps >> Bits;
            if (exponent >= 1000)
                return 0;
            var t = (x - steps) * (0.693147180559945309 / Steps);
            var whole = BitConverter.Int64BitsToDouble((1023 - exponent) << 52);
            return whole * Fractions[steps & (Steps - 1)] * (1 - t + (0.5 * t * t));
        }
    }
}
