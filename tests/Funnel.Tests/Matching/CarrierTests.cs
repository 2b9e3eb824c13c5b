using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.Matching;

sealed class CarrierTests
{
    [TestCase(0.45, 0.40, 2506)]
    [TestCase(0.60, 0.20, 2580)]
    public void A_dialogue_goes_to_another_municipality_only_when_that_fits_clearly_better(
        double share,
        double runnerUp,
        int carrier
    )
    {
        var fit = new MunicipalityFit(2580, share, 2506, runnerUp, "", "");
        var step = AdvanceFunnel.Advance(Standing(Stage.Interest), Anna, [], null, fit, Policy, Day);

        Assert.That(step.Position.Municipality, Is.EqualTo(carrier));
        Assert.That(step.Position.RunnerUp, Is.EqualTo(carrier == 2506 ? 2580 : 2506));
    }

    [Test]
    public void A_place_on_the_week_s_list_carries_whatever_fits()
    {
        var step = AdvanceFunnel.Advance(Standing(Stage.Interest), Anna, [], null, Arjeplog, Policy, Day, place: 2510);

        Assert.That((step.Position.Municipality, step.Position.RunnerUp), Is.EqualTo((2510, 2506)));
    }

    [Test]
    public void Without_a_fit_everything_stays_and_a_closed_contact_is_carried_by_nobody()
    {
        var kept = AdvanceFunnel.Advance(Standing(Stage.Interest), Anna, [], null, null, Policy, Day).Position;
        var closed = Look(Standing(Stage.Interest), Day.AddDays(1), [At(SignalKind.AnsweredNo, Day)]).Position;

        Assert.That((kept.Municipality, kept.RunnerUp), Is.EqualTo((2506, 2510)));
        Assert.That((closed.Municipality, closed.RunnerUp), Is.EqualTo((0, 0)));
    }
}
