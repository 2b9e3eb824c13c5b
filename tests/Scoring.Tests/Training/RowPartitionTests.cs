using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class RowPartitionTests
{
    /// <summary>Parts a stretch of a partition of some rows and compares with two filters.</summary>
    static unsafe void AssertParts(int rows, int from, int until, int threads, int seed)
    {
        var random = new Random(seed);
        int[] shown = [.. Enumerable.Range(0, 2 * rows).Where(row => row % 2 == seed % 2)];
        var codes = new byte[3 * 2 * rows];
        random.NextBytes(codes);
        var goesLeft = new byte[256];
        for (var code = 0; code < 256; code++)
            goesLeft[code] = (byte)random.Next(2);
        var partition = new RowPartition(2 * rows);
        partition.Start(shown);
        using var crew = new Crew(threads);
        int middle;
        fixed (byte* first = &codes[1])
            middle = partition.Part(from, until, first, 3, goesLeft, crew);
        int[] stretch = shown[from..until];
        int[] left = [.. stretch.Where(row => goesLeft[codes[1 + (3 * row)]] == 1)];
        int[] right = [.. stretch.Where(row => goesLeft[codes[1 + (3 * row)]] == 0)];
        Assert.That(middle, Is.EqualTo(from + left.Length));
        Assert.That(partition.Rows(from, middle).ToArray(), Is.EqualTo(left));
        Assert.That(partition.Rows(middle, until).ToArray(), Is.EqualTo(right));
        Assert.That(partition.Rows(0, from).ToArray(), Is.EqualTo(shown[..from]), "before");
        Assert.That(partition.Rows(until, rows).ToArray(), Is.EqualTo(shown[until..]), "behind");
        Assert.That(partition.Count, Is.EqualTo(rows));
    }

    [Test]
    public void A_stretch_is_parted_in_order_and_the_rest_stays()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var rows = random.Next(1, 300);
            var from = random.Next(rows);
            AssertParts(rows, from, random.Next(from + 1, rows + 1), 1, seed);
        }
    }

    [TestCase(16_383)]
    [TestCase(16_384)]
    [TestCase(16_385)]
    [TestCase(32_768)]
    [TestCase(40_001)]
    public void Long_stretches_are_parted_block_by_block(int length)
    {
        foreach (var threads in new[] { 1, 3 })
        {
            AssertParts(length, 0, length, threads, seed: 1);
            AssertParts(length + 100, 40, length + 40, threads, seed: 2);
        }
    }
}
