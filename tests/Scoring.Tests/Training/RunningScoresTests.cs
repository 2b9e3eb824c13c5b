using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class RunningScoresTests
{
    [TestCase(1)]
    [TestCase(8192)]
    [TestCase(8193)]
    [TestCase(20_000)]
    public void Values_of_leaves_add_up_and_derivatives_follow(int rows)
    {
        float[] labels = [.. Enumerable.Range(0, rows).Select(row => (float)(row % 3 == 0 ? 1 : 0))];
        float[] weights = [.. Enumerable.Range(0, rows).Select(row => 1 + (row % 4))];
        ushort[] leafOf = [.. Enumerable.Range(0, rows).Select(row => (ushort)(row % 2))];
        foreach (var threads in new[] { 1, 3 })
        foreach (var weighted in new[] { false, true })
        {
            using var crew = new Crew(threads);
            var gradients = new Gradients(rows);
            var scores = new RunningScores(labels, weighted ? weights : [], prior: -1);
            scores.Advance([0.5, -2], leafOf, gradients, crew);
            var spread = scores.Advance([0.25, 1], leafOf, gradients, crew);
            for (var row = 0; row < rows; row++)
            {
                var p = 1 / (1 + Math.Exp(row % 2 == 0 ? 0.25 : 2));
                var weight = weighted ? weights[row] : 1;
                Assert.That(gradients.First[row], Is.EqualTo(weight * (p - labels[row])).Within(1e-12));
                Assert.That(gradients.Second[row], Is.EqualTo(weight * p * (1 - p)).Within(1e-12));
            }
            Assert.That(spread.SumFirst, Is.EqualTo(gradients.First.Sum(Math.Abs)).Within(1e-8));
            Assert.That(spread.MostFirst, Is.EqualTo(gradients.First.Max(Math.Abs)));
        }
    }
}
