using LeadScoring.Benchmarks.Dialogue;

namespace LeadScoring.Funnel.Tests.Learning;

/// <summary>The dialogue pays in the simulated year: movers of one rule over those of another, seed by seed with the same luck.</summary>
/// <remarks>Contacts react by the causal model of docs/synthetic-world.md; the figures of more seeds stand in docs/benchmarks.md.</remarks>
public sealed class SimulatedYearTests
{
    [TestCase(10, 1000, 200)]
    [TestCase(20, 2000, 400, Category = "Endurance")]
    public void Learning_with_allocation_finds_more_movers_than_score_alone_and_than_first_come(
        int seeds,
        int arrivals,
        int places
    )
    {
        var rules = new[] { PlacesRule.FirstCome, PlacesRule.ByScore, PlacesRule.LearningAllocated };
        var movers = rules.ToDictionary(
            rule => rule,
            rule => Seeds(seeds, seed => PlacesYear.Movers(rule, seed, arrivals, places))
        );
        using (Assert.EnterMultipleScope())
        {
            Gains(movers[PlacesRule.LearningAllocated], movers[PlacesRule.FirstCome], "learning over first come");
            Gains(movers[PlacesRule.LearningAllocated], movers[PlacesRule.ByScore], "learning over score alone");
        }
    }

    [TestCase(10, 1000, 200)]
    [TestCase(20, 2000, 400, Category = "Endurance")]
    public void Whom_a_message_moves_is_learnt_and_pays(int seeds, int arrivals, int places)
    {
        var score = Seeds(seeds, seed => SimulatedYear.Movers(FixedOrder.ByScore(), seed, arrivals, places));
        var learnt = Seeds(seeds, seed => SimulatedYear.Movers(new LearningOrder((int)seed), seed, arrivals, places));
        Gains(learnt, score, "learning over score");
    }

    static List<int> Seeds(int seeds, Func<ulong, int> movers) =>
        [.. Enumerable.Range(1, seeds).Select(seed => movers((ulong)seed))];

    /// <summary>The lower end of the paired difference's interval (95 %, by Student's t) is above nothing.</summary>
    static void Gains(IReadOnlyList<int> one, IReadOnlyList<int> other, string what)
    {
        var gained = one.Zip(other, (a, b) => (double)(a - b)).ToList();
        var mean = gained.Average();
        var deviation = Math.Sqrt(gained.Sum(g => (g - mean) * (g - mean)) / (gained.Count - 1));
        var half = (gained.Count <= 10 ? 2.262 : 2.093) * deviation / Math.Sqrt(gained.Count);
        TestContext.Out.WriteLine($"{what}: {mean:0.0} ({mean - half:0.0} to {mean + half:0.0})");
        Assert.That(mean - half, Is.GreaterThan(0), what);
    }
}
