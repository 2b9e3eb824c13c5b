using static LeadScoring.Funnel.Stages.SignalKind;
using static LeadScoring.Funnel.Stages.Stage;

namespace LeadScoring.Funnel.Stages;

/// <summary>What a signal does to a stage.</summary>
/// <param name="To">The stage afterwards, possibly the same.</param>
/// <param name="Cause">The word to keep, null when the signal leaves no mark on the position.</param>
public readonly record struct Move(Stage To, string? Cause);

/// <summary>
/// The table stage x signal. A rule is one line here and one line in <c>Golden/stage-matrix.txt</c>; the compiler
/// refuses a combination that is left out.
/// </summary>
/// <remarks>
/// A visit shows attention and nothing more; an inquiry goes one stage up; a yes or a talk leads to Action at once.
/// Whoever objected comes back only by a new consent; whoever said no also by a new yes. Whoever has left again sleeps
/// and may return like others. Twelve months make Stayed of Moved, see <see cref="Footing"/>.
/// </remarks>
public static class StageRule
{
    /// <param name="objected">Whether a closed contact is closed by an objection rather than by a no.</param>
    public static Move Of(Stage stage, SignalKind signal, bool objected = false) =>
        (stage, signal) switch
        {
            (Stage.Moved or Stayed, MovedAway) => new(Dormant, Cause.MovedAway),
            (Stage.Moved or Stayed, _) => Stay(stage),
            (_, Opened or MovedAway) => Stay(stage),

            (Closed, Objected) => new(Closed, Cause.Objected),
            (Closed, Consented) => new(Attention, Cause.Consented),
            (Closed, AnsweredYes) when !objected => new(Stage.Action, Cause.AnsweredYes),
            (Closed, _) => Stay(stage),

            (_, SignalKind.Moved) => new(Stage.Moved, Cause.Moved),
            (_, Objected) => new(Closed, Cause.Objected),
            (_, AnsweredNo) => new(Closed, Cause.AnsweredNo),
            (_, AnsweredYes) => new(Stage.Action, Cause.AnsweredYes),
            (_, Engaged) => new(Stage.Action, Cause.Engaged),

            (Dormant, Inquired) => new(Interest, Cause.Inquired),
            (Dormant, AnsweredMaybe) => new(Interest, Cause.AnsweredMaybe),
            (Dormant, AnsweredNotNow) => new(Attention, Cause.AnsweredNotNow),
            (Dormant, Visited or Consented) => new(Attention, Cause.Returned),
            (Dormant, NotReached or Declined) => Stay(stage),

            (_, Visited or Consented) => Stay(stage),
            (_, NotReached) => new(stage, Cause.NotReached),
            (_, Declined) => new(stage, Cause.DeclinedByMunicipality),

            (Attention, Inquired) => new(Interest, Cause.Inquired),
            (Attention, AnsweredMaybe) => new(Interest, Cause.AnsweredMaybe),
            (Attention, AnsweredNotNow) => new(Attention, Cause.AnsweredNotNow),

            (Interest, Inquired) => new(Desire, Cause.Inquired),
            (Interest, AnsweredMaybe) => new(Interest, Cause.AnsweredMaybe),
            (Interest, AnsweredNotNow) => new(Attention, Cause.AnsweredNotNow),

            (Desire, Inquired) => new(Stage.Action, Cause.Inquired),
            (Desire, AnsweredMaybe) => new(Desire, Cause.AnsweredMaybe),
            (Desire, AnsweredNotNow) => new(Interest, Cause.AnsweredNotNow),

            (Stage.Action, Inquired) => new(Stage.Action, Cause.Inquired),
            (Stage.Action, AnsweredMaybe) => new(Desire, Cause.AnsweredMaybe),
            (Stage.Action, AnsweredNotNow) => new(Interest, Cause.AnsweredNotNow),
        };

    static Move Stay(Stage stage) => new(stage, null);
}
