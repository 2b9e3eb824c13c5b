using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Stages;

/// <summary>What the likelihood alone may do to a stage: up to Desire, and down from anywhere, with hysteresis.</summary>
static class LikelihoodRule
{
    /// <summary>
    /// The stage for this lift. A stage is entered at its <c>enter</c> threshold and left below its lower <c>leave</c>
    /// threshold, so a lift that trembles between the two moves nobody. Action is never given by the likelihood.
    /// </summary>
    public static Stage Of(Stage stage, double lift, StageThresholds thresholds) =>
        stage switch
        {
            Stage.Attention when lift >= thresholds.Desire.Enter => Stage.Desire,
            Stage.Attention when lift >= thresholds.Interest.Enter => Stage.Interest,
            Stage.Interest when lift >= thresholds.Desire.Enter => Stage.Desire,
            Stage.Interest or Stage.Desire or Stage.Action when lift < thresholds.Interest.Leave => Stage.Attention,
            Stage.Desire or Stage.Action when lift < thresholds.Desire.Leave => Stage.Interest,
            _ => stage,
        };

    public static string CauseOf(Stage from, Stage to) => to > from ? Cause.LikelihoodRose : Cause.LikelihoodFell;

    /// <summary>
    /// Whether the contact's own word still stands against the move: after an inquiry, a yes, a maybe or a talk the
    /// model may not lower for <c>holdDays</c>; after a "not now" it may not raise for <c>restDays</c>.
    /// </summary>
    public static bool IsHeld(Stage from, Stage to, Word? word, Policy policy, DateOnly asOf)
    {
        if (word is not { } said)
            return false;
        var days = asOf.DayNumber - StockholmTime.Day(said.At).DayNumber;
        return said.Kind == SignalKind.AnsweredNotNow ? to > from && days < policy.RestDays
            : SignalOrder.IsWord(said.Kind) ? to < from && days < policy.HoldDays
            : false;
    }
}
