using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.Stages;

public sealed class FastLaneTests
{
    [TestCase(SignalKind.Inquired, ExpectedResult = true)]
    [TestCase(SignalKind.AnsweredYes, ExpectedResult = true)]
    [TestCase(SignalKind.AnsweredNo, ExpectedResult = true)]
    [TestCase(SignalKind.Engaged, ExpectedResult = true)]
    [TestCase(SignalKind.Objected, ExpectedResult = true)]
    [TestCase(SignalKind.Visited, ExpectedResult = false)]
    [TestCase(SignalKind.Opened, ExpectedResult = false)]
    [TestCase(SignalKind.Consented, ExpectedResult = false)]
    [TestCase(SignalKind.NotReached, ExpectedResult = false)]
    public bool Words_do_not_wait_for_the_night(SignalKind kind) => FastLane.Takes([At(kind, Day)]);

    [Test]
    public void What_a_machine_said_is_no_word() =>
        Assert.That(FastLane.Takes([At(SignalKind.AnsweredYes, Day) with { Automated = true }]), Is.False);

    [Test]
    public void A_stage_that_is_seen_already_is_no_change_and_plans_nothing_and_the_list_s_municipality_carries()
    {
        var step = Look(Standing(Stage.Attention), Day.AddDays(1), [At(SignalKind.AnsweredYes, Day, 12)]);
        Assert.That(step.FollowUps, Is.Not.Empty);
        var seen = FastLane.From(step, Standing(Stage.Action), null, Arjeplog, PolicySet.BuiltIn, place: 2510);
        Assert.That((seen.Change, seen.FollowUps.Count), Is.EqualTo(((StageChange?)null, 0)));
        Assert.That(
            seen.Position,
            Is.EqualTo(step.Position with { Municipality = 2510, RunnerUp = 2506 }),
            "all else as by night"
        );
    }

    [Test]
    public void A_stage_that_comes_out_otherwise_is_a_change_from_the_one_that_is_seen()
    {
        Signal[] signals = [At(SignalKind.AnsweredYes, Day, 10), At(SignalKind.AnsweredNotNow, Day, 11)];
        var step = Look(Standing(Stage.Attention), Day.AddDays(1), signals);
        var seen = FastLane.From(step, Standing(Stage.Action), Lift(1), Arjeplog, PolicySet.BuiltIn, place: 0);
        Assert.That(
            seen.Change,
            Is.EqualTo(step.Change! with { From = Stage.Action, Lift = Lift(1).Lift, ModelId = "m1" })
        );
        Assert.That(seen.Position.Stage, Is.EqualTo(Stage.Interest), "one down from Action");
        Assert.That(seen.FollowUps, Is.EqualTo(step.FollowUps).And.Not.Empty);
    }

    [Test]
    public void Who_is_closed_is_carried_by_nobody()
    {
        var step = Look(Standing(Stage.Attention), Day.AddDays(1), [At(SignalKind.Objected, Day)]);
        var seen = FastLane.From(step, Standing(Stage.Action), null, Arjeplog, PolicySet.BuiltIn, place: 2510);
        Assert.That((seen.Position.Stage, seen.Position.Municipality), Is.EqualTo((Stage.Closed, 0)));
    }
}
