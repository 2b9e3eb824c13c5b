using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>The search over shared lanes against a search of each feature's own sums.</summary>
public sealed class SplitSearchTests
{
    static readonly TrainingOptions Options = new()
    {
        MinimumRows = 2,
        MinimumLevelRows = 1,
        MinimumHessian = 0,
        CategorySmoothing = 1,
        Bins = 40,
    };

    /// <summary>A table of small features that share lanes, larger ones alone, and categorical ones.</summary>
    sealed class Case : IDisposable
    {
        readonly Crew _crew = new(1);
        readonly Gradients _gradients;

        public Case(int seed, int[] directions)
        {
            var random = new Random(seed);
            const int rows = 120;
            var columns = new List<float[]>();
            var features = new List<Feature>();
            for (var f = 0; f < 24; f++)
            {
                var levels = f % 4 == 3 ? 90 : 2 + (f % 5);
                features.Add(
                    f % 6 == 5
                        ? Feature.Categorical($"c{f}", [.. Enumerable.Range(0, levels).Select(l => $"level{l}")])
                        : Feature.Numeric($"f{f}", "traces")
                );
                columns.Add([
                    .. Enumerable.Range(0, rows).Select(_ => random.Next(9) == 0 ? float.NaN : random.Next(levels)),
                ]);
            }
            var labels = Enumerable.Range(0, rows).Select(_ => (float)random.Next(2)).ToArray();
            Table = BinnedTable.Make(Tables.Of([.. features], [.. columns], labels), Options, _crew);
            _gradients = new Gradients(rows);
            for (var row = 0; row < rows; row++)
                (_gradients.First[row], _gradients.Second[row]) = (
                    random.Next(-32, 33) / 64.0,
                    random.Next(1, 17) / 64.0
                );
            _gradients.Quantise(new GradientSpread(1, rows, 1, rows), 0, _crew);
            Sums = new NodeSums(Table, _gradients, 1);
            Search = new SplitSearch(Table, Sums, Options, directions);
            Finder = new SplitFinder(Options, _gradients.GradientUnit, _gradients.HessianUnit);
            Columns = columns;
        }

        public List<float[]> Columns { get; }
        public BinnedTable Table { get; }
        public NodeSums Sums { get; }
        public SplitSearch Search { get; }
        public SplitFinder Finder { get; }

        public void Start(int[] features)
        {
            Sums.Ask(features);
            Search.Start(_gradients, features);
        }

        /// <summary>A leaf of some rows, its histogram summed up one by one.</summary>
        public GrowingLeaf Leaf(int index, Func<int, bool> has)
        {
            var histogram = new Histogram(Table.Offsets[^1]);
            var total = default(GradientSum);
            for (var row = 0; row < Table.RowCount; row++)
            {
                if (!has(row))
                    continue;
                var sum = Gradients.Unpack(_gradients.Packed[row]);
                total += sum;
                for (var lane = 0; lane < Table.Lanes.Length; lane++)
                {
                    var slot = Table.Offsets[lane] + Code(lane, row);
                    histogram.Gradient[slot] += (int)sum.Gradient;
                    histogram.Hessian[slot] += (int)sum.Hessian;
                    histogram.Rows[slot]++;
                }
            }
            return new(index, 0, (int)total.Rows, total, Options.L2, -1, false, ValueBounds.None)
            {
                Histogram = histogram,
            };
        }

        /// <summary>The best split of one feature, from its own bins.</summary>
        public Split Slow(int feature, Func<int, bool> has, GrowingLeaf leaf, int direction)
        {
            var bins = Table.Bins[feature];
            var (g, h, n) = (new int[bins.Slots], new int[bins.Slots], new int[bins.Slots]);
            for (var row = 0; row < Table.RowCount; row++)
            {
                if (!has(row))
                    continue;
                var sum = Gradients.Unpack(_gradients.Packed[row]);
                var bin = bins.BinOf(Columns[Table.Features[feature]][row]);
                g[bin] += (int)sum.Gradient;
                h[bin] += (int)sum.Hessian;
                n[bin]++;
            }
            return Finder.Best(feature, bins, new BinSums(g, h, n), leaf, direction);
        }

