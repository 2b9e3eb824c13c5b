using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class BoundedSplitsTests
{
    const double Unit = 1 / 64.0;

    static readonly TrainingOptions Options = new()
    {
        MinimumRows = 2,
        L2 = 0.5,
        MinimumHessian = 0.25,
        MinimumGain = 0.01,
    };

    sealed record Case(int[] Bins, int[] Gradients, int[] Hessians, FeatureBins Of, ValueBounds Bounds)
    {
        public static Case Random(Random random)
        {
            var of = FeatureBins.Numeric([.. Enumerable.Range(0, random.Next(1, 6)).Select(cut => cut + 0.5)]);
            var rows = random.Next(4, 40);
            var low = -random.NextDouble() * 2;
            return new(
                [.. Enumerable.Range(0, rows).Select(_ => random.Next(of.Slots - random.Next(2)))],
                [.. Enumerable.Range(0, rows).Select(_ => random.Next(-64, 65))],
                [.. Enumerable.Range(0, rows).Select(_ => random.Next(1, 17))],
                of,
                random.Next(2) == 0 ? ValueBounds.None : new ValueBounds(low, low + (random.NextDouble() * 2))
            );
        }

        public GradientSum Sum(Func<int, bool> has)
        {
            int[] rows = [.. Enumerable.Range(0, Bins.Length).Where(row => has(Bins[row]))];
            return new(rows.Sum(row => Gradients[row]), rows.Sum(row => Hessians[row]), rows.Length);
        }

        public Split Find(int direction)
        {
            var bins = Enumerable.Range(0, Of.Slots).Select(slot => Sum(bin => bin == slot)).ToArray();
            var sums = new BinSums(
                Array.ConvertAll(bins, bin => (int)bin.Gradient),
                Array.ConvertAll(bins, bin => (int)bin.Hessian),
                Array.ConvertAll(bins, bin => (int)bin.Rows)
            );
            var leaf = new GrowingLeaf(0, 0, Bins.Length, Sum(_ => true), 0.5, -1, false, Bounds);
            return new SplitFinder(Options, Unit, Unit).Best(0, Of, sums, leaf, direction);
        }

        public double Value(GradientSum sum) =>
            Math.Clamp(-sum.Gradient * Unit / ((sum.Hessian * Unit) + 0.5), Bounds.Low, Bounds.High);

        double Saved(GradientSum sum)
        {
            var value = Value(sum);
            return -((2 * sum.Gradient * Unit * value) + (((sum.Hessian * Unit) + 0.5) * value * value));
        }

        /// <summary>What the best allowed way saves, or nothing.</summary>
        public double? Best(int direction)
        {
            var ways =
                from bin in Enumerable.Range(0, Of.Count)
                from missingLeft in new[] { false, true }
                let left = Sum(b => b == Of.Missing ? missingLeft : b <= bin)
                let right = Sum(_ => true) - left
                where Math.Min(left.Rows, right.Rows) >= 2 && Math.Min(left.Hessian, right.Hessian) >= 16
                where direction * (Value(right) - Value(left)) >= 0
                let gain = Saved(left) + Saved(right) - Saved(Sum(_ => true))
                where gain > 0.01 + 1e-10
                select (double?)gain;
            return ways.Max();
        }
    }

    [TestCase(1)]
    [TestCase(-1)]
    [TestCase(0)]
    public void Of_all_ways_that_obey_it_finds_the_one_that_saves_most(int direction)
    {
        var random = new Random(31 + direction);
        var found = 0;
        for (var round = 0; round < 400; round++)
        {
            var one = Case.Random(random);
            if (direction == 0 && one.Bounds == ValueBounds.None)
                continue;
            var (split, best) = (one.Find(direction), one.Best(direction));
            Assert.That(split.Found, Is.EqualTo(best is not null), $"round {round}");
            if (best is null)
                continue;
            found++;
            Assert.That(split.Gain, Is.EqualTo(best).Within(1e-9), $"round {round}");
            Assert.That(split.Left, Is.EqualTo(one.Sum(bin => split.LeftBins.Contains(bin))));
            Assert.That(direction * (one.Value(split.Right) - one.Value(split.Left)), Is.GreaterThanOrEqualTo(0));
        }
        Assert.That(found, Is.GreaterThan(30));
    }

    [Test]
    public void Below_a_monotone_split_values_may_not_cross_the_middle_of_its_children()
    {
        var bounded = new BoundedSplits(Options, 1, 1);
        // Values 5 / (2 + 0.5) = 2 on the left and 10 / (2 + 0.5) = 4 on the right.
        var split = Split.None with
        {
            Left = new GradientSum(-5, 2, 5),
            Right = new GradientSum(-10, 2, 5),
            L2 = 0.5,
        };
        var all = new ValueBounds(-9, 9);
        Assert.That(bounded.Children(split, all, 1), Is.EqualTo((all with { High = 3 }, all with { Low = 3 })));
        Assert.That(bounded.Children(split, all, -1), Is.EqualTo((all with { Low = 3 }, all with { High = 3 })));
        Assert.That(bounded.Children(split, all, 0), Is.EqualTo((all, all)));
        var narrow = new ValueBounds(-9, 2.5);
        Assert.That(bounded.Children(split, narrow, 1).Left.High, Is.EqualTo((2 + 2.5) / 2));
    }
}
