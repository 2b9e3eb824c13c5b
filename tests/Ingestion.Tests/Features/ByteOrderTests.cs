using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class ByteOrderTests
{
    [Test]
    public void The_order_is_that_of_the_bytes_for_any_lengths()
    {
        var random = new Random(7);
        var met = new HashSet<(int, int)>();
        for (var draw = 0; draw < 200_000; draw++)
        {
            var one = new byte[random.Next(0, 20)];
            // few different bytes, high ones among them, and a common beginning that may be the whole
            foreach (ref var letter in one.AsSpan())
                letter = (byte)(random.Next(2) == 0 ? 'a' : 200 + random.Next(2));
            var other = random.Next(2) == 0 ? (byte[])one.Clone() : new byte[random.Next(0, 20)];
            one.AsSpan(0, Math.Min(one.Length, other.Length)).CopyTo(other);
            if (other.Length > 0 && random.Next(3) > 0)
                other[random.Next(other.Length)] = (byte)(random.Next(2) == 0 ? 'b' : 201);
            var expected = Math.Sign(one.AsSpan().SequenceCompareTo(other));
            Assert.That(Math.Sign(ByteOrder.Compare(one, other)), Is.EqualTo(expected));
            met.Add((one.Length == other.Length ? one.Length : -1, expected));
        }
        Assert.That(met, Has.Count.GreaterThan(50));
    }
}
