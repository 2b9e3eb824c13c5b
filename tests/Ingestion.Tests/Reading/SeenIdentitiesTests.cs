using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class SeenIdentitiesTests
{
    static (ulong High, ulong Low) Identity(Random random)
    {
        Span<ulong> halves = stackalloc ulong[2];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(halves));
        return (halves[0], halves[1]);
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(100)]
    [TestCase(300_000)]
    public void What_was_added_is_never_called_new(int count)
    {
        // The last is far more than the smallest filter is made for: it errs, and only to the safe side.
        using var seen = new SeenIdentities(0);
        Fill(seen, count, seed: 3);
        var again = Fill(seen, count, seed: 3);
        Assert.That(again, Is.EqualTo(Enumerable.Range(0, count).Select(row => (long)row)));
        if (count <= 100)
            Assert.That(Fill(seen, count, seed: 4), Is.Empty, "others are new");
    }

    [Test]
    public void Of_new_rows_of_a_hundred_bytes_hardly_one_is_looked_for()
    {
        // Sixteen words with one bit of 32 set for each of some six keys: all set in one case of a hundred million at most.
        using var seen = new SeenIdentities(200_000 * 100L);
        Assert.That(Fill(seen, 200_000, seed: 5), Is.Empty);
    }

    /// <summary>Adds identities; gives the rows that may have been there.</summary>
    static List<long> Fill(SeenIdentities seen, int count, int seed)
    {
        var (random, again) = (new Random(seed), new List<long>());
        for (var row = 0; row < count; row++)
        {
            var (high, low) = Identity(random);
            if (seen.Add(row, high, low) is >= 0 and var earlier)
                again.Add(earlier);
        }
        again.AddRange(seen.Finish());
        return again;
    }
}
