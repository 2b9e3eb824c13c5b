namespace LeadScoring.Funnel.Allocation;

/// <summary>The optimum of a transportation problem, and what its bounds cost.</summary>
/// <param name="Sinks">By unit: the sink it goes to, or <see cref="Nobody"/>.</param>
/// <param name="Filled">By sink: units that go there.</param>
/// <param name="Gain">Sum of the gains.</param>
/// <param name="Duals">
/// By sink: the least dual value of a place. Above 0 it is what one more place would add; below 0 a floor holds, and
/// the sink takes units at a discount, down to minus <see cref="SolveTransport.FloorBonus"/> where the floor is not met.
/// </param>
/// <param name="FloorPrices">By sink: what could be gained if its floor were one lower; 0 where it costs nothing.</param>
public sealed record TransportSolution(
    IReadOnlyList<int> Sinks,
    IReadOnlyList<int> Filled,
    long Gain,
    IReadOnlyList<long> Duals,
    IReadOnlyList<long> FloorPrices
)
{
    /// <summary>Stands for "goes nowhere".</summary>
    public const int Nobody = -1;
}
