using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Tests.Learning;

/// <summary>Thirty nights of a hundred messages, each variant answered at a rate that the choice does not know.</summary>
sealed class VariantSimulationTests
{
    const int Nights = 30;
    const int ANight = 100;
    const int Seeds = 60;
    static readonly int[] Municipalities = [2505, 2506, 2510, 2513];

    static readonly Dictionary<string, double> Rates = new(StringComparer.Ordinal)
    {
        ["plain"] = 0.04,
        ["story"] = 0.08,
        ["question"] = 0.04,
    };

    /// <summary>The variant of each message, night by night.</summary>
    static List<string> Run(int seed, VariantLimits limits)
    {
        var counts = VariantCounts.None;
        List<string> sent = [];
        for (var night = 0; night < Nights; night++)
        {
            var questions = Enumerable
                .Range(0, ANight)
                .Select(i => new VariantQuestion($"{night}-{i}", Municipalities[i % 4], Stage.Interest))
                .ToList();
            var chosen = ChooseVariant.ForAll(questions, [.. Rates.Keys], counts, limits, seed);
            sent.AddRange(questions.Select(q => chosen[q.Key]!));
            counts = counts.With(
                questions.Select(q => new VariantCount(
                    q.Municipality!.Value,
                    q.Stage,
                    chosen[q.Key]!,
                    1,
                    Answers(q.Key, chosen[q.Key]!, seed) ? 1 : 0
                ))
            );
        }
        return sent;
    }

    static bool Answers(string key, string variant, int seed) =>
        new Draws(Draws.Hash("answer " + key, seed)).Unit() < Rates[variant];

    static double Regret(IEnumerable<string> sent) => sent.Sum(v => Rates["story"] - Rates[v]);

    /// <summary>An even deal gives the better one a third, and the limits let it have at most 90 %.</summary>
    [TestCase(1)]
    [TestCase(1_001, Category = "Endurance")]
    public void The_better_variant_is_found_by_almost_every_seed(int first)
    {
        var shares = Enumerable
            .Range(first, Seeds)
            .Select(seed => Run(seed, new()).TakeLast(1000).Count(v => v is "story") / 1000.0)
            .ToList();
        TestContext.Out.WriteLine(
            $"share of the better one in the last 1,000 of 3,000: mean {shares.Average():0.000}, least {shares.Min():0.000}, below a half {shares.Count(s => s < 0.5)} of {Seeds}"
        );
        Assert.That(shares.Average(), Is.GreaterThan(0.7));
        Assert.That(shares.Count(s => s < 0.5), Is.LessThanOrEqualTo(Seeds / 10));
    }

    /// <summary>An even deal among three forgoes 3,000 x 2/3 x 0.04 = 80 answers.</summary>
    [Test]
    public void Fewer_answers_are_forgone_than_by_an_even_deal()
    {
        var regrets = Enumerable.Range(1, Seeds).Select(seed => Regret(Run(seed, new()))).ToList();
        TestContext.Out.WriteLine($"answers forgone: mean {regrets.Average():0.0}, most {regrets.Max():0.0}");
        Assert.That(regrets.Average(), Is.LessThan(48), "less than 60 % of an even deal's");
        Assert.That(regrets.Count(r => r < 80), Is.GreaterThanOrEqualTo(Seeds * 9 / 10));
    }

    [Test]
    public void What_the_neighbours_saw_helps_four_municipalities_to_learn_sooner()
    {
        var together = Enumerable.Range(1, Seeds).Average(seed => Regret(Run(seed, new(PoolWeight: 1000))));
        var alone = Enumerable.Range(1, Seeds).Average(seed => Regret(Run(seed, new(PoolWeight: 0))));
        TestContext.Out.WriteLine($"answers forgone: together {together:0.0}, each alone {alone:0.0}");
        Assert.That(together, Is.LessThan(0.85 * alone));
    }

    [TestCase(1)]
    [TestCase(1_001, Category = "Endurance")]
    public void No_seed_breaks_the_minimum_share_or_a_cap(int first)
    {
        var limits = new VariantLimits(
            MinimumShare: 0.1,
            Caps: new Dictionary<string, long> { ["story"] = 900, ["question"] = 2000 }
        );
        for (var seed = first; seed < first + Seeds; seed++)
        {
            var sent = Run(seed, limits);
            Assert.That(sent.Count(v => v is "story"), Is.LessThanOrEqualTo(900));
            foreach (var variant in new[] { "plain", "question" })
                Assert.That(
                    sent.Count(v => string.Equals(v, variant, StringComparison.Ordinal)),
                    Is.GreaterThanOrEqualTo(300 - 5 * Math.Sqrt(3000 * 0.1 * 0.9))
                );
        }
    }
}
