using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>Histograms of nodes, summed by tiles or by rows, against sums made row by row.</summary>
public sealed class NodeSumsTests
{
    const int Rows = 33_000;

    static readonly TrainingOptions Options = new() { MinimumRows = 1, MinimumHessian = 0 };

    sealed class Case : IDisposable
    {
        public Case()
        {
            var random = new Random(8);
            // 12 lanes of one feature each: one full tile, one of four lanes.
            float[][] columns =
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(f => Enumerable.Range(0, Rows).Select(_ => (float)random.Next(150 + f)).ToArray()),
            ];
            Table = BinnedTable.Make(Tables.Numeric(columns, new float[Rows]), Options, Crew);
            Gradients = new Gradients(Rows);
            for (var row = 0; row < Rows; row++)
                (Gradients.First[row], Gradients.Second[row]) = ((random.NextDouble() * 2) - 1, random.NextDouble());
            Gradients.Quantise(new GradientSpread(1, Rows, 1, Rows), 0, Crew);
            Sums = new NodeSums(Table, Gradients, 2);
            Partition = new RowPartition(Rows);
        }

        public Crew Crew { get; } = new(1);
        public BinnedTable Table { get; }
        public Gradients Gradients { get; }
        public NodeSums Sums { get; }
        public RowPartition Partition { get; }

        public unsafe Histogram Slow(ReadOnlySpan<int> rows, int[] features)
        {
            var histogram = new Histogram(Table.Offsets[^1]);
            foreach (var lane in features.Select(feature => Table.Places[feature].Lane).Distinct())
            {
                var codes = Table.Rows.Lane(lane, byRow: true, out var stride);
                foreach (var row in rows)
                {
                    var sum = Gradients.Unpack(Gradients.Packed[row]);
                    var slot = Table.Offsets[lane] + codes[row * stride];
                    histogram.Gradient[slot] += (int)sum.Gradient;
                    histogram.Hessian[slot] += (int)sum.Hessian;
                    histogram.Rows[slot]++;
                }
            }
            return histogram;
        }

        public void Dispose() => Crew.Dispose();
    }

    static GrowingLeaf Node(int from, int until) =>
        new(0, from, until, default, 1, -1, IsLeft: false, ValueBounds.None);

    [TestCase(0, Rows, 12, Description = "the root, in order")]
    [TestCase(0, Rows, 3, Description = "the root, few lanes asked for")]
    [TestCase(700, 30_000, 12, Description = "by tiles, two blocks")]
    [TestCase(700, 30_000, 5, Description = "by tiles, at most four lanes a tile")]
    [TestCase(900, 3_300, 12, Description = "by rows")]
    [TestCase(900, 3_300, 2, Description = "by rows, a tile nobody asks for")]
    public void Sums_are_those_of_the_rows_one_by_one(int from, int until, int asked)
    {
        using var one = new Case();
        int[] features = [.. Enumerable.Range(0, 12).Where(feature => (feature * 5 % 12) < asked)];
        int[] order = [.. Enumerable.Range(0, Rows)];
        if (until - from < Rows)
            new Random(1).Shuffle(order);
        one.Partition.Start(order);
        one.Sums.Ask(features);
        var node = Node(from, until);
        if (node.Rows < Rows)
            one.Sums.Gather(one.Partition, from, until, one.Crew);
        var histogram = new Histogram(one.Table.Offsets[^1]);
        // In two parts and by two threads' scratch, as nodes are shared out.
        var middle = node.Rows / 3;
        one.Sums.Add(0, 1, one.Partition, node, (0, middle), histogram, 1);
        one.Sums.Add(0, 1, one.Partition, node, (middle, node.Rows), histogram, 0);
        one.Sums.Add(1, one.Table.Tiles, one.Partition, node, (0, node.Rows), histogram, 1);
        var expected = one.Slow(order.AsSpan(from..until), features);
        Assert.That(histogram.Rows, Is.EqualTo(expected.Rows));
        Assert.That(histogram.Gradient, Is.EqualTo(expected.Gradient));
        Assert.That(histogram.Hessian, Is.EqualTo(expected.Hessian));
        // Nothing is left over for the next node: the same again doubles the sums.
        one.Sums.Add(0, one.Table.Tiles, one.Partition, node, (0, node.Rows), histogram, 1);
        Assert.That(histogram.Rows, Is.EqualTo(Array.ConvertAll(expected.Rows, n => 2 * n)));
    }

    [Test]
    public void Lanes_are_those_of_the_features_asked_for()
    {
        using var one = new Case();
        Assert.That(one.Table.Tiles, Is.EqualTo(2));
        one.Sums.Ask([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        one.Sums.Ask([2, 7]);
        int[] lanes = [.. one.Sums.Lanes(0), .. one.Sums.Lanes(1)];
        Assert.That(lanes, Is.EquivalentTo(new[] { one.Table.Places[2].Lane, one.Table.Places[7].Lane }));
        Assert.That(one.Sums.Lanes(0).ToArray(), Has.All.LessThan(8));
        Assert.That(one.Sums.Lanes(1).ToArray(), Has.All.GreaterThanOrEqualTo(8));
    }

    [Test]
    public void Large_nodes_go_tile_by_tile_and_small_ones_leave_each_thread_two_pieces()
    {
        using var one = new Case();
        Assert.That(one.Sums.TilesAtOnce(Node(0, Rows / 2), 1), Is.EqualTo(1));
        Assert.That(one.Sums.TilesAtOnce(Node(0, 500), 1), Is.EqualTo(2));
        Assert.That(one.Sums.TilesAtOnce(Node(0, 500), 2), Is.EqualTo(1));
    }
}
