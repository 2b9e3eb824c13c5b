using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class LogLossTests
{
    static (double[] Scores, float[] Labels, float[] Weights) Rows(int count)
    {
        var random = new Random(count);
        return (
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i =>
                        i == 3 ? 800
                        : i == 5 ? -800
                        : (random.NextDouble() * 12) - 6
                    ),
            ],
            [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(2))],
            [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() * 3)]
        );
    }

    static double P(double score) => 1 / (1 + Math.Exp(-score));

    [Test]
    public void Derivatives_are_those_of_the_formula_however_many_rows_there_are()
    {
        for (var count = 1; count < 14; count++)
            foreach (var weighted in new[] { false, true })
            {
                var (scores, labels, weights) = Rows(count);
                if (!weighted)
                    weights = [];
                var (first, second) = (new double[count + 2], new double[count + 2]);
                var spread = LogLoss.Derivatives(scores, labels, weights, first, second);
                for (var row = 0; row < count; row++)
                {
                    var (p, weight) = (P(scores[row]), weighted ? weights[row] : 1);
                    Assert.That(first[row], Is.EqualTo(weight * (p - labels[row])).Within(1e-12));
                    Assert.That(second[row], Is.EqualTo(weight * p * (1 - p)).Within(1e-12));
                }
                Assert.That(first[count..].Concat(second[count..]), Has.All.Zero, "behind the last row");
                Assert.That(spread.MostFirst, Is.EqualTo(first.Max(Math.Abs)));
                Assert.That(spread.SumFirst, Is.EqualTo(first.Sum(Math.Abs)).Within(1e-12));
                Assert.That(spread.MostSecond, Is.EqualTo(second.Max()));
                Assert.That(spread.SumSecond, Is.EqualTo(second.Sum()).Within(1e-12));
            }
    }

    [Test]
    public void Sums_of_loss_and_derivatives_are_those_of_the_formula_at_any_shift()
    {
        for (var count = 1; count < 14; count++)
            foreach (var weighted in new[] { false, true })
            foreach (var shift in new[] { 0, 0.7, -2 })
            {
                var (scores, labels, weights) = Rows(count);
                var (loss, slope, curve, all) = (0.0, 0.0, 0.0, 0.0);
                for (var row = 0; row < count; row++)
                {
                    var (score, weight) = (scores[row] + shift, weighted ? weights[row] : 1.0);
                    var margin = labels[row] == 1 ? score : -score;
                    var p = P(score);
                    loss +=
                        weight
                        * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
                    (slope, curve) = (slope + (weight * (p - labels[row])), curve + (weight * p * (1 - p)));
                    all += weight;
                }
                var sums = LogLoss.Sums(scores, labels, weighted ? weights : [], shift);
                Assert.That(sums.Loss, Is.EqualTo(loss).Within(1e-9));
                Assert.That(sums.Slope, Is.EqualTo(slope).Within(1e-9));
                Assert.That(sums.Curve, Is.EqualTo(curve).Within(1e-9));
                Assert.That(sums.Weight, Is.EqualTo(all).Within(1e-9));
            }
    }

    [Test]
    public void The_prior_is_the_log_odds_of_the_weighted_share_of_ones()
    {
        Assert.That(LogLoss.Prior([1, 0, 0, 0], []), Is.EqualTo(Math.Log(1 / 3.0)).Within(1e-12));
        Assert.That(LogLoss.Prior([1, 0, 0], [4, 1, 1]), Is.EqualTo(Math.Log(2)).Within(1e-12));
        Assert.That((LogLoss.Weight([], 1), LogLoss.Weight([3, 5], 1)), Is.EqualTo((1.0, 5.0)));
    }
}
