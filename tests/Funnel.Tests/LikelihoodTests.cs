namespace LeadScoring.Funnel.Tests;

sealed class LikelihoodTests
{
    [TestCase(0.01, 0.01, 1)]
    [TestCase(0.02, 0.01, 2.020408163265306)]
    [TestCase(0.8, 0.4, 6)]
    [TestCase(0, 0.01, 0)]
    [TestCase(1, 0.01, double.PositiveInfinity)]
    public void The_lift_is_the_odds_ratio_against_the_base_rate(double value, double baseRate, double lift) =>
        Assert.That(new Likelihood(value, baseRate, "m1").Lift, Is.EqualTo(lift).Within(1e-12));

    [TestCase(double.NaN, 0.01)]
    [TestCase(1.01, 0.01)]
    [TestCase(0.5, 0)]
    [TestCase(0.5, 1)]
    public void What_is_no_probability_has_no_lift(double value, double baseRate) =>
        Assert.That(() => new Likelihood(value, baseRate, "m1").Lift, Throws.InvalidOperationException);
}
