namespace LeadScoring.Scoring.Explaining;

/// <summary>Points and weights whose weighted sum is a polynomial's integral over 0 to 1.</summary>
/// <remarks>
/// n points are exact up to degree 2n - 1 (Gauss 1814). The points are the roots of the Legendre polynomial P_n, moved from
/// [-1, 1]; found by Newton's method from <c>cos(π (i + 3/4) / (n + 1/2))</c>, with <c>P_n</c> and its derivative by
/// <c>k P_k = (2k - 1) x P_(k-1) - (k - 1) P_(k-2)</c> and <c>(x² - 1) P'_n = n (x P_n - P_(n-1))</c>; the weights are
/// <c>2 / ((1 - x²) P'_n²)</c> (Abramowitz and Stegun 1964, 25.4.29).
/// </remarks>
sealed record GaussLegendre(double[] Points, double[] Weights)
{
    public static GaussLegendre Of(int count)
    {
        var (points, weights) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            for (var step = 0; step < 10; step++)
            {
                var (value, slope) = Legendre(count, x);
                x -= value / slope;
            }
            var last = Legendre(count, x).Slope;
            points[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - x * x) * last * last);
        }
        return new GaussLegendre(points, weights);
    }

    static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (value, before) = (x, 1.0);
        for (var k = 2; k <= degree; k++)
            (value, before) = (((2 * k - 1) * x * value - (k - 1) * before) / k, value);
        return (value, degree * (x * value - before) / (x * x - 1));
    }
}
