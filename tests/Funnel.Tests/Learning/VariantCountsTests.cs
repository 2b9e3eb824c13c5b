using System.Text.Json;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class VariantCountsTests
{
    const int Kiruna = 2584;
    const int Pajala = 2521;

    static readonly VariantCounts Seen = VariantCounts.None.With([
        new(Kiruna, Stage.Interest, "short", 10, 3),
        new(Pajala, Stage.Interest, "short", 400, 40),
        new(Pajala, Stage.Interest, "long", 50, 5),
        new(Kiruna, Stage.Desire, "short", 7, 7),
    ]);

    [Test]
    public void Without_counts_a_belief_is_uniform() =>
        Assert.That(VariantCounts.None.Of(Kiruna, Stage.Interest, "short", 200), Is.EqualTo(new Belief(1, 1)));

    /// <summary>Own 3 of 10; elsewhere 40 of 400 at 100 / 400: 10 of 100. Beta(1 + 3 + 10, 1 + 7 + 90).</summary>
    [Test]
    public void Others_count_for_no_more_messages_than_the_weight()
    {
        var belief = Seen.Of(Kiruna, Stage.Interest, "short", 100);
        Assert.That(belief, Is.EqualTo(new Belief(14, 98)));
        Assert.That(belief.Mean, Is.EqualTo(0.125));
        Assert.That(belief.Weight, Is.EqualTo(112));
    }

    [Test]
    public void Others_who_have_sent_less_than_the_weight_count_in_full() =>
        Assert.That(Seen.Of(Kiruna, Stage.Interest, "long", 100), Is.EqualTo(new Belief(6, 46)));

    [Test]
    public void With_no_weight_a_municipality_learns_alone() =>
        Assert.That(Seen.Of(Kiruna, Stage.Interest, "short", 0), Is.EqualTo(new Belief(4, 8)));

    [Test]
    public void A_message_in_nobodys_name_learns_from_all_in_full() =>
        Assert.That(Seen.Of(null, Stage.Interest, "short", 100), Is.EqualTo(new Belief(44, 368)));

    [Test]
    public void New_counts_are_added_to_their_row_and_rows_are_in_order()
    {
        var counts = Seen.With([new(Kiruna, Stage.Interest, "short", 5, 1), new(2505, Stage.Attention, "new", 1, 0)]);
        Assert.That(
            counts.Rows,
            Is.EqualTo(
                new VariantCount[]
                {
                    new(2505, Stage.Attention, "new", 1, 0),
                    new(Pajala, Stage.Interest, "long", 50, 5),
                    new(Pajala, Stage.Interest, "short", 400, 40),
                    new(Kiruna, Stage.Interest, "short", 15, 4),
                    new(Kiruna, Stage.Desire, "short", 7, 7),
                }
            )
        );
        Assert.That(counts.Sent(null, "short"), Is.EqualTo(422));
        Assert.That(counts.Sent(Kiruna, "short"), Is.EqualTo(22));
    }

    /// <summary>Of 30 sent 4 are answered and 20 still have time: 4 of 10, and all 30 count towards a cap.</summary>
    [Test]
    public void Nothing_is_learnt_from_a_message_that_can_still_be_answered()
    {
        var counts = VariantCounts.None.With([
            new(Kiruna, Stage.Interest, "short", 30, 0, Awaited: 30),
            new(Kiruna, Stage.Interest, "short", 0, 4, Awaited: -10),
        ]);
        Assert.That(counts.Of(Kiruna, Stage.Interest, "short", 0), Is.EqualTo(new Belief(5, 7)));
        Assert.That(counts.Sent(null, "short"), Is.EqualTo(30));
    }

    [Test]
    public void Counts_come_back_from_JSON_as_they_went() =>
        Assert.That(
            JsonSerializer.Deserialize<VariantCounts>(JsonSerializer.Serialize(Seen))!.Rows,
            Is.EqualTo(Seen.Rows)
        );

    [Test]
    public void A_stage_is_stored_by_its_name() =>
        Assert.That(
            JsonSerializer.Serialize(VariantCounts.None.With([new(Kiruna, Stage.Desire, "short", 7, 2, 1)])),
            Is.EqualTo(
                """{"Rows":[{"Municipality":2584,"Stage":"Desire","Variant":"short","Sent":7,"Answered":2,"Awaited":1}]}"""
            )
        );
}
