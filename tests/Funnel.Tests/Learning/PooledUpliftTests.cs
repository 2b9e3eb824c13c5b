using LeadScoring.Funnel.Learning;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class PooledUpliftTests
{
    /// <summary>
    /// Weights 100 x 100 / 200 = 50 and 300 x 100 / 400 = 75, so 0.4 and 0.6. Differences 0.10 - 0.05 and 0.02 - 0.04:
    /// 0.4 x 0.05 - 0.6 x 0.02 = 0.008. Contacted 0.4 x 0.10 + 0.6 x 0.02 = 0.052, held out 0.02 + 0.024 = 0.044. Sizes:
    /// 1 / (0.16 / 100 + 0.36 / 300) = 357.142857 and 1 / (0.16 / 100 + 0.36 / 100) = 192.307692.
    /// </summary>
    [Test]
    public void Strata_are_averaged_by_Mantel_and_Haenszel()
    {
        var pooled = PooledUplift.Of([new(new(10, 100), new(5, 100)), new(new(6, 300), new(4, 100))])!.Value;
        var byHand = Interval.OfDifference(
            Interval.OfShare(0.052, 357.14285714285717),
            Interval.OfShare(0.044, 192.30769230769232)
        );
        Assert.That(pooled.Value, Is.EqualTo(0.008).Within(1e-12));
        Assert.That(pooled.Low, Is.EqualTo(byHand.Low).Within(1e-12));
        Assert.That(pooled.High, Is.EqualTo(byHand.High).Within(1e-12));
    }

    /// <summary>
    /// No effect in either place, but the place where more move holds fewer out: raw shares are 92 / 1000 against 28 / 1000.
    /// </summary>
    [Test]
    public void Hold_out_shares_that_differ_between_strata_do_not_pass_for_an_effect()
    {
        var pooled = PooledUplift.Of([new(new(90, 900), new(10, 100)), new(new(2, 100), new(18, 900))])!.Value;
        Assert.That(pooled.Value, Is.Zero.Within(1e-12));
        Assert.That(pooled.HoldsZero);
    }

    [Test]
    public void A_stratum_cut_in_equal_halves_changes_little_and_one_without_counterpart_nothing()
    {
        var whole = PooledUplift.Of([new(new(20, 400), new(6, 200))])!.Value;
        var halves = PooledUplift.Of([new(new(10, 200), new(3, 100)), new(new(10, 200), new(3, 100))])!.Value;
        var alone = PooledUplift.Of([new(new(20, 400), new(6, 200)), new(new(9, 10), default)])!.Value;
        Assert.That(halves.Low, Is.EqualTo(whole.Low).Within(1e-12));
        Assert.That(halves.High, Is.EqualTo(whole.High).Within(1e-12));
        Assert.That(alone, Is.EqualTo(whole));
    }

    [Test]
    public void Without_two_groups_there_is_no_uplift()
    {
        Assert.That(PooledUplift.Of([]), Is.Null);
        Assert.That(PooledUplift.Of([new(new(1, 10), default), new(default, new(1, 10))]), Is.Null);
    }

    /// <summary>
    /// Six strata as municipalities are, 10 % held out, base rates of 0.2 to 2 %, with and without an effect: the interval
    /// must hold the true difference (averaged as the estimate is) in about 95 of 100 worlds. 2,000 worlds, so that less
    /// than 93.5 % would be three standard errors below.
    /// </summary>
    [TestCase(0.0, 200)]
    [TestCase(0.0, 2000)]
    [TestCase(0.02, 200)]
    [TestCase(0.02, 2000)]
    public void The_interval_holds_the_truth_as_often_as_it_says(double effect, int size)
    {
        double[] rates = [0.002, 0.004, 0.006, 0.01, 0.015, 0.02];
        const int Worlds = 2000;
        var chance = new Draws(Draws.Mix((ulong)size) ^ (ulong)(effect * 1000));
        var held = 0;
        for (var world = 0; world < Worlds; world++)
        {
            var strata = rates
                .Select(
                    (rate, i) =>
                    {
                        var contacts = size * (i + 1) / 3;
                        var heldOut = contacts / 10;
                        return new Stratum(
                            Movers(chance, contacts - heldOut, rate + effect),
                            Movers(chance, heldOut, rate)
                        );
                    }
                )
                .ToList();
            var interval = PooledUplift.Of(strata)!.Value;
            if (interval.Low <= effect && effect <= interval.High)
                held++;
        }
        TestContext.Out.WriteLine($"effect {effect}, {size}: {100.0 * held / Worlds:0.0} %");
        Assert.That((double)held / Worlds, Is.InRange(0.935, 0.999));
    }

    static Moved Movers(Draws chance, int contacts, double rate) =>
        new(Enumerable.Range(0, contacts).Count(_ => chance.Unit() < rate), contacts);
}
