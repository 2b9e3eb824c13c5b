using LeadScoring.Funnel.Allocation;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>The solver against trying everything, and against the conditions every optimum fulfils.</summary>
public sealed class SolveTransportTests
{
    const int B = SolveTransport.Barred;

    [Test]
    public void A_unit_makes_way_for_one_who_has_nowhere_else_to_go()
    {
        // The first would gain 10 at sink 0, but the second can go nowhere else: 9 + 8 beats 10 and nothing.
        var solution = SolveTransport.Solve([10, 9, 8, B], [1, 1], [0, 0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solution.Sinks, Is.EqualTo(new[] { 1, 0 }));
            Assert.That(solution.Gain, Is.EqualTo(17));
            // One place more at sink 0 lets the first go there (+1); one more at sink 1 is of no use.
            Assert.That(solution.Duals, Is.EqualTo(new long[] { 1, 0 }));
        }
    }

    [Test]
    public void A_floor_is_filled_before_gains_are_looked_at_and_has_its_price()
    {
        // Without the floor both go to sink 0: 10 + 7. With it the second loses 7 - 2.
        var solution = SolveTransport.Solve([10, 1, 7, 2], [2, 2], [0, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solution.Sinks, Is.EqualTo(new[] { 0, 1 }));
            Assert.That(solution.FloorPrices, Is.EqualTo(new long[] { 0, 5 }));
            // One place more at sink 1 could only be taken by the first, at a loss of 10 - 1.
            Assert.That(solution.Duals, Is.EqualTo(new long[] { 0, -9 }));
        }
    }

    [Test]
    public void Of_equals_the_lower_number_goes_first() =>
        Assert.That(SolveTransport.Solve([5, 5, 5, 5, 5, 5], [1, 1], [0, 0]).Sinks, Is.EqualTo(new[] { 0, 1, -1 }));

    [Test]
    public void Nobody_is_sent_for_nothing_unless_a_floor_asks_for_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SolveTransport.Solve([0], [1], [0]).Sinks, Is.EqualTo(new[] { -1 }));
            Assert.That(SolveTransport.Solve([0], [1], [1]).Sinks, Is.EqualTo(new[] { 0 }));
            Assert.That(SolveTransport.Solve([], [1], [1]).Filled, Is.EqualTo(new[] { 0 }));
        }
    }

    [TestCase(1)]
    [TestCase(1_001, Category = "Endurance")]
    [TestCase(2_001, Category = "Endurance")]
    public void It_equals_trying_everything_on_1000_small_cases(int first)
    {
        var (floorsMissed, floorsCost, scarce) = (0, 0, 0);
        for (var seed = first; seed < first + 1000; seed++)
        {
            var small = TransportCase.Random(seed, new Random(seed).Next(1, 7), sinks: 3);
            var solution = SolveTransport.Solve(small.Gains, small.Capacities, small.Floors);
            var (met, gain) = EveryAssignment.Best(small);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    (small.Met(solution.Sinks), small.Sum(solution.Sinks)),
                    Is.EqualTo((met, gain)),
                    $"seed {seed}"
                );
                Assert.That(solution.Gain, Is.EqualTo(gain), $"seed {seed}");
            }
            Slackness.Check(small, solution, $"seed {seed}");
            floorsMissed += met < small.Floors.Zip(small.Capacities, Math.Min).Sum() ? 1 : 0;
            floorsCost += solution.FloorPrices.Any(price => price > 0) ? 1 : 0;
            scarce += solution.Duals.Any(dual => dual > 0) ? 1 : 0;
        }
        // The cases hold what they are meant to hold.
        Assert.That(new[] { floorsMissed, floorsCost, scarce }, Is.All.GreaterThan(100));
    }

    [Test]
    public void A_price_is_what_one_place_more_adds_and_a_floors_price_what_one_less_of_it_adds()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var small = TransportCase.Random(seed, 6, sinks: 3);
            var (met, gain) = EveryAssignment.Best(small);
            if (met < small.Floors.Zip(small.Capacities, Math.Min).Sum())
                continue;
            var solution = SolveTransport.Solve(small.Gains, small.Capacities, small.Floors);
            for (var sink = 0; sink < 3; sink++)
            {
                int[] kept = [.. small.Floors.Zip(small.Capacities, Math.Min)];
                int[] more = [.. small.Capacities];
                more[sink]++;
                var wider = EveryAssignment.Best(small with { Capacities = more, Floors = kept }).Gain;
                Assert.That(Math.Max(0, solution.Duals[sink]), Is.EqualTo(wider - gain), $"seed {seed}, place {sink}");
                kept[sink] = Math.Max(0, kept[sink] - 1);
                var looser = EveryAssignment.Best(small with { Floors = kept }).Gain;
                Assert.That(solution.FloorPrices[sink], Is.EqualTo(looser - gain), $"seed {seed}, floor {sink}");
            }
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    public void At_5000_by_14_every_condition_of_an_optimum_holds(int seed)
    {
        var large = TransportCase.Large(seed, 5_000);
        var solution = SolveTransport.Solve(large.Gains, large.Capacities, large.Floors);
        Slackness.Check(large, solution, $"seed {seed}");
        Assert.That(solution.Filled.Sum(), Is.GreaterThan(1000));
    }

    [Test]
    public void What_is_no_transportation_problem_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => SolveTransport.Solve([1, 2, 3], [1, 1], [0, 0]), Throws.InvalidOperationException);
            Assert.That(() => SolveTransport.Solve([-2], [1], [0]), Throws.InvalidOperationException);
            Assert.That(() => SolveTransport.Solve([1], [1], [0, 0]), Throws.InvalidOperationException);
        }
    }
}
