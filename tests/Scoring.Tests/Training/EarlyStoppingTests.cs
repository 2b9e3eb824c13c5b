using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class EarlyStoppingTests
{
    /// <summary>Rows of one feature that is 0 or 1, and the tree that asks for it.</summary>
    sealed class Case : IDisposable
    {
        readonly Crew _crew = new(1);

        public Case(int rows, bool weighted, int patience, float? onlyLabel = null)
        {
            var random = new Random(rows);
            var column = Enumerable.Range(0, rows).Select(_ => (float)random.Next(2)).ToArray();
            Ones = [.. column.Select(value => value == 1)];
            Labels = [.. Ones.Select(one => onlyLabel ?? (random.NextDouble() < (one ? 0.7 : 0.2) ? 1f : 0f))];
            Weights = weighted ? [.. Ones.Select(_ => (float)random.NextDouble() + 0.5f)] : [];
            var table = Tables.Numeric([column], Labels, weighted ? Weights : null);
            var training = Tables.Numeric(
                [
                    [0, 1, 0, 1],
                ],
                [0, 1, 1, 0]
            );
            Binned = BinnedTable.Make(training, new TrainingOptions { MinimumRows = 1 }, _crew);
            Stopping = new EarlyStopping(table, training.Features, Binned, Prior, patience, _crew);
            var goesLeft = new byte[256];
            goesLeft[0] = 1;
            Tree.Add(0, goesLeft, ~0, ~1);
        }

        public const double Prior = -1.5;

        public bool[] Ones { get; }
        public float[] Labels { get; }
        public float[] Weights { get; }
        public BinnedTable Binned { get; }
        public EarlyStopping Stopping { get; }
        public CodedTree Tree { get; } = new();

        /// <summary>Mean loss with these values added, at the shift that makes it least or at none.</summary>
        public double Loss(double zero, double one, bool shifts)
        {
            var (low, high) = shifts ? (-6.0, 6.0) : (0.0, 0.0);
            for (var step = 0; step < 90; step++)
            {
                var (a, b) = (low + ((high - low) / 3), high - ((high - low) / 3));
                (low, high) = At(a) < At(b) ? (low, b) : (a, high);
            }
            return At((low + high) / 2);

            double At(double shift)
            {
                var (loss, weights) = (0.0, 0.0);
                for (var row = 0; row < Ones.Length; row++)
                {
                    var weight = Weights.Length == 0 ? 1 : Weights[row];
                    var score = Prior + shift + (Ones[row] ? one : zero);
                    loss += weight * Math.Log(1 + Math.Exp(Labels[row] == 1 ? -score : score));
                    weights += weight;
                }
                return loss / weights;
            }
        }

        public void Dispose() => _crew.Dispose();
    }

    [TestCase(60, false)]
    [TestCase(60, true)]
    [TestCase(4096, false)]
    [TestCase(9001, true)]
    public void The_loss_is_the_mean_log_loss_at_the_best_shift(int rows, bool weighted)
    {
        using var one = new Case(rows, weighted, patience: 9);
        var (zeros, ones) = (0.0, 0.0);
        foreach (var (zero, more) in new[] { (-0.25, 0.5), (0.0, 0.25), (-0.5, 0.5) })
        {
            (zeros, ones) = (zeros + zero, ones + more);
            var before = one.Stopping.BestLoss;
            one.Stopping.Ends(one.Tree, [zero, more], 1);
            Assert.That(one.Stopping.BestLoss, Is.EqualTo(Math.Min(before, one.Loss(zeros, ones, true))).Within(1e-7));
        }
    }

    [TestCase(0f)]
    [TestCase(1f)]
    public void Rows_of_one_class_are_not_shifted(float label)
    {
        using var one = new Case(50, weighted: true, patience: 9, onlyLabel: label);
        one.Stopping.Ends(one.Tree, [0.5, -0.25], 1);
        Assert.That(one.Stopping.BestLoss, Is.EqualTo(one.Loss(0.5, -0.25, false)).Within(1e-9));
    }

    [Test]
    public void It_ends_when_the_loss_has_not_fallen_for_as_many_trees_as_it_waits()
    {
        using var one = new Case(400, weighted: false, patience: 3);
        Assert.That(one.Stopping.BestTrees, Is.EqualTo(1));
        Assert.That(one.Stopping.Ends(one.Tree, [-0.5, 0.5], 1), Is.False);
        Assert.That(one.Stopping.Ends(one.Tree, [-0.4, 0.4], 2), Is.False);
        Assert.That(one.Stopping.BestTrees, Is.EqualTo(2));
        var best = one.Stopping.BestLoss;
        // Worse and worse from here on; an equal loss is no better one.
        Assert.That(one.Stopping.Ends(one.Tree, [3, -3], 3), Is.False);
        Assert.That(one.Stopping.Ends(one.Tree, [3, -3], 4), Is.False);
        Assert.That(one.Stopping.Ends(one.Tree, [0, 0], 5), Is.True);
        Assert.That((one.Stopping.BestTrees, one.Stopping.BestLoss), Is.EqualTo((2, best)));
    }
}
