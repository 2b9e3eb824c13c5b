using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Stages.SignalKind;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests;

sealed class AdvanceFunnelTests
{
    [Test]
    public void A_new_contact_enters_at_attention_on_the_day_of_its_first_trace()
    {
        var step = Look(null, Day, [At(Visited, Day.AddDays(-3))]);

        Assert.That(step.Position.Stage, Is.EqualTo(Stage.Attention));
        Assert.That(step.Position.Since, Is.EqualTo(Day.AddDays(-3)));
        Assert.That(step.Position.Municipality, Is.EqualTo(2506));
        Assert.That(step.Position.RunnerUp, Is.EqualTo(2510));
        Assert.That(step.Change!.From, Is.Null);
        Assert.That(step.Change.Cause, Is.EqualTo("entered"));
    }

    [Test]
    public void A_yes_leads_to_action_with_its_evidence_and_the_model_in_force()
    {
        var yes = At(AnsweredYes, Day);
        var step = Look(Standing(Stage.Attention), Day.AddDays(1), [yes], Lift(1.2));

        Assert.That(step.Position.Stage, Is.EqualTo(Stage.Action));
        Assert.That(step.Change!.Cause, Is.EqualTo("answered_yes"));
        Assert.That(step.Change.Evidence, Is.EqualTo(yes));
        Assert.That(step.Change.ModelId, Is.EqualTo("m1"));
        Assert.That(step.Change.Lift, Is.EqualTo(1.2).Within(1e-9));
        Assert.That(step.FollowUps, Is.Not.Empty);
    }

    [Test]
    public void A_change_names_what_moved_the_contact_and_not_what_it_said_there_afterwards()
    {
        var yes = At(AnsweredYes, Day);
        var step = Look(Standing(Stage.Attention), Day.AddDays(2), [yes, At(Inquired, Day.AddDays(1))]);

        Assert.That((step.Change!.To, step.Change.Cause), Is.EqualTo((Stage.Action, "answered_yes")));
        Assert.That(step.Change.Evidence, Is.EqualTo(yes));
        Assert.That(step.FollowUps.Select(planned => planned.Cause), Is.All.EqualTo("answered_yes").And.Not.Empty);
        Assert.That(step.Position.Cause, Is.EqualTo("inquired"), "its latest word");
    }

    [TestCase(1.9, Stage.Attention)]
    [TestCase(2.1, Stage.Interest)]
    [TestCase(5.1, Stage.Desire)]
    [TestCase(900, Stage.Desire)]
    public void The_likelihood_lifts_up_to_desire_and_never_to_action(double lift, Stage expected) =>
        Assert.That(Look(Standing(Stage.Attention), Day, [], Lift(lift)).Position.Stage, Is.EqualTo(expected));

    [TestCase(3.6, Stage.Desire)]
    [TestCase(3.4, Stage.Interest)]
    [TestCase(1.6, Stage.Interest)]
    [TestCase(1.4, Stage.Attention)]
    public void The_likelihood_lowers_below_the_leave_threshold(double lift, Stage expected)
    {
        var step = Look(Standing(Stage.Desire), Day, [], Lift(lift));

        Assert.That(step.Position.Stage, Is.EqualTo(expected));
        Assert.That(step.Change?.Cause, expected == Stage.Desire ? Is.Null : Is.EqualTo("likelihood_fell"));
    }

    [Test]
    public void What_the_contact_said_outranks_a_low_likelihood_for_the_hold_days()
    {
        var asked = Look(Standing(Stage.Attention), Day.AddDays(1), [At(Inquired, Day)], Lift(0.5)).Position;

        Assert.That(asked.Stage, Is.EqualTo(Stage.Interest));
        Assert.That(Look(asked, Day.AddDays(59), [], Lift(0.5)).Position.Stage, Is.EqualTo(Stage.Interest));
        Assert.That(Look(asked, Day.AddDays(60), [], Lift(0.5)).Position.Stage, Is.EqualTo(Stage.Attention));
    }

