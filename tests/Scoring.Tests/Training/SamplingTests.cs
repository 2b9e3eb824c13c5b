using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class SamplingTests
{
    static readonly TrainingOptions Options = new()
    {
        RowShare = 0.5,
        FeatureShare = 0.25,
        Seed = 0,
    };

    [Test]
    public void Draws_are_those_of_SplitMix64_and_algorithm_S()
    {
        // The generator's first outputs from state 0, as its authors' program prints them.
        ulong[] outputs = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC];
        double[] shares = [.. outputs.Select(output => (output >> 11) / (double)(1UL << 53))];
        var expected = new List<int>();
        for (var i = 0; i < 4 && expected.Count < 2; i++)
            if (shares[i] * (4 - i) < 2 - expected.Count)
                expected.Add(i);
        Assert.That(new Sampling(4, 8, Options).NextRows(), Is.EqualTo(expected));
    }

    [Test]
    public void Every_draw_is_new_rising_within_bounds_and_of_the_asked_size()
    {
        var sampling = new Sampling(101, 17, Options);
        var rows = Enumerable.Range(0, 40).Select(_ => sampling.NextRows()).ToArray();
        var features = Enumerable.Range(0, 40).Select(_ => sampling.NextFeatures()).ToArray();
        foreach (var (draws, all, size) in new[] { (rows, 101, 51), (features, 17, 5) })
        {
            foreach (var draw in draws)
            {
                Assert.That(draw, Has.Length.EqualTo(size).And.Ordered.And.Unique);
                Assert.That(draw, Has.All.InRange(0, all - 1));
            }
            Assert.That(draws.Select(draw => string.Join(',', draw)).Distinct().Count(), Is.GreaterThan(38));
        }
    }

    [Test]
    public void Every_row_is_drawn_as_often_as_any_other()
    {
        var counts = new int[20];
        var sampling = new Sampling(20, 2, Options with { RowShare = 0.3 });
        const int draws = 4000;
        for (var draw = 0; draw < draws; draw++)
            foreach (var row in sampling.NextRows())
                counts[row]++;
        // Expected 1,200, standard deviation 29.
        Assert.That(counts, Has.All.InRange(1050, 1350));
    }

    [TestCase(1.0, 1.0, true, true)]
    [TestCase(1.0, 0.5, true, false)]
    [TestCase(0.5, 1.0, false, false)]
    public void All_is_taken_when_both_shares_are_one(double rows, double features, bool allRows, bool all)
    {
        var sampling = new Sampling(10, 10, Options with { RowShare = rows, FeatureShare = features });
        Assert.That((sampling.TakesAllRows, sampling.TakesAll), Is.EqualTo((allRows, all)));
        if (allRows)
            Assert.That(sampling.NextRows(), Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [TestCase(0.001, 100, 10, 1, 2)]
    [TestCase(0.001, 1, 1, 1, 1)]
    [TestCase(0.31, 10, 10, 4, 4)]
    public void Shares_are_rounded_up_to_one_row_and_two_features_at_least(
        double share,
        int rows,
        int features,
        int expectedRows,
        int expectedFeatures
    )
    {
        var sampling = new Sampling(rows, features, Options with { RowShare = share, FeatureShare = share });
        Assert.That(sampling.NextRows(), Has.Length.EqualTo(expectedRows));
        Assert.That(sampling.NextFeatures(), Has.Length.EqualTo(expectedFeatures));
    }

    [Test]
    public void Another_seed_draws_others()
    {
        var (a, b, again) = (new Sampling(50, 5, Options with { Seed = 1 }), Next(2), Next(1));
        var first = a.NextRows();
        Assert.That(again.NextRows(), Is.EqualTo(first));
        Assert.That(b.NextRows(), Is.Not.EqualTo(first));

        static Sampling Next(int seed) => new(50, 5, Options with { Seed = seed });
    }
}
