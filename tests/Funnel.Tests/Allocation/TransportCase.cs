using LeadScoring.Funnel.Allocation;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>A transportation problem made up from a seed.</summary>
sealed record TransportCase(int[] Gains, int[] Capacities, int[] Floors)
{
    public int Sinks => Capacities.Length;

    public int Units => Gains.Length / Sinks;

    /// <summary>Few different gains, so that many are equal; a quarter barred; sinks without places; floors too high.</summary>
    public static TransportCase Random(int seed, int units, int sinks)
    {
        var chance = new Random(seed);
        var highest = chance.Next(2) == 0 ? 3 : 100;
        return new(
            [.. Enumerable.Range(0, units * sinks).Select(_ => chance.Next(4) == 0 ? -1 : chance.Next(0, highest + 1))],
            [.. Enumerable.Range(0, sinks).Select(_ => chance.Next(0, 4))],
            [.. Enumerable.Range(0, sinks).Select(_ => chance.Next(0, 3))]
        );
    }

    /// <summary>14 sinks, one without places, some with floors; a tenth of all pairs barred.</summary>
    public static TransportCase Large(int seed, int units)
    {
        var chance = new Random(seed);
        int[] draw = [.. Enumerable.Range(0, units * 14).Select(_ => (int)(1e9 * Math.Pow(chance.NextDouble(), 6)))];
        return new(
            [.. draw.Select(gain => chance.Next(10) == 0 ? SolveTransport.Barred : gain)],
            [.. Enumerable.Range(0, 14).Select(sink => sink == 3 ? 0 : 20 * sink)],
            [.. Enumerable.Range(0, 14).Select(sink => sink % 3 == 1 ? 15 * sink : 0)]
        );
    }

    public long Sum(IReadOnlyList<int> sinks) =>
        sinks.Select((sink, unit) => sink < 0 ? 0L : Gains[unit * Sinks + sink]).Sum();

    /// <summary>Places below the floors that are filled.</summary>
    public int Met(IReadOnlyList<int> sinks) =>
        Enumerable.Range(0, Sinks).Sum(sink => Math.Min(Floors[sink], sinks.Count(at => at == sink)));
}

/// <summary>The slow twin: tries every assignment.</summary>
static class EveryAssignment
{
    public static (int Met, long Gain) Best(TransportCase of)
    {
        var best = (Met: -1, Gain: -1L);
        var at = new int[of.Units];
        var filled = new int[of.Sinks];
        Try(0);
        return best;

        void Try(int unit)
        {
            if (unit == of.Units)
            {
                var now = (of.Met(at), of.Sum(at));
                best = now.CompareTo(best) > 0 ? now : best;
                return;
            }
            at[unit] = -1;
            Try(unit + 1);
            for (var sink = 0; sink < of.Sinks; sink++)
            {
                if (filled[sink] == of.Capacities[sink] || of.Gains[unit * of.Sinks + sink] < 0)
                    continue;
                at[unit] = sink;
                filled[sink]++;
                Try(unit + 1);
                filled[sink]--;
            }
        }
    }
}

/// <summary>The conditions under which no assignment is better (complementary slackness), read off the duals alone.</summary>
static class Slackness
{
    public static void Check(TransportCase of, TransportSolution solution, string what)
    {
        for (var sink = 0; sink < of.Sinks; sink++)
        {
            var (filled, capacity) = (solution.Filled[sink], of.Capacities[sink]);
            var (floor, dual) = (Math.Min(of.Floors[sink], capacity), solution.Duals[sink]);
            Check(
                filled == solution.Sinks.Count(at => at == sink) && filled <= capacity,
                $"{what}: sink {sink} is full"
            );
            // A place that stays free has no price: its worth, the bonus below the floor, is not above what it costs.
            Check(filled >= floor || dual <= -SolveTransport.FloorBonus, $"{what}: sink {sink} below its floor");
            Check(filled < floor || filled == capacity || dual <= 0, $"{what}: sink {sink} has free places");
            // A place that is filled is worth its price.
            Check(filled <= floor || dual >= 0, $"{what}: sink {sink} above its floor");
            Check(
                filled == 0 || filled > floor || dual >= -SolveTransport.FloorBonus,
                $"{what}: sink {sink} at its floor"
            );
        }
        for (var unit = 0; unit < of.Units; unit++)
        {
            var at = solution.Sinks[unit];
            var net = at < 0 ? 0 : of.Gains[unit * of.Sinks + at] - solution.Duals[at];
            Check(at < 0 || of.Gains[unit * of.Sinks + at] >= 0, $"{what}: unit {unit} is barred there");
            Check(net >= 0, $"{what}: unit {unit} had better stay away");
            for (var sink = 0; sink < of.Sinks; sink++)
                if (of.Gains[unit * of.Sinks + sink] is var gain and >= 0)
                    Check(gain - solution.Duals[sink] <= net, $"{what}: unit {unit} had better be at {sink}");
        }

        static void Check(bool holds, string condition)
        {
            if (!holds)
                Assert.Fail(condition);
        }
    }
}
