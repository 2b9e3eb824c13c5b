namespace LeadScoring.Worker.Tests.Mail;

/// <summary>A clock that stands until it is set.</summary>
sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
