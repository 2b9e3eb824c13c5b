namespace LeadScoring.Funnel.Stages;

/// <summary>What a trace, an outcome or a score means to the funnel.</summary>
public enum SignalKind
{
    /// <summary>A message was opened; machines open too, so it never advances a stage.</summary>
    Opened,

    /// <summary>A page was read or a link followed.</summary>
    Visited,

    /// <summary>Asked by form, talk, inquiry or message to be told more.</summary>
    Inquired,

    /// <summary>"Could you imagine moving here?" - yes.</summary>
    AnsweredYes,

    /// <summary>Maybe.</summary>
    AnsweredMaybe,

    /// <summary>Not now.</summary>
    AnsweredNotNow,

    /// <summary>No.</summary>
    AnsweredNo,

    /// <summary>An officer reached the contact and the talk went on (interview, visit, viewing).</summary>
    Engaged,

    /// <summary>The municipality did not get around to it: no fault of the contact.</summary>
    NotReached,

    /// <summary>The municipality handed the lead back.</summary>
    Declined,

    /// <summary>Relocated.</summary>
    Moved,

    /// <summary>Has left again after having relocated.</summary>
    MovedAway,

    /// <summary>Objected to profiling, or withdrew that consent.</summary>
    Objected,

    /// <summary>Gave consent anew.</summary>
    Consented,
}

/// <summary>One signal of a contact at one instant (UTC).</summary>
/// <param name="Municipality">The municipality it concerns, 0 when none.</param>
/// <param name="Automated">Made by a machine; such a signal is kept as evidence and moves nothing.</param>
public readonly record struct Signal(SignalKind Kind, DateTime At, int Municipality, bool Automated);