    [Test]
    public void After_a_not_now_the_likelihood_raises_nobody_until_the_rest_days_are_over()
    {
        var resting = Look(Standing(Stage.Desire), Day.AddDays(1), [At(AnsweredNotNow, Day)], Lift(8)).Position;

        Assert.That(resting.Stage, Is.EqualTo(Stage.Interest));
        Assert.That(Look(resting, Day.AddDays(119), [], Lift(8)).Position.Stage, Is.EqualTo(Stage.Interest));
        Assert.That(Look(resting, Day.AddDays(120), [], Lift(8)).Position.Stage, Is.EqualTo(Stage.Desire));
    }

    [Test]
    public void Silence_puts_to_sleep_and_a_visit_wakes()
    {
        var last = Standing(Stage.Desire);

        Assert.That(Look(last, Day.AddDays(269), []).Position.Stage, Is.EqualTo(Stage.Desire));
        var asleep = Look(last, Day.AddDays(275), []);
        Assert.That(asleep.Position.Stage, Is.EqualTo(Stage.Dormant));
        Assert.That(asleep.Position.Since, Is.EqualTo(Day.AddDays(270)));
        Assert.That(asleep.Change!.Cause, Is.EqualTo("silence"));

        var awake = Look(asleep.Position, Day.AddDays(301), [At(Visited, Day.AddDays(300))]);
        Assert.That(awake.Position.Stage, Is.EqualTo(Stage.Attention));
        Assert.That(awake.Change!.Cause, Is.EqualTo("returned"));
    }

    [TestCase(Opened, false)]
    [TestCase(Visited, true)]
    [TestCase(NotReached, false)]
    public void Opens_machines_and_municipalities_neither_wake_nor_keep_awake(SignalKind kind, bool automated)
    {
        var asleep = Look(Standing(Stage.Interest), Day.AddDays(270), []).Position;
        var signal = At(kind, Day.AddDays(280)) with { Automated = automated };

        Assert.That(Look(asleep, Day.AddDays(281), [signal]).Position.Stage, Is.EqualTo(Stage.Dormant));
        var early = signal with { At = signal.At.AddDays(-100) };
        Assert.That(
            Look(Standing(Stage.Interest), Day.AddDays(270), [early]).Position.Stage,
            Is.EqualTo(Stage.Dormant)
        );
    }

    [Test]
    public void A_call_that_never_came_is_not_held_against_the_contact()
    {
        var waiting = Look(Standing(Stage.Action), Day.AddDays(20), [At(NotReached, Day.AddDays(19))]);

        Assert.That(waiting.Change, Is.Null);
        Assert.That(waiting.Position.Cause, Is.EqualTo("not_reached"));
        Assert.That(Look(waiting.Position, Day.AddDays(270), []).Change!.Cause, Is.EqualTo("not_reached"));
    }

    [Test]
    public void An_objection_is_lifted_by_a_new_consent_only_and_a_no_by_a_new_yes_too()
    {
        var no = Look(Standing(Stage.Desire), Day.AddDays(1), [At(AnsweredNo, Day)]).Position;
        var objected = Look(no, Day.AddDays(2), [At(Objected, Day.AddDays(1))]).Position;
        Signal[] yes = [At(AnsweredYes, Day.AddDays(5))];
        Signal[] consent = [At(Consented, Day.AddDays(5))];

        Assert.That(Look(no, Day.AddDays(6), yes).Position.Stage, Is.EqualTo(Stage.Action));
        Assert.That(Look(no, Day.AddDays(6), consent).Position.Stage, Is.EqualTo(Stage.Attention));
        Assert.That(objected.Cause, Is.EqualTo("objected"));
        Assert.That(Look(objected, Day.AddDays(6), yes).Position, Is.EqualTo(objected with { AsOf = Day.AddDays(6) }));
        Assert.That(Look(objected, Day.AddDays(6), consent).Position.Stage, Is.EqualTo(Stage.Attention));
    }

