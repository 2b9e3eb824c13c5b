using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail.Returns;

/// <summary>Why a message came back to us.</summary>
public enum ReturnKind
{
    /// <summary>The address does not exist or refuses us for good.</summary>
    Hard,

    /// <summary>Not delivered this time: full, busy, delayed for too long.</summary>
    Soft,

    /// <summary>The reader reported the message as unwanted.</summary>
    Complaint,

    /// <summary>The reader wrote to the stop address.</summary>
    Stop,
}

/// <summary>What one returned message says, as far as it can be believed.</summary>
/// <param name="Name">The message it is about, null when only its token was found.</param>
/// <param name="Claim">Whom and which follow-up it is about, from the stop link in the returned headers.</param>
/// <param name="Address">Whom it could not be delivered to.</param>
/// <param name="Status">Enhanced status code (RFC 3463), such as 5.1.1; empty without one.</param>
public sealed record MailReturn(ReturnKind Kind, MessageName? Name, LinkClaim? Claim, string? Address, string Status);
