namespace LeadScoring.Ingestion.Tests.Lakes;

public sealed class IdentityMapTests
{
    [Test]
    public void Of_two_ids_the_shorter_one_stays_and_of_equal_ones_the_first()
    {
        Assert.That(Map(Pair("member-77", "12", 5)), Is.EqualTo(["member-77 is 12 from 5"]));
        Assert.That(Map(Pair("b", "a", 5)), Is.EqualTo(["b is a from 5"]));
    }

    [Test]
    public void The_id_that_was_named_as_the_one_to_keep_stays_unless_it_was_given_up_itself()
    {
        Assert.That(Map(Pair("1", "member-1", 5, keep: "member-1")), Is.EqualTo(["1 is member-1 from 5"]));
        Assert.That(
            Map(Pair("1", "22", 5, keep: "22"), Pair("22", "333", 9, keep: "333")),
            Is.EqualTo(["1 is 333 from 9", "22 is 333 from 9"])
        );
        Assert.That(
            Map(Pair("1", "22", 5, keep: "22"), Pair("22", "1", 9, keep: "1")),
            Is.EqualTo(["22 is 1 from 5"]),
            "both were given up: the rule for ids without a name holds"
        );
    }

    [Test]
    public void An_id_is_known_to_be_another_s_since_the_earliest_instant_that_joins_them_by_any_way()
    {
        // 1 - 4 directly only at 50; by way of 2 and 3 at 30.
        var map = Map(Pair("1", "4", 50), Pair("1", "2", 10), Pair("2", "3", 30), Pair("3", "4", 20));

        Assert.That(map, Is.EqualTo(["2 is 1 from 10", "3 is 1 from 30", "4 is 1 from 30"]));
    }

    [Test]
    public void Ids_without_a_way_between_them_stay_apart()
    {
        Assert.That(Map(Pair("1", "2", 10), Pair("3", "4", 5)), Is.EqualTo(["2 is 1 from 10", "4 is 3 from 5"]));
        Assert.That(Map(), Is.Empty);
    }

    /// <summary>Slow twin: of all days, the first on which the pairs known by then reach the canonical id.</summary>
    [Test]
    public void Random_pairs_in_any_order_give_what_looking_day_by_day_gives()
    {
        var chance = new Random(4);
        for (var round = 0; round < 300; round++)
        {
            var pairs = Enumerable.Range(0, chance.Next(12)).Select(_ => RandomPair(chance)).ToArray();
            var map = Map(pairs);
            Assert.That(Map([.. pairs.OrderBy(_ => chance.Next())]), Is.EqualTo(map));
            foreach (var identity in IdentityMap.Of(pairs))
            {
                var day = Enumerable
                    .Range(0, 40)
                    .First(day => Reached(identity.Canonical, pairs, Day(day)).Contains(identity.Contact));
                Assert.That(identity.KnownAt, Is.EqualTo(Day(day)));
            }
            var ids = pairs.SelectMany(pair => new[] { pair.One, pair.Other }).ToHashSet(StringComparer.Ordinal);
            var canonical = ids.Except(
                IdentityMap.Of(pairs).Select(identity => identity.Contact),
                StringComparer.Ordinal
            );
            Assert.That(
                canonical.Sum(id => Reached(id, pairs, Day(40)).Count),
                Is.EqualTo(ids.Count),
                "every id hangs together with one canonical id"
            );
        }
    }

    static MergePair RandomPair(Random chance)
    {
        var (one, other) = (chance.Next(8), chance.Next(7));
        other = other < one ? other : other + 1;
        var (low, high) = ($"{Math.Min(one, other)}", $"{Math.Max(one, other)}");
        return Pair(low, high, chance.Next(40), chance.Next(3) == 0 ? low : null);
    }

    static HashSet<string> Reached(string from, MergePair[] pairs, DateTime by)
    {
        var reached = new HashSet<string>([from], StringComparer.Ordinal);
        for (var before = 0; before != reached.Count; )
        {
            before = reached.Count;
            foreach (var pair in pairs.Where(pair => pair.At <= by))
            {
                if (reached.Contains(pair.One) || reached.Contains(pair.Other))
                    reached.UnionWith([pair.One, pair.Other]);
            }
        }
        return reached;
    }

    static DateTime Day(int day) => DateTime.UnixEpoch.AddDays(day);

    static MergePair Pair(string one, string other, int day, string? keep = null) => new(one, other, Day(day), keep);

    static string[] Map(params MergePair[] pairs) =>
        [
            .. IdentityMap
                .Of(pairs)
                .Select(identity =>
                    $"{identity.Contact} is {identity.Canonical} from {(identity.KnownAt - DateTime.UnixEpoch).Days}"
                ),
        ];
}
