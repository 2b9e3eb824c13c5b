namespace LeadScoring.Funnel.Learning;

/// <summary>A figure with the ends of its 95 % interval.</summary>
public readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>The 97.5 % point of the standard normal distribution.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>Whether zero is within.</summary>
    public bool HoldsZero => !(Low > 0 || High < 0);

    /// <summary>Wilson's score interval of a share (JASA 22, 1927), for a share of a group of any size, whole or not.</summary>
    public static Interval OfShare(double share, double size)
    {
        var z2 = Z * Z / size;
        var centre = (share + z2 / 2) / (1 + z2);
        var half = Z * Math.Sqrt(share * (1 - share) / size + z2 / (4 * size)) / (1 + z2);
        return new(share, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>
    /// Newcombe's hybrid score interval of the difference a - b of two independent shares: good where movers are few, and
    /// with none at all (Statistics in Medicine 17, 1998, 873-890, method 10).
    /// </summary>
    public static Interval OfDifference(Interval a, Interval b)
    {
        var value = a.Value - b.Value;
        return new(
            value,
            value - Math.Sqrt(Squared(a.Value - a.Low) + Squared(b.High - b.Value)),
            value + Math.Sqrt(Squared(a.High - a.Value) + Squared(b.Value - b.Low))
        );
    }

    static double Squared(double x) => x * x;
}
