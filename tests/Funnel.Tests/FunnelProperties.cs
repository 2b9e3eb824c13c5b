using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests;

sealed class FunnelProperties
{
    static readonly Config Thousand = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Test]
    public void Every_history_has_an_outcome_and_every_change_its_cause() =>
        Holds(
            from signals in Signals
            from likelihood in Likelihoods
            select (signals, likelihood),
            x =>
            {
                var step = Look(null, AfterAll, x.signals, x.likelihood);
                return Enum.IsDefined(step.Position.Stage)
                    && step.Change is { } change
                    && change.Cause.Length > 0
                    && change.To == step.Position.Stage
                    && step.FollowUps.DistinctBy(f => f.Key, StringComparer.Ordinal).Count() == step.FollowUps.Count;
            }
        );

    [Test]
    public void Looking_again_on_the_same_day_without_new_signals_changes_nothing() =>
        Holds(
            from signals in Signals
            from likelihood in Likelihoods
            from place in Gen.Elements(0, 2580)
            select (signals, likelihood, place),
            x =>
            {
                var first = AdvanceFunnel.Advance(
                    null,
                    Anna,
                    x.signals,
                    x.likelihood,
                    Arjeplog,
                    Policy,
                    AfterAll,
                    x.place
                );
                var again = AdvanceFunnel.Advance(
                    first.Position,
                    Anna,
                    [],
                    x.likelihood,
                    Arjeplog,
                    Policy,
                    AfterAll,
                    x.place
                );
                return again.Position == first.Position && again.Change is null && again.FollowUps.Count == 0;
            }
        );

    [Test]
    public void The_order_in_which_signals_are_handed_in_does_not_matter() =>
        Holds(
            from signals in Signals
            from shuffled in Gen.Shuffle(signals)
            select (signals, shuffled),
            x => Same(Look(null, AfterAll, x.signals), Look(null, AfterAll, x.shuffled))
        );

    [Test]
    public void Opens_and_machines_change_nothing_wherever_they_stand() =>
        Holds(
            Signals,
            signals => Same(Look(null, AfterAll, signals), Look(null, AfterAll, [.. signals.Where(ByPeople)]))
        );

    [Test]
    public void Night_after_night_comes_to_the_same_as_all_at_once() =>
        Holds(
            Signals,
            signals =>
            {
                var people = signals.Where(ByPeople).ToList();
                if (people.Count == 0)
                    return true;
                FunnelPosition? nightly = null;
                for (
                    var day = StockholmTime.Day(people.Min(s => s.At)).AddDays(1);
                    day <= AfterAll;
                    day = day.AddDays(1)
                )
                    nightly = Look(
                        nightly,
                        day,
                        [.. people.Where(s => StockholmTime.Day(s.At).AddDays(1) == day)]
                    ).Position;
                return nightly == Look(null, AfterAll, people).Position;
            },
            200
        );

    [Test]
    public void A_closed_contact_stays_closed_whatever_happens_but_a_new_yes_or_consent() =>
        Holds(
            from signals in Signals
            from likelihood in Likelihoods
            from closing in Gen.Elements(SignalKind.AnsweredNo, SignalKind.Objected)
            from days in Gen.Choose(1, 2000)
            select (signals, likelihood, closing, days),
            x =>
            {
                var closed = Look(Standing(Stage.Interest), Day.AddDays(1), [At(x.closing, Day)]).Position;
                var later = x
                    .signals.Where(s => s.Kind is not (SignalKind.AnsweredYes or SignalKind.Consented))
                    .Select(s => s with { At = s.At.AddDays(500) })
                    .ToList();
                var step = Look(closed, Day.AddDays(x.days), later, x.likelihood);
                return step.Position.Stage == Stage.Closed && step.Change is null && step.FollowUps.Count == 0;
            }
        );

    [Test]
    public void Whoever_has_moved_stays_moved() =>
        Holds(
            from signals in Signals
            from likelihood in Likelihoods
            select (signals, likelihood),
            x =>
            {
                var later = x.signals.Where(s => s.Kind != SignalKind.MovedAway).ToList();
                var early = later.Where(s => StockholmTime.Day(s.At) < Day.AddDays(300)).ToList();
                return Look(Standing(Stage.Moved), Day.AddDays(300), early, x.likelihood).Change is null
                    && Look(Standing(Stage.Moved), AfterAll.AddDays(500), later, x.likelihood).Position.Stage
                        == Stage.Stayed;
            }
        );

    [Test]
    public void A_lift_that_trembles_within_the_hysteresis_moves_nobody() =>
        Holds(
            from stage in Gen.Elements(Stage.Attention, Stage.Interest, Stage.Desire, Stage.Action)
            from lifts in Gen.Choose(0, 999).ArrayOf(50)
            select (stage, lifts),
            x =>
            {
                var (leave, enter) = x.stage switch
                {
                    Stage.Attention => (0, Policy.Thresholds.Interest.Enter),
                    Stage.Interest => (Policy.Thresholds.Interest.Leave, Policy.Thresholds.Desire.Enter),
                    _ => (Policy.Thresholds.Desire.Leave, 1000),
                };
                var position = Standing(x.stage);
                foreach (var lift in x.lifts)
                    position = Look(
                        position,
                        position.AsOf.AddDays(1),
                        [],
                        Lift(leave + 1e-6 + (enter - leave - 2e-6) * lift / 1000)
                    ).Position;
                return position.Stage == x.stage;
            }
        );

    [Test]
    public void A_threshold_crossed_and_recrossed_by_a_trembling_lift_changes_the_stage_once() =>
        Holds(
            Gen.Choose(150, 250).ArrayOf(60),
            lifts =>
            {
                var (position, changes) = (Standing(Stage.Attention), 0);
                foreach (var lift in lifts)
                {
                    var step = Look(position, position.AsOf.AddDays(1), [], Lift(lift / 100.0 + 1e-6));
                    changes += step.Change is null ? 0 : 1;
                    position = step.Position;
                }
                return changes <= 1;
            }
        );

    [Test]
    public void Two_moves_by_the_likelihood_in_opposite_directions_lie_a_whole_band_apart() =>
        Holds(
            Gen.Choose(0, 800).ArrayOf(60),
            lifts =>
            {
                var position = Standing(Stage.Attention);
                (bool Rose, double Lift)? before = null;
                foreach (var lift in lifts.Select(l => l / 100.0))
                {
                    var step = Look(position, position.AsOf.AddDays(1), [], Lift(lift));
                    position = step.Position;
                    if (step.Change is not { } change)
                        continue;
                    var rose = change.To > change.From;
                    // The narrower of the two bands, 2 to 1.5, less rounding.
                    if (before is { } last && last.Rose != rose && Math.Abs(last.Lift - lift) < 0.5 - 1e-9)
                        return false;
                    before = (rose, lift);
                }
                return true;
            }
        );

    [Test]
    public void Of_signals_at_one_instant_any_order_gives_one_outcome_whatever_came_before() =>
        Holds(
            from before in Gen.Elements(Enum.GetValues<Stage>())
            from kinds in Kinds.ArrayOf(5)
            from shuffled in Gen.Shuffle(kinds)
            select (before, kinds, shuffled),
            x =>
            {
                Signal[] Now(SignalKind[] kinds) => [.. kinds.Select(kind => At(kind, Day))];
                return Same(
                    Look(Standing(x.before), Day.AddDays(1), Now(x.kinds)),
                    Look(Standing(x.before), Day.AddDays(1), Now(x.shuffled))
                );
            }
        );

    [Test]
    public void Night_after_night_with_a_yearly_rhythm_comes_to_the_same_as_all_at_once() =>
        Holds(
            Signals,
            signals =>
            {
                var policy = Policy with { DormancyDays = 60 };
                var people = signals
                    .Where(ByPeople)
                    .SelectMany(s => new[] { s, s with { Kind = SignalKind.Visited, At = s.At.AddYears(1) } })
                    .ToList();
                if (people.Count == 0)
                    return true;
                var seasons = new Seasons([
                    .. people.Select(s => StockholmTime.Day(s.At)),
                    .. people.Select(s => StockholmTime.Day(s.At.AddYears(-1))),
                ]);
                FunnelStep Step(FunnelPosition? from, IReadOnlyList<Signal> news, DateOnly day) =>
                    AdvanceFunnel.Advance(from, Anna, news, null, Arjeplog, policy, day, seasons: seasons);
                FunnelPosition? nightly = null;
                for (
                    var day = StockholmTime.Day(people.Min(s => s.At)).AddDays(1);
                    day <= AfterAll.AddDays(400);
                    day = day.AddDays(1)
                )
                    nightly = Step(
                        nightly,
                        [.. people.Where(s => StockholmTime.Day(s.At).AddDays(1) == day)],
                        day
                    ).Position;
                return nightly == Step(null, people, AfterAll.AddDays(400)).Position;
            },
            150
        );

    [Test]
    public void Action_needs_a_word_of_the_contact() =>
        Holds(
            from signals in Signals
            from likelihood in Likelihoods
            select (signals, likelihood),
            x =>
                Look(null, AfterAll, x.signals, x.likelihood).Position is not { Stage: Stage.Action } position
                || position.LastWord is { Kind: SignalKind.AnsweredYes or SignalKind.Inquired or SignalKind.Engaged }
        );

    static bool ByPeople(Signal signal) => !signal.Automated && signal.Kind != SignalKind.Opened;

    static bool Same(FunnelStep a, FunnelStep b) =>
        a.Position == b.Position && a.Change == b.Change && a.FollowUps.SequenceEqual(b.FollowUps);

    static void Holds<T>(Gen<T> worlds, Func<T, bool> property, int times = 1000) =>
        Check.One(Thousand.WithMaxTest(times), Prop.ForAll(worlds.ToArbitrary(), property));
}