        unsafe int Code(int lane, int row)
        {
            var codes = Table.Rows.Lane(lane, byRow: true, out var stride);
            return codes[row * stride];
        }

        public void Dispose() => _crew.Dispose();
    }

    static int[] Rising(int seed) => [.. Enumerable.Range(0, 24).Select(f => f % 6 == 5 ? 0 : ((f + seed) % 3) - 1)];

    [Test]
    public void A_leaf_and_its_sister_get_the_best_split_of_all_features_asked_for()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var directions = seed % 2 == 0 ? [] : Rising(seed);
            using var one = new Case(seed, directions);
            Assert.That(one.Table.Lanes.Any(lane => lane.Members.Count > 1), Is.True);
            Assert.That(one.Table.Tiles, Is.GreaterThan(1));
            int[] asked = [.. Enumerable.Range(0, one.Table.Features.Length).Where(f => (f + seed) % 3 != 0)];
            one.Start([0]);
            one.Start(asked);
            Func<int, bool> isSmall = row => row % 3 == 0;
            var small = one.Leaf(0, isSmall);
            // The sister still holds its parent's sums.
            var parent = one.Leaf(1, _ => true);
            var large = parent with { Sum = parent.Sum - small.Sum, Histogram = parent.Histogram };
            for (var tile = 0; tile < one.Table.Tiles; tile++)
                one.Search.Find(tile, small, large);
            one.Search.Choose(small, large);
            AssertBest(one, small, asked, isSmall, directions);
            AssertBest(one, large, asked, row => !isSmall(row), directions);
        }
    }

    static void AssertBest(Case one, GrowingLeaf leaf, int[] asked, Func<int, bool> has, int[] directions)
    {
        var best = Split.None;
        foreach (var feature in asked)
            if (
                one.Slow(feature, has, leaf, directions.Length == 0 ? 0 : directions[feature]) is var split
                && split.Gain > best.Gain
            )
                best = split;
        Assert.That(best.Found, Is.True);
        Assert.That(leaf.Best, Is.EqualTo(best));
    }

    [Test]
    public void A_root_has_no_sister_and_a_small_leaf_that_cannot_be_split_gets_none()
    {
        using var one = new Case(4, []);
        int[] all = [.. Enumerable.Range(0, one.Table.Features.Length)];
        one.Start(all);
        var root = one.Leaf(0, _ => true);
        for (var tile = 0; tile < one.Table.Tiles; tile++)
            one.Search.Find(tile, root, null);
        one.Search.Choose(root, null);
        AssertBest(one, root, all, _ => true, []);
        var small = one.Leaf(0, row => row < 30);
        var large = one.Leaf(1, _ => true);
        for (var tile = 0; tile < one.Table.Tiles; tile++)
            one.Search.Find(tile, small, large, splitsSmall: false);
        one.Search.Choose(small, large);
        Assert.That(small.Best.Found, Is.False);
        Assert.That(large.Best.Found, Is.True);
    }

    [Test]
    public void Bounds_are_handed_on_but_for_a_monotone_number()
    {
        var split = Split.None with { Left = new GradientSum(-5, 2, 5), Right = new GradientSum(-10, 2, 5), L2 = 0.5 };
        var bounds = new ValueBounds(-9, 9);
        using var free = new Case(1, []);
        free.Start([0]);
        Assert.That(free.Search.Bounds(split, bounds), Is.EqualTo((bounds, bounds)));
        using var bound = new Case(1, [.. Enumerable.Repeat(1, 24)]);
        bound.Start([0]);
        var number = Array.FindIndex(bound.Table.Bins, bins => bins.Type == FeatureType.Numeric);
        var levels = Array.FindIndex(bound.Table.Bins, bins => bins.Type == FeatureType.Categorical);
        Assert.That(bound.Search.Bounds(split with { Feature = levels }, bounds), Is.EqualTo((bounds, bounds)));
        var (left, right) = bound.Search.Bounds(split with { Feature = number }, bounds);
        Assert.That(left.High, Is.EqualTo(right.Low).And.LessThan(9));
        Assert.That((left.Low, right.High), Is.EqualTo((-9, 9)));
    }
}
