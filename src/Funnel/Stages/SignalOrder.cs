namespace LeadScoring.Funnel.Stages;

/// <summary>The one order in which signals are applied, whatever order they come in.</summary>
static class SignalOrder
{
    /// <summary>Signals that count: by people, no opens, equal ones once, by instant and then by <see cref="Rank"/>.</summary>
    public static List<Signal> Applied(IReadOnlyList<Signal> signals) =>
        [
            .. signals
                .Where(s => !s.Automated && s.Kind != SignalKind.Opened)
                .Distinct()
                .OrderBy(s => s.At)
                .ThenBy(s => Rank(s.Kind))
                .ThenBy(s => s.Municipality),
        ];

    /// <summary>Whether the contact itself did it; what a municipality did or left undone is no sign of life.</summary>
    public static bool IsSignOfLife(SignalKind kind) =>
        kind is not (SignalKind.Opened or SignalKind.NotReached or SignalKind.Declined);

    /// <summary>Whether the contact said something by it, as against reading or consenting.</summary>
    public static bool IsWord(SignalKind kind) =>
        kind
            is SignalKind.Inquired
                or SignalKind.AnsweredYes
                or SignalKind.AnsweredMaybe
                or SignalKind.AnsweredNotNow
                or SignalKind.AnsweredNo
                or SignalKind.Engaged
                or SignalKind.Objected;

    /// <summary>
    /// Of two signals at one instant the more reserved one has the last say: a yes and a no make a no, a consent and
    /// an objection an objection. A relocation is a fact and comes before both, and leaving again after it.
    /// </summary>
    static int Rank(SignalKind kind) =>
        kind switch
        {
            SignalKind.Opened => 0,
            SignalKind.Visited => 1,
            SignalKind.NotReached => 2,
            SignalKind.Declined => 3,
            SignalKind.Consented => 4,
            SignalKind.Inquired => 5,
            SignalKind.Engaged => 6,
            SignalKind.AnsweredYes => 7,
            SignalKind.AnsweredMaybe => 8,
            SignalKind.AnsweredNotNow => 9,
            SignalKind.Moved => 10,
            SignalKind.MovedAway => 11,
            SignalKind.AnsweredNo => 12,
            SignalKind.Objected => 13,
        };
}
