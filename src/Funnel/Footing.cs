using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel;

/// <summary>A position on its way through one look, with the signal that last moved it.</summary>
/// <param name="Moved">
/// The cause of the last move of this look, null when it has not moved. The position's own cause may be a later one: that of
/// a signal which left it where it was.
/// </param>
readonly record struct Footing(FunnelPosition Position, Signal? Evidence, string? Moved = null)
{
    /// <summary>One signal applied.</summary>
    public Footing After(Signal signal)
    {
        var (stage, word) = (Position.Stage, Position.LastWord);
        var objected = word?.Kind == SignalKind.Objected;
        var move = StageRule.Of(stage, signal.Kind, objected);
        if (IsOutdated(signal, stage, word) || (stage == Stage.Closed && move.Cause is null))
            return this;

        // A consent that reopens is remembered like a word, so that a no from before it, known later, closes nothing.
        var speaks = SignalOrder.IsWord(signal.Kind) || (stage == Stage.Closed && move.To != stage);
        var next = Position with
        {
            Stage = move.To,
            Since = move.To == stage ? Position.Since : StockholmTime.Day(signal.At),
            Cause = move.Cause ?? Position.Cause,
            LastSignal = SignOfLife(signal),
            LastWord = speaks ? Latest(signal, word) : word,
            Municipality = move is { To: Stage.Moved, Cause: not null } ? signal.Municipality : Position.Municipality,
        };
        return move.To == stage ? this with { Position = next } : new(next, signal, next.Cause);
    }

    /// <summary>What time alone has brought up to this day: twelve months in the new home, or sleep.</summary>
    /// <param name="seasons">Null when the contact's earlier years are not known.</param>
    public Footing AfterTime(DateOnly day, Policy policy, Seasons? seasons) =>
        Position.Stage == Stage.Moved ? AfterYear(day) : AfterSilence(day, policy, seasons);

    Footing AfterYear(DateOnly day)
    {
        var settled = Position.Since.AddYears(1);
        return day < settled
            ? this
            : new(Position with { Stage = Stage.Stayed, Since = settled, Cause = Cause.Stayed }, null, Cause.Stayed);
    }

    /// <summary>Asleep when the contact has given no sign of life for the policy's days, nor in the season in which it comes.</summary>
    Footing AfterSilence(DateOnly day, Policy policy, Seasons? seasons)
    {
        var last = Position.LastSignal is { } at ? StockholmTime.Day(at) : Position.Since;
        if (Position.Stage > Stage.Action || day.DayNumber - last.DayNumber < policy.DormancyDays)
            return this;
        var since = last.AddDays(policy.DormancyDays);
        if (seasons?.AwaitedUntil(last, policy.DormancyDays) is { } awaited && awaited >= since)
            since = awaited.AddDays(1);
        if (day < since)
            return this;
        var asleep = Position with
        {
            Stage = Stage.Dormant,
            Since = since,
            // Who waited for a call that never came did not fall silent by itself.
            Cause = string.Equals(Position.Cause, Cause.NotReached, StringComparison.Ordinal)
                ? Cause.NotReached
                : Cause.Silence,
        };
        return new(asleep, null, asleep.Cause);
    }

    /// <summary>Raised or lowered by the likelihood, as far as it goes at once.</summary>
    public Footing After(Likelihood? likelihood, Policy policy, DateOnly asOf)
    {
        if (likelihood is not { } scored)
            return this;
        var (from, to) = (Position.Stage, LikelihoodRule.Of(Position.Stage, scored.Lift, policy.Thresholds));
        if (to == from || LikelihoodRule.IsHeld(from, to, Position.LastWord, policy, asOf))
            return this;
        var moved = Position with { Stage = to, Since = asOf, Cause = LikelihoodRule.CauseOf(from, to) };
        return new(moved, null, moved.Cause);
    }

    /// <summary>
    /// A word from before the last word is history, however late it became known; what reopens must be newer than what
    /// closed. An objection is outdated by a newer consent only. Leaving is outdated by a later relocation.
    /// </summary>
    bool IsOutdated(Signal signal, Stage stage, Word? word) =>
        (signal.Kind == SignalKind.MovedAway && StockholmTime.Day(signal.At) < MovedOn(stage))
        || word is { } said
            && (
                signal.Kind == SignalKind.Objected ? said.Kind == SignalKind.Consented && signal.At < said.At
                : stage == Stage.Closed ? signal.At <= said.At
                : SignalOrder.IsWord(signal.Kind) && signal.At < said.At
            );

    /// <summary>Day of the relocation of a contact who has moved.</summary>
    DateOnly? MovedOn(Stage stage) =>
        stage switch
        {
            Stage.Moved => Position.Since,
            Stage.Stayed => Position.Since.AddYears(-1),
            _ => null,
        };

    static Word Latest(Signal signal, Word? word) => new(signal.Kind, word?.At > signal.At ? word.Value.At : signal.At);

    DateTime? SignOfLife(Signal signal) =>
        SignalOrder.IsSignOfLife(signal.Kind) && !(Position.LastSignal > signal.At) ? signal.At : Position.LastSignal;
}
