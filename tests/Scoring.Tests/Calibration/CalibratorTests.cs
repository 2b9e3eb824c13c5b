using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Tests.Calibration;

public class CalibratorTests
{
    [Test]
    public void Isotonic_pools_neighbours_that_are_out_of_order()
    {
        // 0 | 1 0 pooled to 1/2 | 1: clamped half a row away from 0 and 1 (0.5 / 5).
        var fit = IsotonicCalibrator.Fit([1, 2, 3, 4], [0, 1, 0, 1]);
        Assert.That(fit.RawScores, Is.EqualTo<double[]>([1, 2.5, 4]));
        Assert.That(fit.Rates, Is.EqualTo<double[]>([0.1, 0.5, 0.9]).Within(1e-12));
        Assert.That(fit.Likelihood(1.75), Is.EqualTo(0.3).Within(1e-12), "half way between two steps");
        Assert.That(fit.Likelihood(-9), Is.EqualTo(0.1));
        Assert.That(fit.Likelihood(9), Is.EqualTo(0.9).Within(1e-12));
    }

    [Test]
    public void Isotonic_equals_its_slow_twin([Range(1, 40)] int seed)
    {
        var chance = new Random(seed);
        var raw = Enumerable.Range(0, 40).Select(_ => (double)chance.Next(25)).ToArray();
        var labels = raw.Select(score => chance.NextDouble() < 0.1 + score / 40 ? 1f : 0f).ToArray();
        var fit = IsotonicCalibrator.Fit(raw, labels);
        // Min-max formula (Robertson, Wright, Dykstra 1988) over distinct scores; steps at their mean raw score.
        var values = raw.Distinct().Order().ToArray();
        double Mean(int from, int to) =>
            raw.Zip(labels)
                .Where(row => row.First >= values[from] && row.First <= values[to])
                .Average(row => (double)row.Second);
        var slow = values.Select(
            (_, i) =>
                Enumerable.Range(0, i + 1).Max(from => Enumerable.Range(i, values.Length - i).Min(to => Mean(from, to)))
        );
        var steps = values.Zip(slow).GroupBy(step => Math.Round(step.Second, 12)).ToArray();
        Assert.That(fit.RawScores, Has.Count.EqualTo(steps.Length));
        Assert.That(
            fit.Rates,
            Is.EqualTo(steps.Select(step => Math.Clamp(step.Key, 0.5 / 41, 1 - 0.5 / 41))).Within(1e-9)
        );
    }

    [Test]
    public void Platt_finds_the_line_the_labels_were_drawn_from()
    {
        var (raw, labels) = Drawn(40_000, score => 0.7 * score - 1, seed: 2);
        var fit = PlattCalibrator.Fit(raw, labels);
        Assert.That(fit.Slope, Is.EqualTo(0.7).Within(0.03));
        Assert.That(fit.Shift, Is.EqualTo(-1).Within(0.03));
    }

    [Test]
    public void Beta_with_both_slopes_one_changes_nothing()
    {
        var calibrator = new BetaCalibrator(1, 1, 0);
        Assert.That(calibrator.Likelihood(-2.5), Is.EqualTo(1 / (1 + Math.Exp(2.5))).Within(1e-12));
    }

    [Test]
    public void A_ranking_the_wrong_way_round_becomes_the_base_rate()
    {
        var (raw, labels) = Drawn(2000, score => -score, seed: 4);
        var platt = PlattCalibrator.Fit(raw, labels);
        Assert.That(platt.Slope, Is.Zero);
        Assert.That(platt.Likelihood(3), Is.EqualTo(labels.Average()).Within(0.01));
    }

    [Test]
    public void Every_calibrator_never_falls_and_stays_within_0_and_1([Range(1, 15)] int seed)
    {
        var chance = new Random(seed);
        var (raw, labels) = Drawn(300, score => chance.NextDouble() * score - chance.NextDouble(), seed);
        Calibrator[] fits =
        [
            new IdentityCalibrator(),
            PlattCalibrator.Fit(raw, labels),
            BetaCalibrator.Fit(raw, labels),
            IsotonicCalibrator.Fit(raw, labels),
        ];
        foreach (var fit in fits)
        {
            var likelihoods = fit.Likelihoods([.. Enumerable.Range(-80, 161).Select(i => i / 4.0)]);
            Assert.That(likelihoods, Is.Ordered);
            Assert.That(likelihoods, Has.All.InRange(0.0, 1.0));
        }
    }

    [Test]
    public void Separable_labels_do_not_break_the_fits()
    {
        double[] raw = [-3, -2, -1, 1, 2, 3];
        float[] labels = [0, 0, 0, 1, 1, 1];
        Assert.That(PlattCalibrator.Fit(raw, labels).Likelihood(3), Is.InRange(0.6, 1.0));
        Assert.That(BetaCalibrator.Fit(raw, labels).Likelihood(3), Is.InRange(0.6, 1.0));
    }

    [Test]
    public void Few_positives_get_a_plain_calibrator()
    {
        var contacts = Enumerable.Range(0, 1000).Select(i => $"c{i}").ToArray();
        var raw = Enumerable.Range(0, 1000).Select(i => i / 500.0 - 1).ToArray();
        Calibrator With(int positives) =>
            ChooseCalibrator.Run(raw, [.. raw.Select((_, i) => i >= 1000 - positives ? 1f : 0f)], contacts, 1);
        Assert.That(With(4), Is.InstanceOf<IdentityCalibrator>());
        Assert.That(With(20), Is.InstanceOf<PlattCalibrator>());
    }

    [Test]
    public void A_bent_truth_gets_a_bent_calibrator()
    {
        var (raw, labels) = Drawn(20_000, score => score > 0 ? 2 : -2, seed: 6);
        var contacts = Enumerable.Range(0, raw.Length).Select(i => $"c{i}").ToArray();
        Assert.That(ChooseCalibrator.Run(raw, labels, contacts, 1), Is.InstanceOf<IsotonicCalibrator>());
    }

    static (double[] Raw, float[] Labels) Drawn(int rows, Func<double, double> logOdds, int seed)
    {
        var chance = new Random(seed);
        var raw = Enumerable.Range(0, rows).Select(_ => chance.NextDouble() * 6 - 3).ToArray();
        return (raw, [.. raw.Select(s => chance.NextDouble() < LogOdds.ToLikelihood(logOdds(s)) ? 1f : 0f)]);
    }
}
