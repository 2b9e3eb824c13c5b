using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;

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
    public void The_likelihood_and_the_pair_lie_within_the_interval_everywhere([Range(1, 20)] int seed)
    {
        var rows = Rows(50 * seed, seed);
        var calibrator = ChooseCalibrator.Run(rows.RawScores, rows.Labels, rows.Contacts, 1);
        var interval = LikelihoodInterval.Fit(rows, calibrator.Likelihoods(rows.RawScores), 180);
        for (var score = -20.0; score <= 20; score += 0.1)
        {
            var likelihood = calibrator.Likelihood(score);
            var (low, high) = interval.Around(score, likelihood);
            var (p0, p1) = interval.Pair.Around(score);
            Assert.That(low, Is.InRange(0, Math.Min(likelihood, p0)));
            Assert.That(high, Is.InRange(Math.Max(likelihood, p1), 1.0));
            Assert.That(high - low, Is.GreaterThan(0), "nothing is certain");
        }
    }

    [Test]
    public void The_ends_follow_the_arcsine_formula()
    {
        // Variance 1 / 5 + 0.15 + 0.05 = 0.4; at 0.2: asin(sqrt 0.2) = 0.463648, reach 1.644854 / 2 * 0.4 * 0.632456.
        var interval = new LikelihoodInterval([new Neighbourhood(0, 0.15, 9, 9, 1)], Narrow, Drift: 0.05);
        var (low, high) = interval.Around(0, 0.2);
        Assert.That(low, Is.EqualTo(0.0639152).Within(1e-6)); // sin^2(0.463648 - 0.208060)
        Assert.That(high, Is.EqualTo(0.3872860).Within(1e-6)); // sin^2(0.463648 + 0.208060)
    }

    [Test]
    public void Between_neighbourhoods_the_variance_is_interpolated_and_beyond_them_kept()
    {
        double HighAt(double score) =>
            new LikelihoodInterval(
                [new Neighbourhood(-2, 0.1, 9, 9, 1), new Neighbourhood(2, 0.5, 9, 9, 1)],
                Narrow,
                0
            )
                .Around(score, 0.2)
                .High;
        double With(double variance) =>
            new LikelihoodInterval([new Neighbourhood(0, variance, 9, 9, 1)], Narrow, 0).Around(0, 0.2).High;
        Assert.That(HighAt(-1), Is.EqualTo(With(0.2)).Within(1e-12));
        Assert.That(HighAt(-9), Is.EqualTo(With(0.1)).Within(1e-12));
        Assert.That(HighAt(2), Is.EqualTo(With(0.5)).Within(1e-12));
        Assert.That(HighAt(9), Is.EqualTo(With(0.5)).Within(1e-12));
    }

    [Test]
    public void A_neighbourhood_counts_contacts_not_rows()
    {
        // Movers a (3 rows) and b (1 row): 16 / 10 = 1.6 contacts; others c, d: 2. 1 / 2.1 + 1 / 2.5 = 0.876190.
        var rows = new HeldOutRows(
            [0, 0, 0, 0, 0, 0],
            [1, 1, 1, 1, 0, 0],
            ["a", "a", "a", "b", "c", "d"],
            []
        );
        var only = LikelihoodInterval.Fit(rows, [.. rows.Labels.Select(_ => 0.5)], 180).Neighbourhoods.Single();
        Assert.That(only, Is.EqualTo(new Neighbourhood(0, only.Variance, 6, 4, 4)));
        Assert.That(only.Variance, Is.EqualTo(0.876190).Within(1e-6));
    }

    [TestCase(49, 1)]
    [TestCase(50, 2)]
    [TestCase(600, 20)]
    public void Twenty_five_movers_make_a_neighbourhood_and_twenty_are_the_most(int movers, int neighbourhoods)
    {
        var raw = Enumerable.Range(0, 2000).Select(i => i / 1000.0).ToArray();
        float[] labels = [.. raw.Select((_, i) => i < movers ? 1f : 0f)];
        var rows = new HeldOutRows(raw, labels, [.. raw.Select((_, i) => $"c{i}")], []);
        var cut = LikelihoodInterval.Fit(rows, [.. raw.Select(_ => 0.1)], 180).Neighbourhoods;
        Assert.That(cut, Has.Count.EqualTo(neighbourhoods));
        Assert.That(cut.Sum(part => part.Rows), Is.EqualTo(2000));
        Assert.That(cut.Select(part => part.RawScore), Is.Ordered.Ascending);
    }

    [Test]
    public void Fewer_rows_widen_the_interval()
    {
        double Width(int rows)
        {
            var held = Rows(rows, 3);
            var (low, high) = Fit(held).Around(-2, 0.12);
            return high - low;
        }
        Assert.That(Width(20), Is.GreaterThan(1.1 * Width(400)));
        Assert.That(Width(400), Is.GreaterThan(1.02 * Width(10_000)));
    }

    [Test]
    public void Many_rows_of_one_contact_count_as_one()
    {
        var rows = Rows(3000, 5);
        var together = rows with { Contacts = Array.ConvertAll(rows.Contacts, contact => contact[..1]) };
        var (narrow, wide) = (Fit(rows).Around(0, 0.5), Fit(together).Around(0, 0.5));
        Assert.That(wide.High - wide.Low, Is.GreaterThan(1.3 * (narrow.High - narrow.Low)));
    }

    [Test]
    public void A_wandering_level_widens_the_interval()
    {
        double Width(double drift)
        {
            var (low, high) = new LikelihoodInterval([new Neighbourhood(0, 0, 9, 9, 1)], Narrow, drift).Around(0, 0.1);
            return high - low;
        }
        // Twice the variance is 1.41 times the reach, which is nearly the width.
        Assert.That(Width(0.2) / Width(0), Is.EqualTo(1.41).Within(0.02));
    }

    [Test]
    public void A_wrong_likelihood_stretches_the_interval_to_the_truth()
    {
        var rows = Rows(20_000, 7);
        // Twice the log-odds: at -2 it says 0.018 where 0.119 happens.
        var wrong = new PlattCalibrator(2, 0).Likelihoods(rows.RawScores);
        var (_, high) = LikelihoodInterval.Fit(rows, wrong, 180).Around(-2, LogOdds.ToLikelihood(-4));
        Assert.That(high, Is.GreaterThan(0.08));
    }

    [TestCase(0)]
    [TestCase(1e-14)]
    [TestCase(0.3)]
    [TestCase(1)]
    public void A_likelihood_at_the_very_end_stays_inside(double likelihood)
    {
        var (low, high) = new LikelihoodInterval([new Neighbourhood(0, 2, 1, 1, 0)], Narrow, 1).Around(0, likelihood);
        Assert.That(likelihood, Is.InRange(low, high));
        Assert.That(low, Is.GreaterThanOrEqualTo(0));
        Assert.That(high, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Nothing_held_out_means_nothing_is_known()
    {
        Assert.That(LikelihoodInterval.Unknown.Around(0, 0.5), Is.EqualTo((0.0, 1.0)));
        Assert.That(LikelihoodInterval.Fit(new([], [], [], []), [], 180), Is.SameAs(LikelihoodInterval.Unknown));
    }

    [Test]
    public void The_intervals_hold_the_share_of_nine_groups_in_ten_also_when_the_level_wanders([Values(1, 2)] int seed)
    {
        // Sixty worlds a seed: levels wander by 0.2 in log-odds, a past of four periods is held out, the fifth judged.
        var chance = new Random(seed);
        var (groups, covered) = (0, 0.0);
        for (var world = 0; world < 60; world++)
        {
            var past = Enumerable.Range(0, 4).Select(period => Period(chance, 2000, period * 6)).ToArray();
            var rows = past.Skip(1).Aggregate(past[0], (all, next) => all.And(next));
            var platt = PlattCalibrator.Fit(rows.RawScores, rows.Labels);
            var interval = LikelihoodInterval.Fit(rows, platt.Likelihoods(rows.RawScores), 180);
            var later = Period(chance, 2000, 24);
            var likelihoods = platt.Likelihoods(later.RawScores);
            var judged = new HeldOut(later.Contacts, later.AsOf, later.Labels, later.RawScores, likelihoods);
            var coverage = IntervalCoverage.Of(judged, interval);
            groups += coverage.Groups;
            covered += coverage.Covered * coverage.Groups;
        }
        Assert.That(groups, Is.GreaterThan(500));
        Assert.That(covered / groups, Is.InRange(0.86, 0.94));
    }

    static HeldOutRows Period(Random chance, int contacts, int month)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
        var raw = Enumerable.Range(0, contacts).Select(_ => chance.NextDouble() * 4 - 6).ToArray();
        return new HeldOutRows(
            raw,
            [.. raw.Select(score => chance.NextDouble() < LogOdds.ToLikelihood(score + 0.2 * normal) ? 1f : 0f)],
            [.. Enumerable.Range(0, contacts).Select(contact => $"c{contact}-{month}")],
            [.. Enumerable.Repeat(Worlds.Start.AddMonths(month), contacts)]
        );
    }

    /// <summary>A pair that never widens anything.</summary>
    static VennAbers Narrow => new([new VennAbersStep(-100, 100, 1, 0)]);

    static LikelihoodInterval Fit(HeldOutRows rows) =>
        LikelihoodInterval.Fit(rows, new IdentityCalibrator().Likelihoods(rows.RawScores), 180);

    [Test]
    public void Grades_follow_the_bands()
    {
        var bands = GradeBands.Of([.. Enumerable.Range(1, 100).Select(i => i / 100.0)]);
        Assert.That(bands.Grade(0.99), Is.EqualTo('A'));
        Assert.That(bands.Grade(0.90), Is.EqualTo('B'));
        Assert.That(bands.Grade(0.60), Is.EqualTo('C'));
        Assert.That(bands.Grade(0.10), Is.EqualTo('D'));
    }

    static HeldOutRows Rows(int rows, int seed)
    {
        var chance = new Random(seed);
        var raw = Enumerable.Range(0, rows).Select(_ => chance.NextDouble() * 6 - 3).ToArray();
        float[] labels = [.. raw.Select(score => chance.NextDouble() < LogOdds.ToLikelihood(score) ? 1f : 0f)];
        return new HeldOutRows(raw, labels, [.. Enumerable.Range(0, rows).Select(i => $"{i % 97:00}-{i}")], []);
    }
}
