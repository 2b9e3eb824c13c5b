using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class LimitsAttributeTests
{
    [Test]
    public void Limits_are_told_in_words()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new LimitsAttribute(2, 255).ToString(), Is.EqualTo("2 to 255"));
            Assert.That(new LimitsAttribute(0, 1) { Above = true }.ToString(), Is.EqualTo("above 0, at most 1"));
            Assert.That(new LimitsAttribute(0).ToString(), Is.EqualTo("0 or more"));
            Assert.That(new LimitsAttribute(0.5, 0.75).ToString(), Is.EqualTo("0.5 to 0.75"));
        }
    }

    [TestCase(0, false, false)]
    [TestCase(2, true, false)]
    [TestCase(2.5, true, true)]
    [TestCase(3, true, true)]
    [TestCase(3.5, false, false)]
    [TestCase(double.NaN, false, false)]
    public void The_ends_belong_to_it_but_not_a_least_that_has_to_be_above(double value, bool within, bool above)
    {
        Assert.That(new LimitsAttribute(2, 3).Allow(value), Is.EqualTo(within));
        Assert.That(new LimitsAttribute(2, 3) { Above = true }.Allow(value), Is.EqualTo(above));
    }
}
