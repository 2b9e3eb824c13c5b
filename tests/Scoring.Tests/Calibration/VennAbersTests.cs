using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Tests.Calibration;

public class VennAbersTests
{
    [Test]
    public void A_pair_is_the_isotonic_rate_with_one_more_who_stayed_and_with_one_more_who_moved()
    {
        // Held out: 1 stayed, 2 stayed, 3 moved.
        var pair = VennAbers.Fit([3, 1, 2], [1, 0, 0], added: 1);
        Assert.That(pair.Around(1).Low, Is.Zero);
        Assert.That(pair.Around(1).High, Is.EqualTo(1 / 3.0).Within(1e-12), "(0 + 1, 0) pooled");
        Assert.That(pair.Around(2), Is.EqualTo((0.0, 0.5)), "0 | (0 + 1) | 1");
        Assert.That(pair.Around(3), Is.EqualTo((0.5, 1.0)), "0 | 0 | (1 + 0)");
    }

    [Test]
    public void Between_two_scores_the_pair_comes_from_either_side_and_outside_nothing_is_known()
    {
        var pair = VennAbers.Fit([1, 2, 3], [0, 0, 1], added: 1);
        Assert.That(pair.Around(1.5), Is.EqualTo((0.0, 0.5)));
        Assert.That(pair.Around(2.5), Is.EqualTo((0.0, 1.0)));
        Assert.That(pair.Around(0.5).Low, Is.Zero);
        Assert.That(pair.Around(0.5).High, Is.EqualTo(1 / 3.0).Within(1e-12));
        Assert.That(pair.Around(3.5), Is.EqualTo((0.5, 1.0)));
        Assert.That(VennAbers.Fit([], [], 1).Around(0), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void A_heavier_addition_parts_the_pair_further()
    {
        // One score, 1 of 4 moved: (1 + 0) / (4 + w) and (1 + w) / (4 + w).
        var light = VennAbers.Fit([5, 5, 5, 5], [1, 0, 0, 0], added: 1).Around(5);
        var heavy = VennAbers.Fit([5, 5, 5, 5], [1, 0, 0, 0], added: 4).Around(5);
        Assert.That(light, Is.EqualTo((0.2, 0.4)));
        Assert.That(heavy, Is.EqualTo((0.125, 0.625)));
    }

    [Test]
    public void Every_exact_pair_equals_two_isotonic_fits_with_the_row_added()
    {
        var rows = Gen.Zip(Gen.Choose(0, 9), Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Constant(1))))
            .NonEmptyListOf();
        var cases = Gen.Zip(rows, Gen.Elements(0.5, 1, 3.7));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                cases.ToArbitrary(),
                given =>
                {
                    var (drawn, added) = given;
                    double[] scores = [.. drawn.Select(row => (double)row.Item1)];
                    float[] labels = [.. drawn.Select(row => (float)row.Item2)];
                    var pair = VennAbers.Fit(scores, labels, added);
                    // Half scores lie in the gaps, -1 and 10 outside.
                    for (var score = -1.0; score <= 10; score += 0.5)
                    {
                        var (low, high) = pair.Around(score);
                        Assert.That(
                            low,
                            Is.EqualTo(Slow(scores, labels, score, added, 0)).Within(1e-9),
                            $"p0 at {score}"
                        );
                        Assert.That(
                            high,
                            Is.EqualTo(Slow(scores, labels, score, added, 1)).Within(1e-9),
                            $"p1 at {score}"
                        );
                    }
                }
            )
        );
    }

    [Test]
    public void Many_steps_are_stored_as_few_that_enclose_them([Values(1, 2, 3)] int seed)
    {
        var chance = new Random(seed);
        double[] scores = [.. Enumerable.Range(0, 2000).Select(_ => Math.Round(chance.NextDouble() * 6 - 5, 3))];
        float[] labels = [.. scores.Select(score => chance.NextDouble() < LogOdds.ToLikelihood(score) ? 1f : 0f)];
        var pair = VennAbers.Fit(scores, labels, added: 2);
        Assert.That(pair.Steps, Has.Count.InRange(20, VennAbers.MostSteps));
        var before = (Low: 0.0, High: 0.0);
        foreach (var score in scores.Distinct().Order().Where((_, i) => i % 20 == 0))
        {
            var (low, high) = pair.Around(score);
            var (exactLow, exactHigh) = (Slow(scores, labels, score, 2, 0), Slow(scores, labels, score, 2, 1));
            Assert.That(low, Is.InRange(before.Low, exactLow + 1e-9));
            Assert.That(high, Is.GreaterThanOrEqualTo(exactHigh - 1e-9).And.GreaterThanOrEqualTo(before.High));
            Assert.That(high - low, Is.LessThan(exactHigh - exactLow + 0.1), "not much wider");
            before = (low, high);
        }
    }

    [Test]
    public void A_million_rows_take_a_moment()
    {
        var chance = new Random(9);
        double[] scores = [.. Enumerable.Range(0, 300_000).Select(_ => chance.NextDouble())];
        float[] labels = [.. scores.Select(score => chance.NextDouble() < score ? 1f : 0f)];
        var pair = VennAbers.Fit(scores, labels, added: 1);
        var (low, high) = pair.Around(0.5);
        Assert.That(low, Is.InRange(0.45, 0.5));
        Assert.That(high, Is.InRange(0.5, 0.55));
    }

    /// <summary>The row added, then pool adjacent violators from the left until nothing is out of order.</summary>
    static double Slow(double[] scores, float[] labels, double score, double weight, float label)
    {
        var groups = scores
            .Zip(labels, (at, moved) => (Score: at, Weight: 1.0, Moved: (double)moved))
            .Append((Score: score, Weight: weight, Moved: weight * label))
            .GroupBy(row => row.Score)
            .OrderBy(group => group.Key)
            .Select(group =>
                (Holds: group.Key == score, Weight: group.Sum(row => row.Weight), Moved: group.Sum(row => row.Moved))
            )
            .ToList();
        for (var i = 0; i + 1 < groups.Count; )
        {
            if (groups[i].Moved / groups[i].Weight <= groups[i + 1].Moved / groups[i + 1].Weight)
            {
                i++;
                continue;
            }
            groups[i] = (
                groups[i].Holds || groups[i + 1].Holds,
                groups[i].Weight + groups[i + 1].Weight,
                groups[i].Moved + groups[i + 1].Moved
            );
            groups.RemoveAt(i + 1);
            i = 0;
        }
        var (_, whole, moved) = groups.Single(group => group.Holds);
        return moved / whole;
    }
}
