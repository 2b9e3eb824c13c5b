using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Tests.Calibration;

public class LikelihoodIntervalTests
{
    [TestCase(0, 10, 0, 0.171)] // Brown, Cai, DasGupta 2001: upper end for 0 of 10, 90 %: Beta(0.5, 10.5) at 0.95
    [TestCase(10, 10, 0.829, 1)]
    public void Jeffreys_reaches_the_ends(double positives, double rows, double low, double high)
    {
        var interval = JeffreysInterval.Of(positives, rows, 0.9);
        Assert.That(interval.Low, Is.EqualTo(low).Within(0.001));
        Assert.That(interval.High, Is.EqualTo(high).Within(0.001));
    }

    [TestCase(0.3, 1, 1, 0.3)] // uniform
    [TestCase(0.3, 2, 1, 0.09)] // x squared
    [TestCase(0.3, 1, 3, 0.657)] // 1 - (1 - x)^3
    [TestCase(0.5, 7.5, 7.5, 0.5)] // symmetric
    [TestCase(0.25, 0.5, 0.5, 1.0 / 3)] // arcsine: 2 / pi * asin(sqrt x)
    public void The_beta_distribution_equals_its_closed_forms(double x, double a, double b, double expected) =>
        Assert.That(JeffreysInterval.BetaDistribution(x, a, b), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void Quantile_and_distribution_undo_each_other()
    {
        foreach (var (a, b) in new[] { (0.5, 10.5), (3.5, 97.5), (800.5, 20_000.5) })
        foreach (var share in new[] { 0.05, 0.5, 0.95 })
            Assert.That(
                JeffreysInterval.BetaDistribution(JeffreysInterval.BetaQuantile(share, a, b), a, b),
                Is.EqualTo(share).Within(1e-9)
            );
    }

    [Test]
    public void The_likelihood_lies_within_its_interval_everywhere([Range(1, 20)] int seed)
    {
        var (raw, labels, contacts) = Rows(50 * seed, seed);
        var calibrator = ChooseCalibrator.Run(raw, labels, contacts, 1);
        var interval = LikelihoodInterval.Fit(raw, labels, contacts, calibrator);
        for (var score = -20.0; score <= 20; score += 0.1)
        {
            var likelihood = calibrator.Likelihood(score);
            var (low, high) = interval.Around(score, likelihood);
            Assert.That(low, Is.InRange(0, likelihood));
            Assert.That(high, Is.InRange(likelihood, 1.0));
            Assert.That(high - low, Is.GreaterThan(0), "nothing is certain");
        }
    }

    [Test]
    public void Fewer_rows_widen_the_interval()
    {
        double Width(int rows)
        {
            var (raw, labels, contacts) = Rows(rows, 3);
            var (low, high) = LikelihoodInterval.Fit(raw, labels, contacts, new IdentityCalibrator()).Around(-2, 0.12);
            return high - low;
        }
        Assert.That(Width(100), Is.GreaterThan(1.5 * Width(10_000)));
    }

    [Test]
    public void Many_rows_of_one_contact_count_as_one()
    {
        var (raw, labels, contacts) = Rows(3000, 5);
        var alone = LikelihoodInterval.Fit(raw, labels, contacts, new IdentityCalibrator());
        var few = Array.ConvertAll(contacts, contact => contact[..1]);
        var together = LikelihoodInterval.Fit(raw, labels, few, new IdentityCalibrator());
        var (narrow, wide) = (alone.Around(0, 0.5), together.Around(0, 0.5));
        Assert.That(wide.High - wide.Low, Is.GreaterThan(2 * (narrow.High - narrow.Low)));
    }

    [Test]
    public void A_wrong_likelihood_stretches_the_interval_to_the_truth()
    {
        var (raw, labels, contacts) = Rows(20_000, 7);
        // Twice the log-odds: at -2 it says 0.018 where 0.119 happens.
        var interval = LikelihoodInterval.Fit(raw, labels, contacts, new PlattCalibrator(2, 0));
        var (_, high) = interval.Around(-2, LogOdds.ToLikelihood(-4));
        Assert.That(high, Is.GreaterThan(0.08));
    }

    [TestCase(0)]
    [TestCase(1e-14)]
    [TestCase(0.3)]
    [TestCase(1)]
    public void A_likelihood_at_the_very_end_stays_inside(double likelihood)
    {
        var (low, high) = new LikelihoodInterval([new Neighbourhood(0, 0, 0, 1, 1, 0)]).Around(0, likelihood);
        Assert.That(likelihood, Is.InRange(low, high));
    }

    [Test]
    public void Nothing_held_out_means_nothing_is_known() =>
        Assert.That(new LikelihoodInterval([]).Around(0, 0.5), Is.EqualTo((0.0, 1.0)));

    [Test]
    public void Grades_follow_the_bands()
    {
        var bands = GradeBands.Of([.. Enumerable.Range(1, 100).Select(i => i / 100.0)]);
        Assert.That(bands.Grade(0.99), Is.EqualTo('A'));
        Assert.That(bands.Grade(0.90), Is.EqualTo('B'));
        Assert.That(bands.Grade(0.60), Is.EqualTo('C'));
        Assert.That(bands.Grade(0.10), Is.EqualTo('D'));
    }

    static (double[] Raw, float[] Labels, string[] Contacts) Rows(int rows, int seed)
    {
        var chance = new Random(seed);
        var raw = Enumerable.Range(0, rows).Select(_ => chance.NextDouble() * 6 - 3).ToArray();
        float[] labels = [.. raw.Select(score => chance.NextDouble() < LogOdds.ToLikelihood(score) ? 1f : 0f)];
        return (raw, labels, [.. Enumerable.Range(0, rows).Select(i => $"{i % 97:00}-{i}")]);
    }
}
