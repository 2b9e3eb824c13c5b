using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class HalfLivesTests
{
    const long Day = LocalCalendar.Day;

    static readonly int[] _days = [1, 7, 30, 90, 365, 36_500];

    [Test]
    public void A_weight_halves_with_each_half_life()
    {
        foreach (var (index, days) in _days.Index())
        {
            Assert.That(Weight(index, 0), Is.EqualTo(1).Within(2e-8));
            Assert.That(Weight(index, days * Day), Is.EqualTo(0.5).Within(1e-8));
            Assert.That(Weight(index, 2 * days * Day), Is.EqualTo(0.25).Within(1e-8));
        }
    }

    [Test]
    public void Weights_are_those_of_the_power_at_any_age_also_beyond_the_table()
    {
        var random = new Random(5);
        for (var draw = 0; draw < 20_000; draw++)
        {
            var age = random.NextInt64(1, 1L << random.Next(1, 52)); // up to 142 years
            foreach (var (index, days) in _days.Index())
            {
                var expected = Math.Pow(2, -age / (days * (double)Day));
                Assert.That(Weight(index, age), Is.EqualTo(expected).Within(expected * 2e-8).Or.LessThan(1e-300));
            }
        }
    }

    [Test]
    public void A_weight_too_small_to_tell_is_zero() => Assert.That((float)Weight(0, 2000 * Day), Is.Zero);

    static readonly HalfLives _halfLives = new(_days);

    static double Weight(int index, long age) =>
        _halfLives.Weights(index / HalfLives.Lanes, age)[index % HalfLives.Lanes];
}
