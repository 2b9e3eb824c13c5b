using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

public sealed class MatchContactsTests
{
    static readonly ContactId Anna = new("anna");
    static readonly ContactId Bo = new("bo");

    [Test]
    public void A_contact_fits_where_it_has_shown_most()
    {
        var fits = MatchContacts.Run([Anna], Facts(Standing()), PolicySet.BuiltIn);
        Assert.That(fits[Anna].Best, Is.EqualTo(2506));
        Assert.That(fits[Anna].RunnerUp, Is.EqualTo(2582));
    }

    [Test]
    public void A_municipality_that_handed_the_contact_back_is_out()
    {
        var fits = MatchContacts.Run([Anna], Facts(Standing(declinedBy: 2506)), PolicySet.BuiltIn);
        Assert.That(fits[Anna].Best, Is.EqualTo(2582));
    }

    [TestCase(true, 0.489529, Description = "(x + 10 (1/14 + 1 + 3/12) / 3) / (10 + x), x = 1 - 1.25/32")]
    [TestCase(false, 0.576681, Description = "(x + 10 (1/14 + 1) / 2) / (10 + x), x = 1 - 1/31: Anna has no vote")]
    public void Only_who_may_be_scored_has_a_vote_in_how_the_region_leans(bool annaMayBeScored, double share)
    {
        var fits = MatchContacts.Run([Bo], Facts(Standing(annaMayBeScored)), PolicySet.BuiltIn);
        Assert.That(fits[Bo].Best, Is.EqualTo(2582));
        Assert.That(fits[Bo].Share, Is.EqualTo(share).Within(1e-6));
    }

    static Standing Standing(bool mayScore = true, params int[] declinedBy) =>
        new(mayScore, MayShare: true, Household: null, declinedBy, MissedAt: null);

    static NightFacts Facts(Standing anna) =>
        new(
            new Dictionary<ContactId, Standing> { [Anna] = anna, [Bo] = Standing() },
            new Dictionary<ContactId, IReadOnlyList<MunicipalityEvidence>>
            {
                [Anna] = [new(2506, Views: 9), new(2582, Views: 3)],
                [Bo] = [new(2582, Views: 1)],
            },
            new Dictionary<ContactId, IReadOnlyList<Funnel.Stages.Signal>>()
        );
}
