using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class HistogramTests
{
    static long Pack(long gradient, long hessian, long rows) => (gradient << 39) + (hessian << 15) + rows;

    [Test]
    public void Packed_sums_are_taken_apart_added_and_cleared()
    {
        var random = new Random(1);
        // 8 slots go at a time: lengths around that.
        foreach (var slots in new[] { 1, 7, 8, 9, 16, 23, 256 })
        {
            var histogram = new Histogram(slots + 3);
            var expected = new (int G, int H, int N)[slots];
            for (var round = 0; round < 3; round++)
            {
                var packed = new long[slots];
                for (var slot = 0; slot < slots; slot++)
                {
                    var sum = (
                        G: random.Next(-(1 << 24) + 1, 1 << 24),
                        H: random.Next(1 << 24),
                        N: random.Next((1 << 14) + 1)
                    );
                    packed[slot] = Pack(sum.G, sum.H, sum.N);
                    Assert.That(
                        Gradients.Unpack(packed[slot]),
                        Is.EqualTo(new GradientSum(sum.G, sum.H, sum.N)),
                        "unpacked"
                    );
                    ref var all = ref expected[slot];
                    all = (all.G + sum.G, all.H + sum.H, all.N + sum.N);
                }
                histogram.Add(packed, 2);
                Assert.That(packed, Has.All.Zero);
            }
            var slice = histogram.Slice(2, slots);
            for (var slot = 0; slot < slots; slot++)
                Assert.That(
                    slice[slot],
                    Is.EqualTo(new GradientSum(expected[slot].G, expected[slot].H, expected[slot].N))
                );
            Assert.That(histogram.Rows[..2].Append(histogram.Rows[^1]), Has.All.Zero, "outside the slots");
        }
    }

    [Test]
    public void Less_one_child_it_is_exactly_the_other_child_and_nothing_else_changes()
    {
        var random = new Random(2);
        foreach (var count in new[] { 1, 5, 8, 11, 16, 200 })
        {
            var (left, right, parent) = (new Histogram(count + 2), new Histogram(count + 2), new Histogram(count + 2));
            for (var slot = 0; slot < count + 2; slot++)
            {
                (left.Gradient[slot], right.Gradient[slot]) = (random.Next(-999, 999), random.Next(-999, 999));
                (left.Hessian[slot], right.Hessian[slot]) = (random.Next(999), random.Next(999));
                (left.Rows[slot], right.Rows[slot]) = (random.Next(999), random.Next(999));
                parent.Gradient[slot] = left.Gradient[slot] + right.Gradient[slot];
                parent.Hessian[slot] = left.Hessian[slot] + right.Hessian[slot];
                parent.Rows[slot] = left.Rows[slot] + right.Rows[slot];
            }
            var (first, last) = (parent.Rows[0], parent.Hessian[^1]);
            parent.Subtract(left, 1, count);
            Assert.That(parent.Gradient[1..^1], Is.EqualTo(right.Gradient[1..^1]));
            Assert.That(parent.Hessian[1..^1], Is.EqualTo(right.Hessian[1..^1]));
            Assert.That(parent.Rows[1..^1], Is.EqualTo(right.Rows[1..^1]));
            Assert.That((parent.Rows[0], parent.Hessian[^1]), Is.EqualTo((first, last)));
        }
    }

    [Test]
    public void Another_histogram_is_added_slot_by_slot_and_stays_as_it_was()
    {
        var (to, what) = (new Histogram(5), new Histogram(5));
        for (var slot = 0; slot < 5; slot++)
        {
            (to.Gradient[slot], to.Hessian[slot], to.Rows[slot]) = (slot, 10 * slot, 100 * slot);
            (what.Gradient[slot], what.Hessian[slot], what.Rows[slot]) = (-7, 3, 1);
        }
        to.Add(what, 1, 3);
        Assert.That(to.Gradient, Is.EqualTo(new[] { 0, -6, -5, -4, 4 }));
        Assert.That(to.Hessian, Is.EqualTo(new[] { 0, 13, 23, 33, 40 }));
        Assert.That(to.Rows, Is.EqualTo(new[] { 0, 101, 201, 301, 400 }));
        Assert.That(what.Gradient, Has.All.EqualTo(-7));
    }

    [Test]
    public void Clearing_touches_the_slots_named_and_no_others()
    {
        var histogram = new Histogram(4);
        foreach (var sums in new[] { histogram.Gradient, histogram.Hessian, histogram.Rows })
            Array.Fill(sums, 7);
        histogram.Clear(1, 2);
        int[] expected = [7, 0, 0, 7];
        foreach (var sums in new[] { histogram.Gradient, histogram.Hessian, histogram.Rows })
            Assert.That(sums, Is.EqualTo(expected));
    }
}
