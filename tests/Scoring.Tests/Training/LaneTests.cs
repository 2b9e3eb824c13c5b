using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class LaneTests
{
    [Test]
    public void Small_features_share_a_byte_and_large_ones_do_not()
    {
        // 256 alone; 100 and 2; then 16, 15: 240; the rest of 3 with 100·2 is too much, so with no one.
        var lanes = Lane.Pack([2, 256, 16, 100, 15, 3]);
        Assert.That(
            lanes.Select(lane => lane.Members.Select(member => (member.Feature, member.Stride, member.Slots))),
            Is.EqualTo(
                new[] { new[] { (1, 1, 256) }, [(3, 1, 100), (0, 100, 2)], [(2, 1, 16), (4, 16, 15)], [(5, 1, 3)] }
            )
        );
        Assert.That(lanes.Select(lane => lane.Slots), Is.EqualTo(new[] { 256, 200, 240, 3 }));
    }

    [Test]
    public void No_more_than_six_features_share_a_byte()
    {
        var lanes = Lane.Pack([2, 2, 2, 2, 2, 2, 2]);
        Assert.That(lanes.Select(lane => lane.Members.Count), Is.EqualTo(new[] { 6, 1 }));
        Assert.That(lanes[0].Slots, Is.EqualTo(64));
    }

    [Test]
    public void Exactly_256_codes_fit()
    {
        Assert.That(Lane.Pack([16, 16]), Has.Length.EqualTo(1));
        Assert.That(Lane.Pack([16, 17]), Has.Length.EqualTo(2));
        Assert.That(Lane.Pack([128, 2]), Has.Length.EqualTo(1));
        Assert.That(Lane.Pack([129, 2]), Has.Length.EqualTo(2));
    }

    [Test]
    public void Every_combination_of_bins_has_a_code_of_its_own_that_gives_them_back() =>
        Prop.ForAll(
                Gen.ArrayOf(Gen.Choose(2, 256)).ToArbitrary(),
                slots =>
                {
                    var lanes = Lane.Pack(slots);
                    var features = lanes.SelectMany(lane => lane.Members.Select(member => member.Feature)).Order();
                    Assert.That(features, Is.EqualTo(Enumerable.Range(0, slots.Length)));
                    foreach (var lane in lanes)
                    {
                        Assert.That(lane.Slots, Is.LessThanOrEqualTo(256));
                        Assert.That(lane.Members.Aggregate(1, (all, m) => all * m.Slots), Is.EqualTo(lane.Slots));
                        var codes = Enumerable.Range(0, lane.Slots);
                        Assert.That(
                            codes.Select(code => lane.Members.Sum(member => member.BinOf(code) * member.Stride)),
                            Is.EqualTo(codes)
                        );
                        Assert.That(
                            lane.Members.Select(member => (member.Slots, slots[member.Feature])),
                            Has.All.Matches<(int A, int B)>(pair => pair.A == pair.B)
                        );
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_set_of_bins_is_marked_on_all_codes_that_hold_one_of_them()
    {
        var lane = Lane.Pack([3, 4])[0];
        var member = lane.Members.Single(m => m.Feature == 0);
        var left = new BinSet();
        left.Add(0);
        left.Add(2);
        var marks = new byte[256];
        Array.Fill(marks, (byte)9);
        lane.Mark(member, left, marks);
        for (var code = 0; code < 256; code++)
            Assert.That(marks[code], Is.EqualTo(code < 12 && code / 4 % 3 != 1 ? 1 : 0), $"code {code}");
    }
}
