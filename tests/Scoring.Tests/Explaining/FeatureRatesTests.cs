using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class FeatureRatesTests
{
    static readonly ValueRange None = new(0, 0, 900, 300, 3);
    static readonly ValueRange Few = new(1, 3, 200, 100, 6);
    static readonly ValueRange Many = new(5, 40, 100, 50, 10);
    static readonly ValueRange Unknown = new(double.NaN, double.NaN, 60, 40, 1);

    static readonly FeatureRates Counts = new("visits", FeatureType.Numeric, [None, Few, Many], Unknown);

    [Test]
    public void A_value_is_looked_up_in_its_range()
    {
        Assert.That(Counts.Like(0), Is.SameAs(None));
        Assert.That(Counts.Like(1), Is.SameAs(Few));
        Assert.That(Counts.Like(3), Is.SameAs(Few));
        Assert.That(Counts.Like(5), Is.SameAs(Many));
        Assert.That(Counts.Like(40), Is.SameAs(Many));
        Assert.That(Counts.Like(double.NaN), Is.SameAs(Unknown));
    }

    [Test]
    public void A_value_between_two_ranges_counts_to_the_higher_one_and_beyond_all_to_the_last()
    {
        Assert.That(Counts.Like(0.5), Is.SameAs(Few));
        Assert.That(Counts.Like(4), Is.SameAs(Many));
        Assert.That(Counts.Like(4000), Is.SameAs(Many));
    }

    [Test]
    public void Nothing_but_zero_is_like_zero()
    {
        Assert.That(Counts.Like(-1), Is.SameAs(Few));
        var onlyZero = new FeatureRates("visits", FeatureType.Numeric, [None], null);
        Assert.That(onlyZero.Like(0), Is.SameAs(None));
        Assert.That(onlyZero.Like(1), Is.Null);
        Assert.That(onlyZero.Like(-1), Is.Null);
        Assert.That(onlyZero.Like(double.NaN), Is.Null);
        var last = new FeatureRates("loss", FeatureType.Numeric, [new(-9, -1, 90, 90, 9), None], null);
        Assert.That(last.Like(2), Is.SameAs(last.Ranges[0]));
    }

    [Test]
    public void A_level_is_like_itself_only()
    {
        var levels = new FeatureRates(
            "country",
            FeatureType.Categorical,
            [new(1, 1, 50, 40, 2), new(3, 3, 60, 50, 1)],
            null
        );
        Assert.That(levels.Like(1), Is.SameAs(levels.Ranges[0]));
        Assert.That(levels.Like(3), Is.SameAs(levels.Ranges[1]));
        Assert.That(levels.Like(2), Is.Null);
        Assert.That(levels.Like(4), Is.Null);
        Assert.That(levels.Like(-1), Is.Null);
    }

    [Test]
    public void The_rate_is_that_of_the_rows() => Assert.That(Many.Rate, Is.EqualTo(0.1));
}
