using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class SplitTests
{
    [Test]
    public void A_set_of_bins_holds_what_was_added_and_nothing_else()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var (set, slow) = (new BinSet(), new HashSet<int>());
            for (var i = random.Next(40); i >= 0; i--)
            {
                var bin = random.Next(256);
                set.Add(bin);
                slow.Add(bin);
            }
            for (var bin = 0; bin < 256; bin++)
                Assert.That(set.Contains(bin), Is.EqualTo(slow.Contains(bin)));
        }
    }

    [Test]
    public void Sets_are_equal_when_all_their_bins_are()
    {
        foreach (var bin in new[] { 0, 63, 64, 127, 128, 191, 192, 255 })
        {
            var (a, b, c) = (new BinSet(), new BinSet(), new BinSet());
            a.Add(bin);
            b.Add(bin);
            Assert.That(a.Equals(b), Is.True);
            Assert.That(a.Equals((object)b), Is.True);
            Assert.That(a.GetHashCode(), Is.EqualTo(b.GetHashCode()));
            Assert.That(a.Equals(c), Is.False);
            Assert.That(a.Equals((object)c), Is.False);
            Assert.That(a.Equals("no set"), Is.False);
            c.Add(255 - bin);
            Assert.That(a.Equals(c), Is.False);
        }
    }

    [Test]
    public void None_is_not_found_and_any_gain_is()
    {
        Assert.That(Split.None.Found, Is.False);
        Assert.That((Split.None with { Gain = -1 }).Found, Is.True);
    }
}
