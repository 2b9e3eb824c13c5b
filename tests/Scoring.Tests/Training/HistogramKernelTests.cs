using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed unsafe class HistogramKernelTests
{
    const int Rows = 500;

    static readonly byte[] Bins = Random(Rows * 24, 1);
    static readonly long[] Packed =
    [
        .. Random(Rows, 2).Zip(Random(Rows, 3), (a, b) => ((long)(a - 128) << 39) + ((long)b << 15) + 1),
    ];

    static byte[] Random(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    static int[] List(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i * 7 % Rows), .. new int[HistogramKernel.Ahead]];

    static long[] Slow(Func<int, int> row, int count, int stride, int at, params int[] lanes)
    {
        var sums = new long[HistogramKernel.Sums];
        for (var i = 0; i < count; i++)
            foreach (var lane in lanes)
                sums[(lane * 264) + Bins[(row(i) * stride) + at + lane]] += Packed[i];
        return sums;
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(21)]
    public void Rows_side_by_side_are_summed_as_by_a_slow_twin(int count)
    {
        var sums = new long[HistogramKernel.Sums];
        fixed (byte* bins = Bins)
        fixed (
            long* packed = Packed,
                into = sums
        )
            HistogramKernel.AddRun(bins + 8, 24, packed, count, into);
        Assert.That(sums, Is.EqualTo(Slow(i => i, count, 24, 8, 0, 1, 2, 3, 4, 5, 6, 7)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    [TestCase(300)]
    public void Rows_of_a_list_are_summed_as_by_a_slow_twin(int count)
    {
        var (sums, list) = (new long[HistogramKernel.Sums], List(count));
        fixed (byte* bins = Bins)
        fixed (int* rows = list)
        fixed (
            long* packed = Packed,
                into = sums
        )
            HistogramKernel.AddRows(bins + 16, 24, rows, packed, count, into);
        Assert.That(sums, Is.EqualTo(Slow(i => list[i], count, 24, 16, 0, 1, 2, 3, 4, 5, 6, 7)));
    }

    [Test]
    public void Four_lanes_of_eight_are_summed_alone_and_what_is_nobody_s_stays_apart()
    {
        var list = List(77);
        foreach (var (a, b, c, d) in new[] { (0, 1, 2, 3), (2, 5, 7, 8), (6, 8, 8, 8), (1, 3, 8, 8) })
        {
            var sums = new long[HistogramKernel.Sums];
            fixed (byte* bins = Bins)
            fixed (int* rows = list)
            fixed (
                long* packed = Packed,
                    into = sums
            )
                HistogramKernel.AddSome(bins, 8, rows, packed, 77, into, (a, b, c, d));
            var asked = new[] { a, b, c, d }.Where(lane => lane < 8).ToArray();
            Assert.That(sums[..(8 * 264)], Is.EqualTo(Slow(i => list[i], 77, 8, 0, asked)[..(8 * 264)]));
        }
    }
}
