using System.Runtime.Intrinsics;
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

    /// <summary>One feature's rows with derivatives that fixed point holds exactly.</summary>
    sealed record Node(int[] Bins, double[] Gradients, double[] Hessians, Gradients Fixed)
    {
        public static Node Random(Random random, int rows, int slots)
        {
            var bins = Enumerable.Range(0, rows).Select(_ => random.Next(slots)).ToArray();
            var gradients = Enumerable.Range(0, rows).Select(_ => random.Next(-512, 513) / 512.0).ToArray();
            var hessians = Enumerable.Range(0, rows).Select(_ => random.Next(1, 129) / 512.0).ToArray();
            var rounded = new Gradients(rows, rows);
            for (var row = 0; row < rows; row++)
                rounded.Set(row, gradients[row], hessians[row]);
            return new Node(bins, gradients, hessians, rounded);
        }

        public Vector256<long>[] Sums(int slots)
        {
            var sums = new Vector256<long>[slots];
            var column = Array.ConvertAll(Bins, bin => (byte)bin);
            Histogram.Fill(column, [.. Enumerable.Range(0, Bins.Length)], Fixed.Rows, sums);
            return sums;
        }

        public GradientSum Total => Fixed.Sum([.. Enumerable.Range(0, Bins.Length)]);

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

    static Split Find(Node node, FeatureBins bins) =>
        new SplitFinder(Options, node.Fixed.Unit).Best(3, bins, node.Sums(bins.Slots), node.Total, Options.L2);

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
            };
            for (var row = 0; row < 12; row++)
                node.Fixed.Set(row, row < 3 ? 1 : -1, 0.25);
            var split = Find(node, FeatureBins.Numeric([0.5]));
            Assert.That(split.MissingLeft, Is.EqualTo(many == 0));
        }
    }

    [Test]
    public void A_histogram_less_one_child_s_is_exactly_the_other_child_s()
    {
        var random = new Random(23);
        for (var round = 0; round < 50; round++)
        {
            var rows = random.Next(1, 400);
            var gradients = new Gradients(rows, rows);
            for (var row = 0; row < rows; row++)
                gradients.Set(row, random.NextDouble() * 2 - 1, random.NextDouble() / 4);
            var column = Enumerable.Range(0, rows).Select(_ => (byte)random.Next(9)).ToArray();
            var left = Enumerable.Range(0, rows).Where(_ => random.Next(3) == 0).ToArray();
            int[] right = [.. Enumerable.Range(0, rows).Except(left)];
            var parent = Fill([.. left, .. right]);
            Histogram.Subtract(parent, Fill(left));
            Assert.That(parent, Is.EqualTo(Fill(right)));

            Vector256<long>[] Fill(int[] of)
            {
                var sums = new Vector256<long>[9];
                Histogram.Fill(column, of, Array.ConvertAll(of, row => gradients.Rows[row]), sums);
                return sums;
            }
        }
    }
}
