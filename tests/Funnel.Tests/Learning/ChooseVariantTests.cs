using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class ChooseVariantTests
{
    const int Kiruna = 2584;
    static readonly string[] Three = ["plain", "story", "question"];

    static readonly VariantCounts OneIsFarBetter = VariantCounts.None.With([
        new(Kiruna, Stage.Interest, "plain", 5000, 50),
        new(Kiruna, Stage.Interest, "story", 5000, 1500),
        new(Kiruna, Stage.Interest, "question", 5000, 50),
    ]);

    static IEnumerable<VariantQuestion> Questions(int count) =>
        Enumerable.Range(0, count).Select(i => new VariantQuestion($"c-{i}/interest/email", Kiruna, Stage.Interest));

    [Test]
    public void Every_variant_keeps_its_minimum_share_however_bad_it_is()
    {
        var limits = new VariantLimits(MinimumShare: 0.1);
        var chosen = ChooseVariant.ForAll(Questions(20_000), Three, OneIsFarBetter, limits, seed: 4).Values;
        var spread = 5 * Math.Sqrt(20_000 * 0.1 * 0.9);
        Assert.Multiple(() =>
        {
            Assert.That(chosen.Count(v => v is "plain"), Is.EqualTo(2000).Within(spread));
            Assert.That(chosen.Count(v => v is "question"), Is.EqualTo(2000).Within(spread));
            Assert.That(chosen.Count(v => v is "story"), Is.EqualTo(16_000).Within(2 * spread));
        });
    }

    [Test]
    public void Without_a_minimum_the_far_better_one_gets_all() =>
        Assert.That(
            ChooseVariant.ForAll(Questions(2000), Three, OneIsFarBetter, new(MinimumShare: 0), 4).Values,
            Is.All.EqualTo("story")
        );

    [Test]
    public void A_full_minimum_deals_evenly_whatever_was_learnt()
    {
        var chosen = ChooseVariant.ForAll(Questions(9000), Three, OneIsFarBetter, new(MinimumShare: 1.0 / 3), 4).Values;
        foreach (var variant in Three)
            Assert.That(
                chosen.Count(v => string.Equals(v, variant, StringComparison.Ordinal)),
                Is.EqualTo(3000).Within(225)
            );
    }

    [Test]
    public void Variants_never_tried_are_tried_about_equally_often()
    {
        var chosen = ChooseVariant.ForAll(Questions(9000), Three, VariantCounts.None, new(), 9).Values;
        foreach (var variant in Three)
            Assert.That(
                chosen.Count(v => string.Equals(v, variant, StringComparison.Ordinal)),
                Is.EqualTo(3000).Within(225)
            );
    }

    [Test]
    public void The_choice_for_one_does_not_depend_on_the_order_or_on_the_others()
    {
        var forward = ChooseVariant.ForAll(Questions(300), Three, VariantCounts.None, new(), 1);
        var backward = ChooseVariant.ForAll(Questions(300).Reverse(), Three, VariantCounts.None, new(), 1);
        Assert.That(backward, Is.EquivalentTo(forward));
        foreach (var question in Questions(300))
            Assert.That(
                ChooseVariant.For(question, Three, VariantCounts.None, new(), 1),
                Is.EqualTo(forward[question.Key])
            );
    }

    [Test]
    public void Another_seed_chooses_otherwise() =>
        Assert.That(
            ChooseVariant.ForAll(Questions(300), Three, VariantCounts.None, new(), 1),
            Is.Not.EquivalentTo(ChooseVariant.ForAll(Questions(300), Three, VariantCounts.None, new(), 2))
        );

    [Test]
    public void A_cap_is_never_exceeded_and_moves_only_those_who_would_have_got_the_full_variant()
    {
        var counts = VariantCounts.None.With([new(Kiruna, Stage.Desire, "story", 60, 3)]);
        var capped = new VariantLimits(Caps: new Dictionary<string, long> { ["story"] = 100 });
        var free = ChooseVariant.ForAll(Questions(600), Three, counts, new(), 7);
        var within = ChooseVariant.ForAll(Questions(600), Three, counts, capped, 7);
        var backward = ChooseVariant.ForAll(Questions(600).Reverse(), Three, counts, capped, 7);
        Assert.Multiple(() =>
        {
            Assert.That(free.Values.Count(v => v is "story"), Is.GreaterThan(100));
            Assert.That(within.Values.Count(v => v is "story"), Is.EqualTo(40), "60 of 100 were sent before");
            Assert.That(
                within.Where(x => free[x.Key] is not "story"),
                Is.All.Matches<KeyValuePair<string, string?>>(x =>
                    string.Equals(free[x.Key], x.Value, StringComparison.Ordinal)
                )
            );
            Assert.That(backward, Is.EquivalentTo(within));
        });
    }

    [Test]
    public void When_every_variant_is_full_the_message_waits()
    {
        var limits = new VariantLimits(Caps: Three.ToDictionary(v => v, _ => 10L));
        var chosen = ChooseVariant.ForAll(Questions(50), Three, VariantCounts.None, limits, 7).Values;
        foreach (var variant in Three)
            Assert.That(chosen.Count(v => string.Equals(v, variant, StringComparison.Ordinal)), Is.EqualTo(10));
        Assert.That(chosen.Count(v => v is null), Is.EqualTo(20));
        var full = VariantCounts.None.With(Three.Select(v => new VariantCount(Kiruna, Stage.Interest, v, 10, 1)));
        Assert.That(ChooseVariant.For(Questions(1).First(), Three, full, limits, 7), Is.Null);
    }

    [Test]
    public void Variants_beyond_the_most_that_may_take_part_wait() =>
        Assert.That(
            ChooseVariant.ForAll(Questions(500), Three, VariantCounts.None, new(MostVariants: 2), 7).Values.Distinct(),
            Is.EquivalentTo(new[] { "plain", "story" })
        );

    [Test]
    public void All_faults_of_the_limits_are_told_at_once()
    {
        var fault = Assert.Throws<FunnelException>(() =>
            ChooseVariant.For(
                Questions(1).First(),
                ["a", "a", "b"],
                VariantCounts.None,
                new(MinimumShare: 0.5, PoolWeight: -1),
                1
            )
        )!;
        Assert.That(
            fault.Message,
            Is.EqualTo(
                "Message variants: poolWeight is -1, expected 0 or more; variant 'a' is given 2 times, expected once; "
                    + "minimumShare is 0.5 for each of 3 variants, expected at most 0.333; lower it or mostVariants"
            )
        );
    }
}
