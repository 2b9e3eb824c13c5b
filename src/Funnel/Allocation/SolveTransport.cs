namespace LeadScoring.Funnel.Allocation;

/// <summary>
/// Sends units to sinks so that first as many places below the floors are filled as can be, and then the gains add up to
/// the most; each unit goes to one sink or to none, and no sink takes more than its capacity.
/// </summary>
/// <remarks>
/// Successive shortest paths (Jewell 1958; Ahuja, Magnanti and Orlin 1993, chapter 9): one unit more at a time along the
/// path that gains most. After k paths the assignment is the best of all with k units, and what a path adds never rises,
/// so the first path that adds nothing ends it. A place below a floor is worth <see cref="FloorBonus"/> more than any
/// change of gains can be: two assignments differ by paths through each sink at most once, hence by at most 15 gains.
/// All numbers are whole, so the result is exact. Time: heaps of all pairs once, then one search in 14 nodes a unit sent.
/// </remarks>
public static class SolveTransport
{
    /// <summary>Stands in place of a gain where the unit may not go to the sink.</summary>
    public const int Barred = -1;

    /// <summary>The largest gain of one pair.</summary>
    public const int MaxGain = 1 << 30;

    /// <summary>What a place below the floor counts above the gain, so that floors come first.</summary>
    public const long FloorBonus = 1L << 40;

    /// <param name="gains">By unit, then by sink: 0 to <see cref="MaxGain"/>, or <see cref="Barred"/>.</param>
    /// <param name="capacities">By sink.</param>
    /// <param name="floors">By sink; what exceeds the capacity is left out.</param>
    public static TransportSolution Solve(int[] gains, IReadOnlyList<int> capacities, IReadOnlyList<int> floors)
    {
        var sinks = capacities.Count;
        if (floors.Count != sinks || gains.Length % sinks != 0 || gains.Any(gain => gain is < Barred or > MaxGain))
            throw new InvalidOperationException("gains, capacities and floors do not make a transportation problem");
        int[] least = [.. floors.Zip(capacities, Math.Min)];
        var graph = new ResidualGraph(gains, sinks);
        long Next(int sink) =>
            graph.Filled[sink] < least[sink] ? FloorBonus
            : graph.Filled[sink] < capacities[sink] ? 0
            : ResidualGraph.None;
        long[] ends = [.. Enumerable.Range(0, sinks).Select(Next)];
        while (graph.Augment(ends))
            for (var sink = 0; sink < sinks; sink++)
                ends[sink] = Next(sink);
        return new(
            graph.At,
            graph.Filled,
            Sum(gains, graph.At, sinks),
            Duals(graph, least),
            FloorPrices(graph, gains, ends, least)
        );
    }

    static long Sum(int[] gains, int[] at, int sinks)
    {
        var sum = 0L;
        for (var unit = 0; unit < at.Length; unit++)
            if (at[unit] >= 0)
                sum += gains[unit * sinks + at[unit]];
        return sum;
    }

    /// <summary>A place more at m would be filled by one who waits, or from a sink that can spare a unit.</summary>
    static long[] Duals(ResidualGraph graph, int[] least)
    {
        long[] starts =
        [
            .. graph.Filled.Select(
                (filled, sink) =>
                    filled > least[sink] ? 0
                    : filled > 0 ? -FloorBonus
                    : ResidualGraph.None
            ),
        ];
        return
        [
            .. graph
                .FromStarts(starts)
                .Select(
                    (value, sink) =>
                        value != ResidualGraph.None ? value
                        : least[sink] > 0 ? -FloorBonus
                        : 0
                ),
        ];
    }

    /// <summary>A floor one lower lets a unit go: to a sink with a free place, or away.</summary>
    static long[] FloorPrices(ResidualGraph graph, int[] gains, long[] next, int[] least)
    {
        long[] ends = [.. next.Select(bonus => bonus == 0 ? 0 : ResidualGraph.None)];
        for (var unit = 0; unit < graph.At.Length; unit++)
            if (graph.At[unit] is var sink and >= 0)
                ends[sink] = Math.Max(ends[sink], -gains[unit * ends.Length + sink]);
        return
        [
            .. graph
                .ToEnds(ends)
                .Select((value, sink) => least[sink] > 0 && graph.Filled[sink] == least[sink] ? Math.Max(0, value) : 0),
        ];
    }
}
