using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class BinningTests
{
    static FeatureBins Numeric(float[] column, int bins = 255) =>
        Binning.Find(FeatureType.Numeric, column, [], new TrainingOptions { Bins = bins });

    [Test]
    public void Few_distinct_values_are_cut_at_their_midpoints()
    {
        var bins = Numeric([3, 1, float.NaN, 1, 7, 3]);
        Assert.That(bins.Cuts, Is.EqualTo(new[] { 2.0, 5.0 }));
        Assert.That(
            new[] { 1, 2, 2.1f, 3, 5, 7, 900, -900, float.NaN }.Select(bins.BinOf),
            Is.EqualTo(new byte[] { 0, 0, 1, 1, 1, 2, 2, 0, 3 })
        );
    }

    [Test]
    public void A_constant_column_has_one_bin_and_an_empty_one_cannot_fail()
    {
        Assert.That(Numeric([4, 4, float.NaN]).Count, Is.EqualTo(1));
        Assert.That(Numeric([float.NaN]).Cuts, Is.Empty);
    }

    [Test]
    public void Many_distinct_values_fall_into_bins_of_about_as_many_rows()
    {
        var random = new Random(1);
        var column = Enumerable.Range(0, 20_000).Select(_ => (float)Math.Exp(random.NextDouble() * 20)).ToArray();
        var bins = Numeric(column, 100);
        Assert.That(bins.Count, Is.EqualTo(100));
        var rows = column.GroupBy(bins.BinOf).Select(bin => bin.Count()).ToArray();
        Assert.That(rows, Has.Length.EqualTo(100));
        Assert.That(rows, Has.All.InRange(195, 205));
    }

    [Test]
    public void One_frequent_value_takes_one_bin_and_leaves_the_others_theirs()
    {
        var column = Enumerable.Range(0, 10_000).Select(row => row < 9000 ? 0f : row).ToArray();
        var bins = Numeric(column, 51);
        var rows = column.GroupBy(bins.BinOf).OrderBy(bin => bin.Key).Select(bin => bin.Count()).ToArray();
        Assert.That(rows[0], Is.EqualTo(9000));
        Assert.That(rows[1..], Has.Length.EqualTo(50).And.All.InRange(19, 21));
    }

    [Test]
    public void A_value_is_at_most_a_cut_exactly_when_its_bin_is_at_most_the_cut_s()
    {
        var random = new Random(2);
        for (var round = 0; round < 200; round++)
        {
            var column = Enumerable.Range(0, random.Next(1, 60)).Select(_ => AnyFloat(random)).ToArray();
            var bins = Numeric(column, random.Next(2, 20));
            Assert.That(bins.Cuts, Is.Ordered.Ascending.And.Unique);
            Assert.That(bins.Cuts, Has.Length.LessThan(20));
            foreach (var value in column.Concat(Enumerable.Range(0, 20).Select(_ => AnyFloat(random))))
                for (var cut = 0; cut < bins.Cuts.Length; cut++)
                    Assert.That(value <= bins.Cuts[cut], Is.EqualTo(bins.BinOf(value) <= cut), $"{value} at {cut}");
        }
    }

    /// <summary>Neighbours, denormals, both zeros and the greatest among ordinary values.</summary>
    static float AnyFloat(Random random) =>
        random.Next(6) switch
        {
            0 => random.Next(2) == 0 ? 0f : -0f,
            1 => BitConverter.Int32BitsToSingle(random.Next(1, 5)),
            2 => MathF.BitIncrement(random.Next(3)),
            3 => random.Next(2) == 0 ? float.MaxValue : float.MinValue,
            4 => BitConverter.Int32BitsToSingle(random.Next(0x7F800000)),
            _ => random.Next(-3, 4),
        };

    [Test]
    public void Rare_levels_share_the_bin_of_the_missing_ones()
    {
        var column = new float[] { 5, 5, 5, 2, 2, 9, float.NaN, 7, 7, 7, 7 };
        var bins = Binning.Find(FeatureType.Categorical, column, [], new TrainingOptions { MinimumLevelRows = 2 });
        Assert.That(bins.Levels, Is.EqualTo(new[] { 2, 5, 7 }));
        Assert.That(
            new[] { 2, 5, 7, 9, 100, -1, float.NaN }.Select(bins.BinOf),
            Is.EqualTo(new byte[] { 0, 1, 2, 3, 3, 3, 3 })
        );
    }

    [Test]
    public void Of_too_many_levels_the_most_frequent_get_bins()
    {
        var column = Enumerable
            .Range(0, 300)
            .SelectMany(level => Enumerable.Repeat((float)level, 10 + level))
            .ToArray();
        var bins = Binning.Find(FeatureType.Categorical, column, [], new TrainingOptions());
        Assert.That(bins.Levels, Is.EqualTo(Enumerable.Range(45, 255)));
    }

    // Weights 2 1 1 4 1 3 in the order of the values, for three bins: 2 + 1 + 1 holds a third of 12, 4 half of the rest.
    [Test]
    public void Weighted_bins_hold_like_weights_whatever_the_order_of_the_rows()
    {
        float[] values = [30, 10, 60, 20, 50, 40];
        float[] weights = [1, 2, 3, 1, 1, 4];
        var bins = Binning.Find(FeatureType.Numeric, values, weights, new TrainingOptions { Bins = 3 });
        Assert.That(bins.Cuts, Is.EqualTo(new[] { 35.0, 45.0 }));
    }

    [Test]
    public void As_many_values_as_bins_get_one_each()
    {
        float[] column = [.. Enumerable.Range(0, 1000).Select(row => row < 990 ? 0f : row - 989)];
        Assert.That(Numeric(column, 11).Count, Is.EqualTo(11));
        Assert.That(Numeric(column, 10).Count, Is.EqualTo(10));
    }

    // The bin is closed before a value that would carry it further over its share than it is short of it.
    [Test]
    public void A_bin_ends_where_it_is_nearest_to_its_share()
    {
        // 12 rows, 2 bins, a share of 6: 4 rows and then 5, which would be 9 (3 over) against 4 (2 short).
        var early = Numeric([1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3], 2);
        Assert.That(early.Cuts, Is.EqualTo(new[] { 1.5 }));
        // 12 rows: 4 and then 3, which is 7 (1 over) against 4 (2 short).
        var late = Numeric([1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], 2);
        Assert.That(late.Cuts, Is.EqualTo(new[] { 2.5 }));
        // As near on either side, 4 and then 4: the bin ends early.
        var even = Numeric([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], 2);
        Assert.That(even.Cuts, Is.EqualTo(new[] { 1.5 }));
    }

    [Test]
    public void Of_levels_as_frequent_as_each_other_the_lower_codes_get_bins()
    {
        float[] column = [.. Enumerable.Range(0, 6).SelectMany(level => Enumerable.Repeat((float)level, 20))];
        var bins = Binning.Find(FeatureType.Categorical, column, [], new TrainingOptions { Bins = 4 });
        Assert.That(bins.Levels, Is.EqualTo([0, 1, 2, 3]));
    }

    [Test]
    public void A_long_column_is_sampled_evenly()
    {
        // Half of 400,000 rows are looked at, every other one: those of odd numbers are not.
        float[] column = [.. Enumerable.Range(0, 400_000).Select(row => row % 2 == 0 ? row / 40_000 : -1f)];
        var bins = Numeric(column);
        Assert.That(bins.Cuts, Is.EqualTo(Enumerable.Range(0, 9).Select(value => value + 0.5)));
    }
}
