using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class DrawTests
{
    static readonly Policy Kiruna = PolicySet.BuiltIn.For(2584);
    static readonly Policy Pajala = PolicySet.BuiltIn.For(2521);

    /// <summary>
    /// printf %s hold_out/1/2584/Interest/c-000 | sha256sum begins with the digits below, which are the fraction of the draw.
    /// </summary>
    [TestCase("c-000", 0x19fdb659b59629b4UL)]
    public void A_draw_is_the_first_53_bits_of_a_hash_that_anybody_can_compute(string contact, ulong first16Digits)
    {
        var u = (first16Digits >> 11) / 9007199254740992.0;
        Part At(double share) =>
            Draw.Of(new(contact), Stage.Interest, Kiruna with { HoldOut = share, Exploration = 0 }, seed: 1);

        Assert.That(At(u), Is.EqualTo(Part.Usual));
        Assert.That(At(u + 1e-12), Is.EqualTo(Part.HeldOut));
    }

    [TestCase(0.05, 0.1)]
    [TestCase(0.5, 0.5)]
    [TestCase(0, 0.3)]
    public void Shares_hold_within_four_standard_deviations_in_each_municipality_and_stage(double held, double explored)
    {
        const int count = 20_000;
        foreach (var policy in new[] { Kiruna, Pajala })
        foreach (var stage in new[] { Stage.Attention, Stage.Interest, Stage.Desire, Stage.Dormant })
        {
            var parts = Contacts(count).Select(c => Draw.Of(c, stage, With(policy, held, explored), 1)).ToList();
            AssertShare(parts.Count(p => p == Part.HeldOut), held, count);
            AssertShare(parts.Count(p => p == Part.Explored), (1 - held) * explored, count);
        }
    }

    [Test]
    public void Municipalities_stages_and_seeds_draw_independently()
    {
        const int count = 20_000;
        bool Held(ContactId c, Policy p, Stage s, int seed) => Draw.Of(c, s, With(p, 0.3, 0), seed) == Part.HeldOut;
        var contacts = Contacts(count).Where(c => Held(c, Kiruna, Stage.Interest, 1)).ToList();

        AssertShare(contacts.Count(c => Held(c, Pajala, Stage.Interest, 1)), 0.3, contacts.Count);
        AssertShare(contacts.Count(c => Held(c, Kiruna, Stage.Desire, 1)), 0.3, contacts.Count);
        AssertShare(contacts.Count(c => Held(c, Kiruna, Stage.Interest, 2)), 0.3, contacts.Count);
    }

    [Test]
    public void A_larger_share_keeps_all_whom_a_smaller_one_drew()
    {
        foreach (var contact in Contacts(2000))
            if (Draw.Of(contact, Stage.Desire, With(Kiruna, 0.1, 0), 7) == Part.HeldOut)
                Assert.That(Draw.Of(contact, Stage.Desire, With(Kiruna, 0.2, 0), 7), Is.EqualTo(Part.HeldOut));
    }

    [TestCase(Stage.Action)]
    [TestCase(Stage.Moved)]
    [TestCase(Stage.Stayed)]
    [TestCase(Stage.Closed)]
    public void Whoever_is_owed_an_answer_or_is_out_is_not_drawn(Stage stage) =>
        Assert.That(
            Contacts(200).Select(c => Draw.Of(c, stage, With(Kiruna, 0.5, 0.5), 1)),
            Is.All.EqualTo(Part.Usual)
        );

    static Policy With(Policy policy, double held, double explored) =>
        policy with
        {
            HoldOut = held,
            Exploration = explored,
        };

    static IEnumerable<ContactId> Contacts(int count) =>
        Enumerable.Range(0, count).Select(i => new ContactId($"contact-{i}"));

    static void AssertShare(int drawn, double share, int of) =>
        Assert.That(drawn, Is.EqualTo(share * of).Within(4 * Math.Sqrt(of * share * (1 - share)) + 1e-9));
}
