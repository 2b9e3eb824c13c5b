namespace LeadScoring.Worker.Dispatch;

/// <summary>Fixed words for why a follow-up waits, besides those of the funnel; they are stored.</summary>
public static class DispatchCause
{
    /// <summary>The contact has answered, and the funnel has yet to take it in.</summary>
    public const string Answered = "answered";

    /// <summary>A call: an officer's to do.</summary>
    public const string WithOfficer = "with_officer";

    /// <summary>The mail server did not take it.</summary>
    public const string Unreachable = "unreachable";
}
