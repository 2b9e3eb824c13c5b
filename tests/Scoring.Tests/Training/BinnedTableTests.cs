using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed unsafe class BinnedTableTests
{
    /// <summary>Columns of many, few and one value, with and without missing ones, and levels of which some are rare.</summary>
    static FeatureTable Table(int rows)
    {
        var random = new Random(rows);
        float Missing(float value) => random.Next(5) == 0 ? float.NaN : value;
        float[] Column(Func<int, float> value) => [.. Enumerable.Range(0, rows).Select(value)];
        return Tables.Of(
            [
                .. Enumerable.Range(0, 12).Select(f => Feature.Numeric($"f{f}", "x")),
                Feature.Categorical("c", [.. Enumerable.Range(0, 40).Select(level => $"l{level}")]),
            ],
            [
                Column(_ => Missing((float)random.NextDouble())),
                Column(_ => random.Next(5)),
                Column(_ => 7),
                Column(_ => Missing(3)),
                Column(_ => float.NaN),
                .. Enumerable.Range(0, 7).Select(f => Column(_ => Missing(random.Next(2 + (f * f))))),
                Column(row => row < 3 ? 39 : Missing(random.Next(20))),
            ],
            [.. Enumerable.Range(0, rows).Select(row => (float)(row % 2))]
        );
    }

    static BinnedTable Make(FeatureTable table, int threads)
    {
        using var crew = new Crew(threads);
        return BinnedTable.Make(table, new TrainingOptions { MinimumLevelRows = 4 }, crew);
    }

    [TestCase(50)]
    [TestCase(2047)]
    [TestCase(2048)]
    [TestCase(5000)]
    public void Every_row_s_bins_stand_in_both_layouts(int rows)
    {
        var table = Table(rows);
        foreach (var threads in new[] { 1, 3 })
        {
            var binned = Make(table, threads);
            Assert.That(binned.RowCount, Is.EqualTo(rows));
            Assert.That(binned.Tiles, Is.EqualTo((binned.Lanes.Length + 7) / 8));
            for (var u = 0; u < binned.Features.Length; u++)
            {
                var (lane, member) = binned.Places[u];
                var column = table.Columns[binned.Features[u]];
                foreach (var byRow in new[] { false, true })
                {
                    var codes = binned.Rows.Lane(lane, byRow, out var stride);
                    Assert.That(stride, Is.EqualTo((nint)(byRow ? 8 * binned.Tiles : 8)));
                    for (var row = 0; row < rows; row++)
                        Assert.That(member.BinOf(codes[row * stride]), Is.EqualTo(binned.Bins[u].BinOf(column[row])));
                }
            }
        }
    }

    [Test]
    public void Only_features_that_can_split_are_kept()
    {
        var binned = Make(Table(500), 1);
        // Neither the constant column 2 nor the empty column 4; column 3 is constant where it is known.
        Assert.That(binned.Features, Is.EqualTo(new[] { 0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12 }));
        Assert.That(binned.Offsets[^1], Is.EqualTo(binned.Lanes.Sum(lane => lane.Slots)));
        Assert.That(binned.Offsets[0], Is.Zero);
        Assert.That(binned.Lanes, Has.Length.LessThan(binned.Features.Length));
    }

    [Test]
    public void Other_rows_are_coded_by_the_same_bins()
    {
        var (table, other) = (Table(500), Table(123));
        var binned = Make(table, 1);
        using var crew = new Crew(1);
        var coded = binned.Code(other.Columns, 123, crew);
        Assert.That(coded.Count, Is.EqualTo(123));
        for (var u = 0; u < binned.Features.Length; u++)
        {
            var (lane, member) = binned.Places[u];
            var codes = coded.Lane(lane, byRow: true, out var stride);
            for (var row = 0; row < 123; row++)
                Assert.That(
                    member.BinOf(codes[row * stride]),
                    Is.EqualTo(binned.Bins[u].BinOf(other.Columns[binned.Features[u]][row]))
                );
        }
    }

    [Test]
    public void Weights_decide_where_many_values_are_cut()
    {
        // 1,000 values, four bins: the first 100 weigh as much as the other 900 together.
        var column = Enumerable.Range(0, 1000).Select(row => (float)row).ToArray();
        var weights = Enumerable.Range(0, 1000).Select(row => row < 100 ? 9f : 1f).ToArray();
        var options = new TrainingOptions { Bins = 4 };
        Assert.That(
            Binning.Find(FeatureType.Numeric, column, weights, options).Cuts,
            Is.EqualTo(new[] { 49.5, 99.5, 549.5 })
        );
        Assert.That(
            Binning.Find(FeatureType.Numeric, column, [], options).Cuts,
            Is.EqualTo(new[] { 249.5, 499.5, 749.5 })
        );
    }

    [Test]
    public void A_missing_value_weighs_nothing()
    {
        float[] column = [float.NaN, 1, 2, 3, 4, float.NaN];
        float[] weights = [99, 1, 1, 1, 1, 99];
        var bins = Binning.Find(FeatureType.Numeric, column, weights, new TrainingOptions { Bins = 2 });
        Assert.That(bins.Cuts, Is.EqualTo(new[] { 2.5 }));
    }
}
