using System.Text.Json;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;

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
            var (p0, p1) = interval.Pair!.Around(score);
            Assert.That(low, Is.InRange(0, Math.Min(likelihood, p0)));
            Assert.That(high, Is.InRange(Math.Max(likelihood, p1), 1.0));
            Assert.That(high - low, Is.GreaterThan(0), "nothing is certain");
        }
    }

    [Test]
    public void The_ends_follow_the_arcsine_formula()
    {
        // Variance 1 / 5 + 0.15 + 0.05 = 0.4; at 0.2: asin(sqrt 0.2) = 0.463648, reach 1.644854 / 2 * 0.4 * 0.632456.
        var interval = Of(drift: 0.05, Near(0, 0.15));
        var (low, high) = interval.Around(0, 0.2);
        Assert.That(low, Is.EqualTo(0.0639152).Within(1e-6)); // sin^2(0.463648 - 0.208060)
        Assert.That(high, Is.EqualTo(0.3872860).Within(1e-6)); // sin^2(0.463648 + 0.208060)
    }

    [Test]
    public void Between_neighbourhoods_the_variance_is_interpolated_and_beyond_them_kept()
    {
        double HighAt(double score) => Of(0, Near(-2, 0.1), Near(2, 0.5)).Around(score, 0.2).High;
        double With(double variance) => Of(0, Near(0, variance)).Around(0, 0.2).High;
        Assert.That(HighAt(-1), Is.EqualTo(With(0.2)).Within(1e-12));
        Assert.That(HighAt(-9), Is.EqualTo(With(0.1)).Within(1e-12));
        Assert.That(HighAt(2), Is.EqualTo(With(0.5)).Within(1e-12));
        Assert.That(HighAt(9), Is.EqualTo(With(0.5)).Within(1e-12));
    }

    [Test]
    public void A_neighbourhood_counts_contacts_not_rows()
    {
        // Movers a (3 rows) and b (1 row): 16 / 10 = 1.6 contacts; others c, d: 2. 1 / 2.1 + 1 / 2.5 = 0.876190.
        var rows = new HeldOutRows([0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0], ["a", "a", "a", "b", "c", "d"], []);
        var only = LikelihoodInterval.Fit(rows, [.. rows.Labels.Select(_ => 0.5)], 180).Neighbourhoods.Single();
        Assert.That(only, Is.EqualTo(new Neighbourhood(0, Moved: 1.6, Stayed: 2, Rows: 6, Contacts: 4, Positives: 4)));
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
    public void A_model_of_the_first_layout_has_wide_intervals_not_wrong_ones()
    {
        var old = """
            { "neighbourhoods": [ { "rawScore": -4, "below": 0.5, "above": 0.4, "rows": 9, "contacts": 5, "positives": 1 } ] }
            """;
        var interval = JsonSerializer.Deserialize<LikelihoodInterval>(old, ModelJson.Options)!;
        // Nobody counted: 1 / 5 + 2 + 2, so that both ends are far away.
        var (low, high) = interval.Around(-4, 0.02);
        Assert.That(interval.Neighbourhoods[0].Variance, Is.EqualTo(4));
        Assert.That(low, Is.Zero);
        Assert.That(high, Is.GreaterThan(0.1));
    }

    [Test]
    public void What_is_stored_is_what_is_read()
    {
        var interval = Fit(Rows(400, 3));
        var read = JsonSerializer.Deserialize<LikelihoodInterval>(
            JsonSerializer.Serialize(interval, ModelJson.Options),
            ModelJson.Options
        )!;
        foreach (var score in (double[])[-9, -1.5, 0, 2.2, 9])
            Assert.That(read.Around(score, 0.3), Is.EqualTo(interval.Around(score, 0.3)));
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
            var (low, high) = Of(drift, Near(0, 1e-9)).Around(0, 0.1);
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
        var (low, high) = Of(drift: 1, Near(0, 2)).Around(0, likelihood);
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

    /// <summary>A neighbourhood of a variance, with endlessly many who stayed.</summary>
    static Neighbourhood Near(double score, double variance) =>
        new(score, 1 / variance - 0.5, double.PositiveInfinity, 9, 9, 1);

    static LikelihoodInterval Of(double drift, params Neighbourhood[] neighbourhoods) =>
        new(neighbourhoods, Pair: null, drift);

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
