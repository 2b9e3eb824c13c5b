namespace LeadScoring.Scoring.Calibration;

/// <summary>Interval of a rate seen in few rows: quantiles of Beta(positives + 1/2, negatives + 1/2).</summary>
/// <remarks>Brown, Cai, DasGupta: Interval estimation for a binomial proportion, 2001. 0 and 1 stay reachable.</remarks>
public static class JeffreysInterval
{
    /// <summary>The ends of the equal-tailed interval.</summary>
    /// <param name="positives">At least 0; need not be whole (effective rows).</param>
    /// <param name="rows">At least <paramref name="positives"/>.</param>
    /// <param name="coverage">Over 0 and under 1, for example 0.9.</param>
    public static (double Low, double High) Of(double positives, double rows, double coverage)
    {
        var (a, b) = (positives + 0.5, rows - positives + 0.5);
        var tail = (1 - coverage) / 2;
        return (positives <= 0 ? 0 : BetaQuantile(tail, a, b), positives >= rows ? 1 : BetaQuantile(1 - tail, a, b));
    }

    /// <summary>The x at which the regularised incomplete beta function is <paramref name="share"/>, by bisection.</summary>
    internal static double BetaQuantile(double share, double a, double b)
    {
        double low = 0,
            high = 1;
        for (var round = 0; round < 60; round++)
        {
            var middle = (low + high) / 2;
            if (BetaDistribution(middle, a, b) < share)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>Regularised incomplete beta function I_x(a, b) by Lentz's continued fraction (DLMF 8.17.22).</summary>
    internal static double BetaDistribution(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        if (x > (a + 1) / (a + b + 2))
            return 1 - BetaDistribution(1 - x, b, a);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        const double tiny = 1e-300;
        double c = 1,
            d = 0,
            f = 1;
        for (var i = 0; i <= 500; i++)
        {
            var m = i / 2;
            var term =
                i == 0 ? 1
                : i % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 + term * d;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            c = Math.Abs(c) < tiny ? tiny : c;
            f *= c * d;
            if (i > 0 && Math.Abs(1 - c * d) < 1e-14)
                break;
        }
        return front * (f - 1);
    }

    /// <summary>ln of the gamma function for x over 0 (Lanczos, g = 7, nine terms: 15 digits).</summary>
    static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms =
        [
            0.99999999999980993,
            676.5203681218851,
            -1259.1392167224028,
            771.32342877765313,
            -176.61502916214059,
            12.507343278686905,
            -0.13857109526572012,
            9.9843695780195716e-6,
            1.5056327351493116e-7,
        ];
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        x--;
        var sum = terms[0];
        for (var i = 1; i < terms.Length; i++)
            sum += terms[i] / (x + i);
        var t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
