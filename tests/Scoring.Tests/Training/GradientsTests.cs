using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class GradientsTests
{
    static Gradients Of(double[] first, double[] second, int round = 0, int threads = 1)
    {
        using var crew = new Crew(threads);
        var gradients = new Gradients(first.Length);
        first.CopyTo(gradients.First, 0);
        second.CopyTo(gradients.Second, 0);
        gradients.Quantise(
            new GradientSpread(first.Max(Math.Abs), first.Sum(Math.Abs), second.Max(), second.Sum()),
            round,
            crew
        );
        return gradients;
    }

    [Test]
    public void What_halves_evenly_stays_exact()
    {
        double[] first = [0.5, -0.5, 0.25, -1, 0];
        double[] second = [0.25, 0.125, 0.25, 0, 0.0625];
        for (var round = 0; round < 20; round++)
        {
            var gradients = Of(first, second, round);
            for (var row = 0; row < first.Length; row++)
            {
                var sum = Gradients.Unpack(gradients.Packed[row]);
                Assert.That(sum.Gradient * gradients.GradientUnit, Is.EqualTo(first[row]));
                Assert.That(sum.Hessian * gradients.HessianUnit, Is.EqualTo(second[row]));
                Assert.That(sum.Rows, Is.EqualTo(1));
            }
        }
    }

    [Test]
    public void A_level_is_next_below_or_next_above_and_right_on_average()
    {
        // 20,000 rows: about a thousand levels, so that rounding shows.
        const int rows = 20_000;
        var first = Enumerable
            .Range(0, rows)
            .Select(row =>
                row == 0 ? 1
                : row % 2 == 0 ? -0.01037
                : 0.00371
            )
            .ToArray();
        var second = Enumerable.Range(0, rows).Select(row => row == 0 ? 0.25 : 0.00371).ToArray();
        var gradients = Of(first, second, round: 3);
        var (sumFirst, sumSecond) = (0.0, 0.0);
        for (var row = 0; row < rows; row++)
        {
            var sum = Gradients.Unpack(gradients.Packed[row]);
            var (gradient, hessian) = (sum.Gradient * gradients.GradientUnit, sum.Hessian * gradients.HessianUnit);
            Assert.That(gradient, Is.EqualTo(first[row]).Within(gradients.GradientUnit));
            Assert.That(hessian, Is.EqualTo(second[row]).Within(gradients.HessianUnit));
            (sumFirst, sumSecond) = (sumFirst + gradient, sumSecond + hessian);
        }
        // Five standard errors of rows that are off by at most one level, half of them either way.
        Assert.That(sumFirst, Is.EqualTo(first.Sum()).Within(2.5 * Math.Sqrt(rows) * gradients.GradientUnit));
        Assert.That(sumSecond, Is.EqualTo(second.Sum()).Within(2.5 * Math.Sqrt(rows) * gradients.HessianUnit));
        Assert.That(1 / gradients.GradientUnit, Is.EqualTo(512), "a power of two below (2^24 / 16,384 - 2) / 1");
        Assert.That(1 / gradients.HessianUnit, Is.EqualTo(2048));
    }

    [Test]
    public void Small_tables_have_finer_levels()
    {
        // 2^24 / 100 - 2 levels for at most 1: 2^17 is the power of two below.
        var gradients = Of([.. Enumerable.Repeat(1.0, 100)], [.. Enumerable.Repeat(0.25, 100)]);
        Assert.That(1 / gradients.GradientUnit, Is.EqualTo(1 << 17));
        Assert.That(1 / gradients.HessianUnit, Is.EqualTo(1 << 19));
    }

    [Test]
    public void A_block_of_the_largest_rows_overflows_no_field()
    {
        var rows = Gradients.BlockRows;
        foreach (var sign in new[] { 1.0, -1.0 })
        {
            var gradients = Of([.. Enumerable.Repeat(sign, rows + 1)], [.. Enumerable.Repeat(0.3, rows + 1)]);
            var all = gradients.Packed[..rows].Sum();
            var one = Gradients.Unpack(gradients.Packed[0]);
            var sum = Gradients.Unpack(all);
            Assert.That(sum.Rows, Is.EqualTo(rows));
            Assert.That(sum.Gradient, Is.EqualTo(rows * one.Gradient));
            Assert.That(sum.Hessian * gradients.HessianUnit, Is.EqualTo(0.3 * rows).Within(0.3 * rows / 100));
        }
    }

    [Test]
    public void Without_any_slope_nothing_is_divided_by_0()
    {
        var gradients = Of([0, 0], [0, 0]);
        Assert.That(gradients.Packed, Is.EqualTo(new long[] { 1, 1 }));
        Assert.That((gradients.GradientUnit, gradients.HessianUnit), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public void Threads_do_not_matter_and_another_tree_rounds_otherwise()
    {
        var random = new Random(5);
        var first = Enumerable.Range(0, 30_000).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
        var second = Enumerable.Range(0, 30_000).Select(_ => random.NextDouble() / 4).ToArray();
        var alone = Of(first, second, round: 1).Packed;
        Assert.That(Of(first, second, round: 1, threads: 3).Packed, Is.EqualTo(alone));
        Assert.That(Of(first, second, round: 2).Packed, Is.Not.EqualTo(alone));
    }

    [Test]
    public void Spreads_of_blocks_are_put_together()
    {
        var sum = new GradientSpread(1, 2, 3, 4) + new GradientSpread(5, 1, 2, 1);
        Assert.That(sum, Is.EqualTo(new GradientSpread(5, 3, 3, 5)));
    }

    [Test]
    public void Sums_are_added_and_taken_away_part_by_part()
    {
        var (all, some) = (new GradientSum(10, 20, 30), new GradientSum(1, 5, 7));
        Assert.That(all - some, Is.EqualTo(new GradientSum(9, 15, 23)));
        Assert.That(some + all, Is.EqualTo(new GradientSum(11, 25, 37)));
    }
}
