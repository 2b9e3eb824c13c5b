using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>Sets of levels: smoothing, the extra penalty, the bounds on children and the limit on levels that go left.</summary>
public sealed class LevelSplitsTests
{
    const double GradientUnit = 1 / 32.0;
    const double HessianUnit = 1 / 64.0;

    static readonly TrainingOptions Options = new()
    {
        MinimumRows = 1,
        MinimumHessian = 0,
        L2 = 0.5,
        CategorySmoothing = 4,
        CategoryL2 = 2,
        MinimumGain = 0.125,
    };

    /// <param name="sums">Of each level, then of the missing ones, in levels of the derivatives.</param>
    static Split Best(TrainingOptions options, double floor, params (int G, int H, int N)[] sums)
    {
        var bins = FeatureBins.Categorical([.. Enumerable.Range(0, sums.Length - 1)]);
        var node = new GradientSum(sums.Sum(sum => sum.G), sums.Sum(sum => sum.H), sums.Sum(sum => sum.N));
        var leaf = new GrowingLeaf(0, 0, (int)node.Rows, node, options.L2, -1, IsLeft: false, ValueBounds.None);
        var all = new BinSums(
            Array.ConvertAll(sums, sum => sum.G),
            Array.ConvertAll(sums, sum => sum.H),
            Array.ConvertAll(sums, sum => sum.N)
        );
        return new LevelSplits(options, GradientUnit, HessianUnit).Best(7, bins, all, leaf, floor);
    }

    static double Gain(double g, double h, double l2) =>
        g * GradientUnit * (g * GradientUnit) / ((h * HessianUnit) + l2);

    static int[] Left(Split split) => [.. Enumerable.Range(0, 256).Where(bin => split.LeftBins.Contains(bin))];

