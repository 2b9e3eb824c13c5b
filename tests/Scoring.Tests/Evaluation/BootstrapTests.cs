using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests.Evaluation;

public class BootstrapTests
{
    [Test]
    public void Rows_of_a_contact_are_drawn_together()
    {
        var bootstrap = new Bootstrap(["a", "b", "a", "c", "b", "a"], 50, seed: 7);
        var weights = new double[6];
        for (var b = 0; b < 50; b++)
        {
            bootstrap.Draw(b, weights);
            Assert.That(weights[0], Is.EqualTo(weights[2]).And.EqualTo(weights[5]));
            Assert.That(weights[1], Is.EqualTo(weights[4]));
            Assert.That(weights[0] + weights[1] + weights[3], Is.EqualTo(3), "as many contacts as there are");
        }
    }

    [Test]
    public void The_same_seed_draws_the_same_and_another_draws_otherwise()
    {
        var contacts = Enumerable.Range(0, 100).Select(i => $"c{i}").ToArray();
        double[] Weights(int seed)
        {
            var weights = new double[100];
            new Bootstrap(contacts, 10, seed).Draw(3, weights);
            return weights;
        }
        var first = Weights(1);
        Assert.That(Weights(1), Is.EqualTo(first));
        Assert.That(first, Is.Not.EqualTo(Weights(2)));
    }

    [Test]
    public void The_interval_of_a_rate_is_as_wide_as_theory_says()
    {
        var contacts = Enumerable.Range(0, 400).Select(i => $"c{i}").ToArray();
        var hits = Enumerable.Range(0, 400).Select(i => i < 100 ? 1.0 : 0).ToArray();
        var bootstrap = new Bootstrap(contacts, 1000, seed: 1);
        var weights = new double[400];
        var rates = new double[1000];
        for (var b = 0; b < 1000; b++)
        {
            bootstrap.Draw(b, weights);
            rates[b] = weights.Zip(hits, (weight, hit) => weight * hit).Sum() / 400;
        }
        var figure = Bootstrap.Around(0.25, rates);
        var expected = 1.96 * Math.Sqrt(0.25 * 0.75 / 400);
        Assert.That(figure.Low, Is.EqualTo(0.25 - expected).Within(0.006));
        Assert.That(figure.High, Is.EqualTo(0.25 + expected).Within(0.006));
    }

    [Test]
    public void Repeating_every_row_of_a_contact_does_not_narrow_the_interval()
    {
        var (once, often) = (Width(1), Width(10));
        Assert.That(often, Is.EqualTo(once).Within(1e-9));

        static double Width(int times)
        {
            var chance = new Random(5);
            var contacts = Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat($"c{i}", times)).ToArray();
            var labels = Enumerable
                .Range(0, 100)
                .SelectMany(i => Enumerable.Repeat(i % 4 == 0 ? 1f : 0f, times))
                .ToArray();
            var single = Enumerable.Range(0, 100).Select(i => chance.NextDouble() + (i % 4 == 0 ? 0.3 : 0)).ToArray();
            double[] scores = [.. single.SelectMany(score => Enumerable.Repeat(score, times))];
            var rows = new HeldOut(contacts, new DateTime[labels.Length], labels, scores, scores);
            var figures = TestFigures.Measure(rows, [], 0.2, new Bootstrap(contacts, 300, 1), CancellationToken.None);
            return figures.Auc.High - figures.Auc.Low;
        }
    }

    [Test]
    public void A_rival_with_the_same_scores_has_a_delta_of_exactly_zero()
    {
        var rows = Some(out var scores);
        var figures = TestFigures.Measure(
            rows,
            [new Rival("twin", scores)],
            0.1,
            new Bootstrap(rows.Contacts, 100, 1),
            CancellationToken.None
        );
        Assert.That(figures.Rivals[0].Delta, Is.EqualTo(new Figure(0, 0, 0)));
        Assert.That(figures.Auc.Low, Is.LessThan(figures.Auc.Value));
        Assert.That(figures.Auc.High, Is.GreaterThan(figures.Auc.Value));
    }

    [Test]
    public void Figures_of_the_whole_equal_the_plain_metrics()
    {
        var rows = Some(out var scores);
        var figures = TestFigures.Measure(rows, [], 0.05, new Bootstrap(rows.Contacts, 20, 1), CancellationToken.None);
        Assert.That(figures.Auc.Value, Is.EqualTo(Metrics.RocAuc(scores, rows.Labels)).Within(1e-12));
        Assert.That(figures.PrAuc.Value, Is.EqualTo(Metrics.AveragePrecision(scores, rows.Labels)).Within(1e-12));
        Assert.That(figures.LogLoss.Value, Is.EqualTo(Metrics.LogLoss(scores, rows.Labels)).Within(1e-12));
        Assert.That(figures.Brier.Value, Is.EqualTo(Metrics.Brier(scores, rows.Labels)).Within(1e-12));
        Assert.That(figures.Ece.Value, Is.EqualTo(Metrics.CalibrationError(scores, rows.Labels)).Within(1e-12));
        Assert.That(figures.Lift1.Value, Is.EqualTo(Metrics.Lift(scores, rows.Labels, 0.01)).Within(1e-12));
        Assert.That(figures.Lift5.Value, Is.EqualTo(Metrics.Lift(scores, rows.Labels, 0.05)).Within(1e-12));
        Assert.That(figures.Lift10.Value, Is.EqualTo(Metrics.Lift(scores, rows.Labels, 0.1)).Within(1e-12));
        Assert.That(
            figures.PrecisionAtCapacity.Value,
            Is.EqualTo(Metrics.Precision(scores, rows.Labels, 10)).Within(1e-12)
        );
    }

    static HeldOut Some(out double[] scores)
    {
        var chance = new Random(3);
        scores = [.. Enumerable.Range(0, 200).Select(_ => chance.NextDouble())];
        float[] labels = [.. scores.Select(score => chance.NextDouble() < score ? 1f : 0f)];
        string[] contacts = [.. Enumerable.Range(0, 200).Select(i => $"c{i / 2}")];
        return new HeldOut(contacts, new DateTime[200], labels, scores, scores);
    }
}
