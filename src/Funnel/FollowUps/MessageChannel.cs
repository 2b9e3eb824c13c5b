namespace LeadScoring.Funnel.FollowUps;

/// <summary>By what way a follow-up reaches a contact.</summary>
public enum MessageChannel
{
    Email,
    Sms,
    Phone,
}