    [Test]
    public void Many_levels_carry_the_extra_penalty_and_the_gain_is_above_the_floor()
    {
        var split = Best(Options, 3, (640, 64, 9), (-320, 64, 8), (-330, 64, 7), (20, 64, 6), (10, 64, 5), (0, 64, 5));
        Assert.That(Left(split), Is.EqualTo(new[] { 0 }));
        Assert.That(split.L2, Is.EqualTo(2.5));
        Assert.That(split.Left, Is.EqualTo(new GradientSum(640, 64, 9)));
        Assert.That(split.Right, Is.EqualTo(new GradientSum(-620, 320, 31)));
        Assert.That(split.Feature, Is.EqualTo(7));
        Assert.That(split.Bin, Is.EqualTo(-1));
        Assert.That(split.MissingLeft, Is.False);
        var expected = Gain(640, 64, 2.5) + Gain(-620, 320, 2.5) - 3 + Options.MinimumGain;
        Assert.That(split.Gain, Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Up_to_four_levels_are_spared_smoothing_and_penalty()
    {
        // One level of a single row: below the smoothing, and still sent left.
        var few = Best(Options, 0, (640, 64, 1), (-320, 64, 8), (-330, 64, 7), (20, 64, 6), (0, 64, 5));
        Assert.That(Left(few), Is.EqualTo(new[] { 0 }));
        Assert.That(few.L2, Is.EqualTo(0.5));
        Assert.That(
            few.Gain,
            Is.EqualTo(Gain(640, 64, 0.5) + Gain(-630, 256, 0.5) + Options.MinimumGain).Within(1e-12)
        );
        // With a fifth level it is too small to be asked for.
        var many = Best(Options, 0, (640, 64, 1), (-320, 64, 8), (-330, 64, 7), (20, 64, 6), (0, 64, 5), (0, 0, 0));
        Assert.That(Left(many), Does.Not.Contain(0));
    }

    [Test]
    public void A_level_with_just_as_many_rows_as_the_smoothing_may_go_left()
    {
        (int, int, int)[] others = [(-100, 64, 9), (-100, 64, 9), (-100, 64, 9), (-100, 64, 9), (0, 64, 9)];
        Assert.That(Left(Best(Options, 0, [(640, 64, 4), .. others])), Is.EqualTo(new[] { 0 }));
        Assert.That(Left(Best(Options, 0, [(640, 64, 3), .. others])), Does.Not.Contain(0));
    }

    [Test]
    public void Both_ends_of_the_order_are_tried_and_the_first_of_equal_sets_is_kept()
    {
        // Missing rows go right, so that a run from the low end and one from the high end are different sets.
        var low = Best(Options, -1, (-640, 64, 9), (0, 64, 9), (0, 64, 9), (0, 64, 9), (0, 64, 9), (0, 640, 9));
        var high = Best(Options, -1, (640, 64, 9), (0, 64, 9), (0, 64, 9), (0, 64, 9), (0, 64, 9), (0, 640, 9));
        Assert.That((Left(low), Left(high)), Is.EqualTo((new[] { 0 }, new[] { 0 })));
        var equal = Best(Options, -1, (-640, 64, 9), (0, 64, 9), (0, 64, 9), (0, 64, 9), (640, 64, 9), (0, 64, 9));
        Assert.That(Left(equal), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void A_gain_that_only_reaches_the_floor_is_none()
    {
        (int, int, int)[] sums = [(640, 64, 9), (-320, 64, 8), (-330, 64, 7), (20, 64, 6), (10, 64, 5), (0, 64, 5)];
        var best = Best(Options, 0, sums).Gain - Options.MinimumGain;
        Assert.That(Best(Options, best, sums).Found, Is.False);
        Assert.That(Best(Options, best - 1e-9, sums).Found, Is.True);
    }

    [Test]
    public void Levels_without_rows_are_not_asked_for()
    {
        var none = Options with { CategorySmoothing = 0 };
        var split = Best(
            none,
            -9,
            (0, 0, 0),
            (640, 64, 9),
            (0, 0, 0),
            (-640, 64, 9),
            (-1, 64, 9),
            (0, 0, 0),
            (0, 64, 9)
        );
        Assert.That(Left(split), Is.SubsetOf(new[] { 1, 3, 4 }).And.Not.Empty);
    }

    [TestCase(0, 1, true)]
    [TestCase(10, 1, true)]
    [TestCase(11, 1, false)]
    [TestCase(1, 10, true)]
    [TestCase(1, 11, false)]
    public void Children_need_rows_and_curvature(int rows, int hessian, bool found)
    {
        // Whatever goes left, one child has at most 10 rows and 10 levels of the hessian.
        var options = Options with
        {
            MinimumRows = rows,
            MinimumHessian = hessian * HessianUnit,
        };
        var split = Best(options, -99, (640, 10, 10), (-600, 10, 10));
        Assert.That(split.Found, Is.EqualTo(found && rows <= 10));
    }

    [Test]
    public void A_child_without_rows_is_no_child()
    {
        var split = Best(Options with { MinimumRows = 0 }, -99, (640, 10, 10), (0, 0, 0));
        Assert.That(split.Found, Is.False, "all rows on the left");
    }

    [Test]
    public void At_most_thirty_two_levels_go_left()
    {
        var sums = Enumerable.Range(0, 80).Select(level => (level % 2 == 0 ? 320 : -320, 64, 9)).ToArray();
        var split = Best(Options, 0, [.. sums, (0, 64, 9)]);
        Assert.That(Left(split), Has.Length.EqualTo(LevelSplits.MostLeft));
        Assert.That(Left(split).Select(level => level % 2).Distinct().ToArray(), Has.Length.EqualTo(1));
    }

    [Test]
    public void No_run_from_either_end_gains_more()
    {
        var random = new Random(71);
        for (var round = 0; round < 300; round++)
        {
            var levels = random.Next(1, 9);
            var sums = new (int G, int H, int N)[levels + 1];
            for (var level = 0; level <= levels; level++)
                sums[level] =
                    random.Next(8) == 0 ? default : (random.Next(-99, 100), random.Next(1, 60), random.Next(1, 9));
            var options = Options with
            {
                MinimumRows = random.Next(1, 5),
                MinimumHessian = random.Next(3) * 0.2,
                CategorySmoothing = random.Next(4),
            };
            var floor = random.NextDouble() / 4;
            var split = Best(options, floor, sums);
            var expected = Twin(options, floor, sums);
            Assert.That(split.Found, Is.EqualTo(expected is not null), $"round {round}");
            if (expected is { } best)
                Assert.That(split.Gain, Is.EqualTo(best - floor + options.MinimumGain).Within(1e-9), $"round {round}");
        }
    }

    static double? Twin(TrainingOptions options, double floor, (int G, int H, int N)[] sums)
    {
        var few = sums.Length - 1 <= 4;
        var (smoothing, l2) = few ? (0, options.L2) : (options.CategorySmoothing, options.L2 + options.CategoryL2);
        var asked = Enumerable
            .Range(0, sums.Length - 1)
            .Where(level => sums[level].N > 0 && sums[level].N >= smoothing)
            .OrderBy(level => sums[level].G * GradientUnit / ((sums[level].H * HessianUnit) + smoothing + 1e-12))
            .ToArray();
        double? best = null;
        foreach (var order in new[] { asked, [.. asked.Reverse()] })
            for (var count = 1; count <= order.Length; count++)
            {
                var left = order.Take(count).ToArray();
                var right = Enumerable.Range(0, sums.Length).Except(left).ToArray();
                var (l, r) = (Sum(left), Sum(right));
                if (Math.Min(l.N, r.N) < Math.Max(1, options.MinimumRows))
                    continue;
                if (Math.Min(l.H, r.H) * HessianUnit < Math.Max(HessianUnit, options.MinimumHessian))
                    continue;
                var gain = Gain(l.G, l.H, l2) + Gain(r.G, r.H, l2);
                if (gain > floor && (best is null || gain > best))
                    best = gain;
            }
        return best;

        (double G, double H, int N) Sum(int[] levels) =>
            (levels.Sum(i => (double)sums[i].G), levels.Sum(i => (double)sums[i].H), levels.Sum(i => sums[i].N));
    }
}
