using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>Contacts from a seed: rare movers, leanings towards a few municipalities (most towards the large ones), households.</summary>
static class MadeUpRegion
{
    /// <summary>How the region looks at the 14, in the order of their codes: large places draw most.</summary>
    static readonly double[] Draw = [2, 2, 4, 2, 4, 2, 3, 6, 3, 30, 14, 8, 4, 16];

    public static IReadOnlyList<Prospect> Prospects(int seed, int count)
    {
        var chance = new Random(seed);
        var drawn = Draw.Sum();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    double[] points = [.. Draw.Select(weight => 10 * weight / drawn)];
                    for (var trace = chance.Next(0, 40); trace > 0; trace--)
                        points[Pick(chance.NextDouble() * drawn)] += 1 + 4 * chance.Next(2);
                    var total = points.Sum();
                    var likelihood = 0.002 + 0.25 * Math.Pow(chance.NextDouble(), 8);
                    var household = chance.Next(4) == 0 ? $"h{chance.Next(count / 6 + 1)}" : null;
                    var declined = chance.Next(20) == 0 ? chance.Next(14) : -1;
                    return new Prospect(
                        new($"c{i:000000}"),
                        likelihood,
                        [.. points.Select(p => p / total)],
                        declined < 0 ? null : [.. Draw.Select((_, m) => m == declined ? Bar.Declined : Bar.None)],
                        household
                    );
                }),
        ];
    }

    /// <summary>Many places where few people look: the small municipalities have time, the large ones are run over.</summary>
    public static IReadOnlyList<Quota> Quotas(int places) =>
        [.. Municipality.All.Select((m, i) => new Quota(m.Code, places * (1 + i % 3), i < 3 ? places / 2 : 0))];

    static int Pick(double at)
    {
        var place = 0;
        while (place < Draw.Length - 1 && at >= Draw[place])
            at -= Draw[place++];
        return place;
    }
}
