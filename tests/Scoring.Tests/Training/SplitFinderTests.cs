using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class SplitFinderTests
{
    static readonly TrainingOptions Options = new()
    {
        MinimumRows = 2,
        L2 = 0.7,
        MinimumHessian = 0.3,
        CategorySmoothing = 0,
        CategoryL2 = 0,
    };

    const double Unit = 1 / 512.0;

    /// <summary>One feature's rows with derivatives that levels hold exactly.</summary>
    sealed record Node(int[] Bins, double[] Gradients, double[] Hessians)
    {
        public static Node Random(Random random, int rows, int slots)
        {
            var bins = Enumerable.Range(0, rows).Select(_ => random.Next(slots)).ToArray();
            var gradients = Enumerable.Range(0, rows).Select(_ => random.Next(-512, 513) * Unit).ToArray();
            var hessians = Enumerable.Range(0, rows).Select(_ => random.Next(1, 129) * Unit).ToArray();
            return new Node(bins, gradients, hessians);
        }

        public GradientSum Sum(Func<int, bool> has)
        {
            int[] rows = [.. Enumerable.Range(0, Bins.Length).Where(row => has(Bins[row]))];
            return new(
                rows.Sum(row => (long)(Gradients[row] / Unit)),
                rows.Sum(row => (long)(Hessians[row] / Unit)),
                rows.Length
            );
        }

        public GradientSum Total => Sum(_ => true);

        public int[][] Sums(int slots)
        {
            var bins = Enumerable.Range(0, slots).Select(slot => Sum(bin => bin == slot)).ToArray();
            return
            [
                Array.ConvertAll(bins, bin => (int)bin.Gradient),
                Array.ConvertAll(bins, bin => (int)bin.Hessian),
                Array.ConvertAll(bins, bin => (int)bin.Rows),
            ];
        }

        /// <summary>Gain of sending these rows left, or nothing when a child would be too small.</summary>
        public double? Gain(Func<int, bool> goesLeft)
        {
            var (left, right) = ((G: 0.0, H: 0.0, N: 0), (G: 0.0, H: 0.0, N: 0));
            for (var row = 0; row < Bins.Length; row++)
                if (goesLeft(Bins[row]))
                    left = (left.G + Gradients[row], left.H + Hessians[row], left.N + 1);
                else
                    right = (right.G + Gradients[row], right.H + Hessians[row], right.N + 1);
            if (Math.Min(left.N, right.N) < Options.MinimumRows || Math.Min(left.H, right.H) < Options.MinimumHessian)
                return null;
            var (g, h) = (left.G + right.G, left.H + right.H);
            var gain = left.G * left.G / (left.H + Options.L2) + right.G * right.G / (right.H + Options.L2);
            return gain - g * g / (h + Options.L2) is var net && net > 1e-9 ? net : null;
        }
    }

    [Test]
    public void It_finds_the_best_numeric_split_of_all()
    {
        var random = new Random(21);
        for (var round = 0; round < 300; round++)
        {
            var bins = FeatureBins.Numeric([.. Enumerable.Range(0, random.Next(1, 6)).Select(cut => cut + 0.5)]);
            var node = Node.Random(random, random.Next(2, 30), bins.Slots - random.Next(2));
            var ways =
                from last in Enumerable.Range(0, bins.Count)
                from missingLeft in new[] { false, true }
                select node.Gain(bin => bin == bins.Missing ? missingLeft : bin <= last);
            AssertBest(node, bins, ways.Max());
        }
    }

    [Test]
    public void It_finds_the_best_set_of_levels_of_all_with_the_missing_ones_on_the_right()
    {
        var random = new Random(22);
        var compared = 0;
        for (var round = 0; round < 300; round++)
        {
            var bins = FeatureBins.Categorical([.. Enumerable.Range(0, random.Next(1, 8))]);
            // The best set is a run of sorted levels only where the bounds on children forbid no set.
            var node = Node.Random(random, random.Next(8, 40), bins.Slots - random.Next(2));
            var ways = Enumerable
                .Range(1, (1 << bins.Count) - 1)
                .Select(set => node.Gain(bin => (set >> bin & 1) != 0));
            var found = Find(node, bins);
            var best = ways.Max();
            if (found.Found && best is { } most)
                Assert.That(found.Gain, Is.LessThanOrEqualTo(most + 1e-9), $"round {round}");
            if (bins.Count == 1 || node.Bins.GroupBy(bin => bin).Any(level => !IsLarge(node, level.Key)))
                continue;
            AssertBest(node, bins, best);
            compared++;
        }
        Assert.That(compared, Is.GreaterThan(50));
    }

    static bool IsLarge(Node node, int bin)
    {
        int[] rows = [.. Enumerable.Range(0, node.Bins.Length).Where(row => node.Bins[row] == bin)];
        return rows.Length >= Options.MinimumRows && rows.Sum(row => node.Hessians[row]) >= Options.MinimumHessian;
    }

    static GrowingLeaf Leaf(Node node) =>
        new(0, 0, node.Bins.Length, node.Total, Options.L2, -1, IsLeft: false, ValueBounds.None);

    static Split Find(Node node, FeatureBins bins)
    {
        var sums = node.Sums(bins.Slots);
        return new SplitFinder(Options, Unit, Unit).Best(3, bins, new BinSums(sums[0], sums[1], sums[2]), Leaf(node));
    }

    static void AssertBest(Node node, FeatureBins bins, double? best)
    {
        var found = Find(node, bins);
        Assert.That(found.Found, Is.EqualTo(best is not null));
        if (best is null)
            return;
        Assert.That(found.Gain, Is.EqualTo(best).Within(1e-9));
        Assert.That(node.Gain(bin => found.LeftBins.Contains(bin)), Is.EqualTo(best).Within(1e-9));
        Assert.That(found.Left + found.Right, Is.EqualTo(node.Total));
        Assert.That(found.Left.Rows, Is.EqualTo(node.Bins.Count(bin => found.LeftBins.Contains(bin))));
        Assert.That(found.Feature, Is.EqualTo(3));
        if (bins.Type == FeatureType.Categorical)
            Assert.That(found.LeftBins.Contains(bins.Missing), Is.False);
    }

    [Test]
    public void Where_a_node_saw_no_missing_value_the_larger_child_takes_them()
    {
        foreach (var (few, many) in new[] { (0, 1), (1, 0) })
        {
            var node = Node.Random(new Random(1), 12, 1) with
            {
                Bins = [few, few, few, many, many, many, many, many, many, many, many, many],
                Gradients = [.. Enumerable.Range(0, 12).Select(row => row < 3 ? 1.0 : -1)],
                Hessians = [.. Enumerable.Repeat(0.25, 12)],
            };
            var split = Find(node, FeatureBins.Numeric([0.5]));
            Assert.That(split.MissingLeft, Is.EqualTo(many == 0));
        }
    }
}
