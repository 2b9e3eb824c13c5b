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

    [Test]
    public void What_was_added_is_never_called_new()
    {
        // Far more than the smallest filter is made for: it errs, and only to the safe side.
        foreach (var count in new[] { 1, 100, 300_000 })
        {
            var seen = new SeenIdentities(0);
            var random = new Random(count);
            for (var i = 0; i < count; i++)
            {
                var (high, low) = Identity(random);
                seen.Add(high, low);
                Assert.That(seen.Add(high, low), Is.True);
            }
        }
    }

    [Test]
    public void Of_new_rows_of_a_hundred_bytes_hardly_one_is_looked_for()
    {
        const int rows = 200_000;
        var seen = new SeenIdentities(rows * 100L);
        var random = new Random(5);
        var wrong = 0;
        for (var i = 0; i < rows; i++)
        {
            var (high, low) = Identity(random);
            wrong += seen.Add(high, low) ? 1 : 0;
        }
        // Eight bits of about 200 with at most twenty set in a block of 256: one in ten million.
        Assert.That(wrong, Is.LessThanOrEqualTo(1));
    }
}
