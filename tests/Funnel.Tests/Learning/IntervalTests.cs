using LeadScoring.Funnel.Learning;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class IntervalTests
{
    /// <summary>81 of 263 of Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, and his 0 of 20 and 15 of 148.</summary>
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    public void A_share_has_the_score_interval_of_the_literature(int movers, int of, double low, double high)
    {
        var interval = Interval.OfShare((double)movers / of, of);
        Assert.That(interval.Low, Is.EqualTo(low).Within(0.00005));
        Assert.That(interval.High, Is.EqualTo(high).Within(0.00005));
    }

    /// <summary>The eight examples of Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.</summary>
    [TestCase(56, 70, 48, 80, 0.0524, 0.3339)]
    [TestCase(9, 10, 3, 10, 0.1705, 0.8090)]
    [TestCase(6, 7, 2, 7, 0.0582, 0.8062)]
    [TestCase(5, 56, 0, 29, -0.0381, 0.1926)]
    [TestCase(0, 10, 0, 20, -0.1611, 0.2775)]
    [TestCase(0, 10, 0, 10, -0.2775, 0.2775)]
    [TestCase(10, 10, 0, 20, 0.6791, 1.0)]
    [TestCase(10, 10, 0, 10, 0.6075, 1.0)]
    public void A_difference_has_the_hybrid_interval_of_the_literature(
        int a,
        int m,
        int b,
        int n,
        double low,
        double high
    )
    {
        var interval = PooledUplift.Of([new(new(a, m), new(b, n))])!.Value;
        Assert.That(interval.Value, Is.EqualTo((double)a / m - (double)b / n).Within(1e-12));
        Assert.That(interval.Low, Is.EqualTo(low).Within(0.00005));
        Assert.That(interval.High, Is.EqualTo(high).Within(0.00005));
    }
}
