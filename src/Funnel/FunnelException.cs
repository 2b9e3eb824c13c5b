using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel;

/// <summary>Something in a policy or a call that its operator can mend; all faults of all policies are told at once.</summary>
public sealed class FunnelException : Exception
{
    public FunnelException(string message)
        : base(message) { }

    public FunnelException(string message, Exception cause)
        : base(message, cause) { }

    public FunnelException() { }

    /// <summary>All faults found in all policy files.</summary>
    public FunnelException(IReadOnlyList<PolicyFault> faults)
        : base(
            $"{faults.Count} {(faults.Count == 1 ? "fault" : "faults")} in the policies, nothing was changed:\n"
                + string.Join('\n', faults)
        ) => Faults = faults;

    /// <summary>The faults of the policies, empty when it is about something else.</summary>
    public IReadOnlyList<PolicyFault> Faults { get; } = [];
}
