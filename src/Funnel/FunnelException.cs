namespace LeadScoring.Funnel;

/// <summary>Something in a policy that its municipality can mend; all faults of all policies are told at once.</summary>
public sealed class FunnelException : Exception
{
    public FunnelException(string message)
        : base(message) { }

    public FunnelException(string message, Exception cause)
        : base(message, cause) { }

    public FunnelException() { }
}
