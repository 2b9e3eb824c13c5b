using LeadScoring.Funnel.Learning;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class DrawsTests
{
    const int Many = 40_000;

    /// <summary>Mean a / (a + b), variance ab / ((a + b)^2 (a + b + 1)); five standard errors to either side.</summary>
    [TestCase(1, 1)]
    [TestCase(0.5, 0.5)]
    [TestCase(0.05, 2)]
    [TestCase(3, 40)]
    [TestCase(900, 1200)]
    public void A_beta_has_its_mean_and_variance(double a, double b)
    {
        var draws = new Draws(17);
        var shares = Enumerable.Range(0, Many).Select(_ => draws.Beta(a, b)).ToArray();
        var variance = a * b / ((a + b) * (a + b) * (a + b + 1));
        var mean = shares.Average();
        var squares = shares.Select(x => (x - a / (a + b)) * (x - a / (a + b))).ToArray();
        var spread = Math.Sqrt(squares.Select(s => (s - variance) * (s - variance)).Average() / Many);
        Assert.Multiple(() =>
        {
            Assert.That(shares, Is.All.InRange(0.0, 1.0));
            Assert.That(mean, Is.EqualTo(a / (a + b)).Within(5 * Math.Sqrt(variance / Many)));
            Assert.That(squares.Average(), Is.EqualTo(variance).Within(5 * spread));
        });
    }

    /// <summary>
    /// Beta(2, 3) below 0.3: at least two of four below it, 1 - 0.7^4 - 4 x 0.3 x 0.7^3 = 0.3483. Beta(1/2, 1/2) below
    /// 1/4: 2 / pi asin(1/2) = 1/3. Beta(1, 9) below 0.1: 1 - 0.9^9 = 0.61258. Each is a part of a shape below or above 1.
    /// </summary>
    [TestCase(2, 3, 0.3, 0.3483)]
    [TestCase(0.5, 0.5, 0.25, 1.0 / 3)]
    [TestCase(1, 9, 0.1, 0.612579511)]
    public void A_beta_lies_below_a_point_as_often_as_its_distribution_says(
        double a,
        double b,
        double point,
        double share
    )
    {
        var draws = new Draws(5);
        var below = Enumerable.Range(0, Many).Count(_ => draws.Beta(a, b) < point);
        Assert.That((double)below / Many, Is.EqualTo(share).Within(5 * Math.Sqrt(share * (1 - share) / Many)));
    }

    [Test]
    public void Tiny_shapes_give_a_share_and_not_a_NaN()
    {
        var draws = new Draws(3);
        Assert.That(Enumerable.Range(0, 1000).Select(_ => draws.Beta(1e-6, 1e-6)), Is.All.InRange(0.0, 1.0));
    }

    [Test]
    public void The_same_seed_draws_the_same_and_another_does_not()
    {
        double[] Drawn(ulong seed)
        {
            var draws = new Draws(seed);
            return [draws.Unit(), draws.Normal(), draws.Beta(2, 5), draws.LogGamma(0.3)];
        }
        var first = Drawn(8);
        Assert.That(Drawn(8), Is.EqualTo(first));
        Assert.That(Drawn(8), Is.Not.EqualTo(Drawn(9)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_shape_that_is_no_positive_number_is_refused(double shape) =>
        Assert.That(() => new Draws(1).LogGamma(shape), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
