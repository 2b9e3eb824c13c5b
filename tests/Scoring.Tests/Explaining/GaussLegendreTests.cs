using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class GaussLegendreTests
{
    [Test]
    public void Two_points_are_those_of_the_textbook()
    {
        // (1 ± 1 / √3) / 2, half the weight each.
        var rule = GaussLegendre.Of(2);
        Assert.That(rule.Points, Is.EqualTo(new[] { 0.21132486540518713, 0.7886751345948129 }).Within(1e-15));
        Assert.That(rule.Weights, Is.EqualTo(new[] { 0.5, 0.5 }).Within(1e-15));
    }

    [Test]
    public void Powers_up_to_twice_the_points_less_one_are_integrated_exactly()
    {
        for (var points = 1; points <= 40; points++)
        {
            var rule = GaussLegendre.Of(points);
            for (var power = 0; power < 2 * points; power++)
            {
                var sum = rule.Points.Zip(rule.Weights, (t, weight) => weight * Math.Pow(t, power)).Sum();
                Assert.That(sum, Is.EqualTo(1.0 / (power + 1)).Within(1e-13), $"{points} points, t^{power}");
            }
        }
    }
}
