using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Tests.Model.Forest;

public sealed class FloatOrderTests
{
    [Test]
    public void Orders_rise_with_the_values_and_the_zeros_are_one()
    {
        float[] rising =
        [
            float.NegativeInfinity,
            float.MinValue,
            -1,
            -float.Epsilon,
            0,
            float.Epsilon,
            1,
            float.MaxValue,
        ];
        int[] orders = [.. rising.Append(float.PositiveInfinity).Select(FloatOrder.Of)];
        Assert.That(orders, Is.Ordered);
        Assert.That(orders, Is.Unique);
        Assert.That(orders, Has.All.GreaterThan(FloatOrder.Lowest).And.All.LessThan(FloatOrder.Highest));
        Assert.That(FloatOrder.Of(-0f), Is.EqualTo(FloatOrder.Of(0f)));
    }

    [TestCase(0.1, 0.099999994f, Description = "the float nearest to 0.1 is above it")]
    [TestCase(0.5, 0.5f)]
    [TestCase(1e300, float.MaxValue)]
    [TestCase(-1e300, float.NegativeInfinity)]
    [TestCase(1e-320, 0f)]
    [TestCase(-1e-320, -float.Epsilon)]
    public void A_threshold_is_rounded_down_to_a_float(double threshold, float rounded) =>
        Assert.That(FloatOrder.AtMost(threshold), Is.EqualTo(FloatOrder.Of(rounded)));

    [Test]
    public void No_number_is_at_most_NaN() => Assert.That(FloatOrder.AtMost(double.NaN), Is.EqualTo(FloatOrder.Lowest));
}
