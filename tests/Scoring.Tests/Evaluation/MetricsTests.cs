using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests.Evaluation;

public class MetricsTests
{
    static readonly double[] scores = [0.9, 0.8, 0.7, 0.6, 0.5];
    static readonly float[] labels = [1, 0, 1, 0, 0];

    [Test]
    public void The_auc_is_the_share_of_pairs_in_the_right_order() =>
        // Pairs: 0.9 beats 0.8, 0.6, 0.5; 0.7 beats 0.6, 0.5 and loses to 0.8: 5 of 6.
        Assert.That(Metrics.RocAuc(scores, labels), Is.EqualTo(5.0 / 6).Within(1e-12));

    [Test]
    public void A_tie_counts_half() =>
        Assert.That(Metrics.RocAuc([0.5, 0.5, 0.2], [1, 0, 0]), Is.EqualTo(0.75).Within(1e-12));

    [Test]
    public void One_class_has_no_auc() => Assert.That(Metrics.RocAuc([0.1, 0.2], [1, 1]), Is.NaN);

    [Test]
    public void Average_precision_adds_the_precision_at_each_positive() =>
        Assert.That(Metrics.AveragePrecision(scores, labels), Is.EqualTo((1.0 / 1 + 2.0 / 3) / 2).Within(1e-12));

    [Test]
    public void Average_precision_of_one_tie_is_the_positive_rate() =>
        Assert.That(Metrics.AveragePrecision([1, 1, 1, 1], [1, 0, 0, 0]), Is.EqualTo(0.25).Within(1e-12));

    [Test]
    public void Log_loss_and_brier_are_means_over_rows()
    {
        double[] likelihoods = [0.8, 0.4];
        float[] happened = [1, 0];
        Assert.That(
            Metrics.LogLoss(likelihoods, happened),
            Is.EqualTo(-(Math.Log(0.8) + Math.Log(0.6)) / 2).Within(1e-12)
        );
        Assert.That(Metrics.Brier(likelihoods, happened), Is.EqualTo((0.04 + 0.16) / 2).Within(1e-12));
    }

    [Test]
    public void A_certain_mistake_costs_much_but_not_infinity() =>
        Assert.That(Metrics.LogLoss([0.0], [1f]), Is.EqualTo(-Math.Log(1e-15)).Within(1e-9));

    [Test]
    public void The_calibration_error_weighs_each_bins_gap_by_its_rows() =>
        // Bins of two: means 0.15 and 0.7, rates 0 and 0.5: (2 * 0.15 + 2 * 0.2) / 4.
        Assert.That(
            Metrics.CalibrationError([0.1, 0.2, 0.6, 0.8], [0, 0, 1, 0], bins: 2),
            Is.EqualTo(0.175).Within(1e-12)
        );

    [Test]
    public void Equal_likelihoods_are_one_bin_whatever_the_order_of_rows() =>
        Assert.That(Metrics.CalibrationError([0.5, 0.5, 0.5, 0.5], [1, 1, 0, 0], bins: 2), Is.Zero.Within(1e-12));

    [Test]
    public void Lift_compares_the_top_with_all() =>
        // The top fifth is one row, a positive: rate 1 against 2 in 5.
        Assert.That(Metrics.Lift(scores, labels, 0.2), Is.EqualTo(2.5).Within(1e-12));

    [Test]
    public void A_tie_across_the_border_counts_by_its_part() =>
        // Two places for four equal rows with one positive: half a positive expected in half of the rows.
        Assert.That(Metrics.Lift([1, 1, 1, 1], [1, 0, 0, 0], 0.5), Is.EqualTo(1).Within(1e-12));

    [Test]
    public void Precision_counts_positives_among_the_places()
    {
        Assert.That(Metrics.Precision(scores, labels, 3), Is.EqualTo(2.0 / 3).Within(1e-12));
        Assert.That(Metrics.Precision(scores, labels, 100), Is.EqualTo(0.4).Within(1e-12));
    }

    [Test]
    public void The_fast_auc_equals_the_pair_by_pair_one([Range(1, 30)] int seed)
    {
        var chance = new Random(seed);
        var rows = 2 + chance.Next(60);
        var values = Enumerable.Range(0, rows).Select(_ => (double)chance.Next(8)).ToArray();
        var outcomes = Enumerable.Range(0, rows).Select(_ => (float)chance.Next(2)).ToArray();
        var weights = Enumerable.Range(0, rows).Select(_ => (double)chance.Next(4)).ToArray();
        double won = 0,
            pairs = 0;
        for (var i = 0; i < rows; i++)
        for (var j = 0; j < rows; j++)
        {
            if (outcomes[i] != 1 || outcomes[j] != 0)
                continue;
            pairs += weights[i] * weights[j];
            won +=
                weights[i]
                * weights[j]
                * (
                    values[i] > values[j] ? 1
                    : values[i] == values[j] ? 0.5
                    : 0
                );
        }
        var auc = new Ranking(values, outcomes).RocAuc(weights);
        Assert.That(auc, pairs == 0 ? Is.NaN : Is.EqualTo(won / pairs).Within(1e-12));
    }

    [Test]
    public void Weights_do_what_repeated_rows_do([Range(1, 20)] int seed)
    {
        var chance = new Random(seed);
        var values = Enumerable.Range(0, 40).Select(_ => (double)chance.Next(10)).ToArray();
        var outcomes = Enumerable.Range(0, 40).Select(_ => (float)chance.Next(2)).ToArray();
        var times = Enumerable.Range(0, 40).Select(_ => chance.Next(4)).ToArray();
        var repeated = Enumerable.Range(0, 40).SelectMany(row => Enumerable.Repeat(row, times[row])).ToArray();
        var weighted = new Ranking(values, outcomes);
        var weights = Array.ConvertAll(times, time => (double)time);
        double[] longer = [.. repeated.Select(row => values[row])];
        float[] longLabels = [.. repeated.Select(row => outcomes[row])];
        Assert.That(
            weighted.AveragePrecision(weights),
            Is.EqualTo(Metrics.AveragePrecision(longer, longLabels)).Within(1e-12)
        );
        var found = new double[1];
        var (rows, positives) = weighted.Top(weights, [0.3], found);
        Assert.That(rows, Is.EqualTo(repeated.Length));
        Assert.That(found[0] / positives / 0.3, Is.EqualTo(Metrics.Lift(longer, longLabels, 0.3)).Within(1e-9));
    }

    [Test]
    public void A_score_that_is_not_a_number_is_refused() =>
        Assert.That(() => Metrics.RocAuc([double.NaN, 1], [1, 0]), Throws.InvalidOperationException);
}
