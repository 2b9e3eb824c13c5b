using LeadScoring.Synthetic;
using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;
using LeadScoring.Synthetic.Truth;

namespace LeadScoring.Ingestion.Tests.Worlds;

/// <summary>The truth against its slow twin: living the same weeks thousands of times.</summary>
public sealed class LikelihoodTests
{
    static readonly Calendar World = new(new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1));

    [TestCase("Planning", 120)]
    [TestCase("Considering", 121)]
    [TestCase("Curious", 126)]
    [TestCase("Planning", 6)]
    public void The_recursion_agrees_with_living_the_weeks_many_times(string intention, int day)
    {
        const int Lives = 40_000;
        var hazards = new Hazards(Life.Of(5, World, 3).Household, World);
        var start = new IntentState(Enum.Parse<Intention>(intention), Glow: false, Upheaval: true);
        var truth = new Likelihood(hazards).Of(start, day, Calendar.HorizonDays);

        var chance = Chance.For(11, Purpose.Intent, day);
        var (moved, lived) = (0, 0);
        while (lived < Lives)
        {
            var movedOn = MovedOn(chance, hazards, start, day / 7);
            if (movedOn < day)
                continue;
            lived++;
            moved += movedOn < day + Calendar.HorizonDays ? 1 : 0;
        }
        var deviation = Math.Sqrt(truth * (1 - truth) / Lives);
        Assert.That(moved / (double)Lives, Is.EqualTo(truth).Within(4 * deviation));
    }

    [Test]
    public void Who_has_moved_does_not_move_again() =>
        Assert.That(
            new Likelihood(new Hazards(Life.Of(5, World, 3).Household, World)).Of(
                new(Intention.Moved, true, true),
                10,
                180
            ),
            Is.Zero
        );

    [Test]
    public void Every_likelihood_grows_with_the_horizon()
    {
        for (var number = 0; number < 50; number++)
        {
            var life = Life.Of(9, World, number);
            var state = new IntentState(Intention.Curious, false, false);
            var shorter = life.Likelihood.Of(state, 100, 90);
            Assert.That(life.Likelihood.Of(state, 100, 180), Is.GreaterThan(shorter));
        }
    }

    [Test]
    public void Auc_counts_the_pairs_in_the_right_order_and_half_of_the_ties()
    {
        float[] scores = [0.1f, 0.4f, 0.4f, 0.8f, 0.9f];
        bool[] positive = [false, true, false, false, true];
        // Positive 0.4 beats 0.1 and ties 0.4; positive 0.9 beats three: 4.5 of 6 pairs.
        Assert.That(RankQuality.Auc(scores, positive), Is.EqualTo(4.5 / 6).Within(1e-12));
    }

    static int MovedOn(Chance chance, Hazards hazards, IntentState state, int week)
    {
        for (; week < World.Weeks; week++)
        {
            state = IntentPath.Step(chance, hazards, state, week);
            if (state.Intention == Intention.Moved)
                return week * 7 + chance.Below(7);
        }
        return int.MaxValue;
    }
}
