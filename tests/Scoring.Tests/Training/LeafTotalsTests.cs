using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class LeafTotalsTests
{
    static GrowingLeaf Leaf(int index, int from, int until) =>
        new(index, from, until, default, 1, -1, IsLeft: false, ValueBounds.None);

    [TestCase(1)]
    [TestCase(3)]
    public void Each_leaf_has_the_sums_of_its_rows_over_any_number_of_blocks(int threads)
    {
        // Leaves of more than one block of 8,192 rows, of exactly one, of one row; a row in four is not shown.
        const int rows = 40_000;
        int[] shown = [.. Enumerable.Range(0, rows).Where(row => row % 4 != 1)];
        int[] ends = [20_000, 20_001, 28_193, shown.Length];
        var gradients = new Gradients(rows);
        for (var row = 0; row < rows; row++)
            (gradients.First[row], gradients.Second[row]) = ((row % 17) - 8, row % 5);
        var partition = new RowPartition(rows);
        partition.Start(shown);
        using var crew = new Crew(threads);
        var totals = new LeafTotals(gradients, rows);
        Array.Fill(totals.LeafOf, (ushort)99);
        // In another order than their places, and twice: nothing of the first time is left.
        GrowingLeaf[] leaves =
        [
            Leaf(0, ends[1], ends[2]),
            Leaf(1, 0, ends[0]),
            Leaf(2, ends[2], ends[3]),
            Leaf(3, ends[0], ends[1]),
        ];
        totals.Of(leaves, partition, crew);
        var sums = totals.Of(leaves, partition, crew);
        var expected = Enumerable.Repeat((ushort)99, rows).ToArray();
        foreach (var leaf in leaves)
        {
            var own = shown[leaf.From..leaf.Until];
            Assert.That(sums[leaf.Index].First, Is.EqualTo(own.Sum(row => gradients.First[row])));
            Assert.That(sums[leaf.Index].Second, Is.EqualTo(own.Sum(row => gradients.Second[row])));
            foreach (var row in own)
                expected[row] = (ushort)leaf.Index;
        }
        Assert.That(sums, Has.Length.EqualTo(4));
        Assert.That(totals.LeafOf, Is.EqualTo(expected));
    }

    [Test]
    public void Values_are_clipped_to_their_bounds_and_a_leaf_has_the_rows_between_its_places()
    {
        Assert.That(Leaf(0, 3, 10).Rows, Is.EqualTo(7));
        var bounds = new ValueBounds(-1, 2);
        Assert.That(new[] { bounds.Clip(-3), bounds.Clip(0.5), bounds.Clip(7) }, Is.EqualTo(new[] { -1, 0.5, 2 }));
        Assert.That(ValueBounds.None.Clip(1e300), Is.EqualTo(1e300));
        Assert.That(Leaf(0, 0, 1).Best.Found, Is.False);
    }
}