    [Test]
    public void A_yes_from_before_the_no_that_becomes_known_later_reopens_nothing()
    {
        var closed = Look(Standing(Stage.Desire), Day.AddDays(6), [At(AnsweredNo, Day.AddDays(5))]).Position;

        Assert.That(
            Look(closed, Day.AddDays(9), [At(AnsweredYes, Day.AddDays(4))]).Position.Stage,
            Is.EqualTo(Stage.Closed)
        );
    }

    [Test]
    public void A_no_from_before_the_yes_that_becomes_known_later_closes_nothing()
    {
        var yes = Look(Standing(Stage.Desire), Day.AddDays(6), [At(AnsweredYes, Day.AddDays(5))]).Position;

        Assert.That(
            Look(yes, Day.AddDays(9), [At(AnsweredNo, Day.AddDays(4))]).Position.Stage,
            Is.EqualTo(Stage.Action)
        );
    }

    [Test]
    public void A_relocation_names_the_municipality_and_ends_the_dialogue()
    {
        var moved = At(Moved, Day) with { Municipality = 2584 };
        var step = Look(Standing(Stage.Action), Day.AddDays(1), [moved]);

        Assert.That(
            (step.Position.Stage, step.Position.Municipality, step.Position.RunnerUp),
            Is.EqualTo((Stage.Moved, 2584, 0))
        );
        Assert.That(step.FollowUps, Is.Empty);
        Assert.That(
            Look(step.Position, Day.AddDays(2), [At(AnsweredNo, Day.AddDays(1))]).Position.Stage,
            Is.EqualTo(Stage.Moved)
        );
    }

    [Test]
    public void Twelve_months_after_the_relocation_the_contact_has_stayed()
    {
        var moved = Look(
            Standing(Stage.Action),
            Day.AddDays(1),
            [At(Moved, Day) with { Municipality = 2584 }]
        ).Position;

        Assert.That(Look(moved, Day.AddDays(364), []).Change, Is.Null);
        var stayed = Look(moved, Day.AddDays(400), []);
        Assert.That(
            (stayed.Position.Stage, stayed.Position.Since, stayed.Position.Municipality, stayed.Change!.Cause),
            Is.EqualTo((Stage.Stayed, Day.AddYears(1), 2584, "stayed"))
        );
        Assert.That(stayed.FollowUps, Is.Empty);
        Assert.That(Look(stayed.Position, Day.AddDays(500), [At(Visited, Day.AddDays(450))]).Change, Is.Null);
    }

    [TestCase(100)]
    [TestCase(500)]
    public void Who_leaves_again_sleeps_and_may_return(int days)
    {
        var left = Look(Standing(Stage.Moved), Day.AddDays(days + 1), [At(MovedAway, Day.AddDays(days))]);

        Assert.That((left.Position.Stage, left.Change!.Cause), Is.EqualTo((Stage.Dormant, "moved_away")));
        Assert.That(
            Look(left.Position, Day.AddDays(700), [At(Visited, Day.AddDays(600))]).Position.Stage,
            Is.EqualTo(Stage.Attention)
        );
    }

    [Test]
    public void To_have_left_before_the_relocation_or_without_one_changes_nothing()
    {
        Signal[] left = [At(MovedAway, Day.AddDays(-10))];

        Assert.That(Look(Standing(Stage.Moved), Day.AddDays(1), left).Change, Is.Null);
        Assert.That(Look(Standing(Stage.Moved), Day.AddDays(400), left).Position.Stage, Is.EqualTo(Stage.Stayed));
        Assert.That(Look(Standing(Stage.Interest), Day.AddDays(1), left).Change, Is.Null);
    }

    [Test]
    public void A_look_at_an_earlier_day_is_refused() =>
        Assert.That(
            () => Look(Standing(Stage.Interest), Day.AddDays(-1), []),
            Throws.TypeOf<FunnelException>().With.Message.Contains("as of 2026-03-11, later than 2026-03-10")
        );
}
