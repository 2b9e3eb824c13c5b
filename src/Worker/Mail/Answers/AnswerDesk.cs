using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>Where the links of messages lead: reads them, takes answers, stops messages.</summary>
/// <param name="Today">The local day, on which links expire.</param>
public sealed record AnswerDesk(LinkSigner Links, AnswerInbox Inbox, StopList Stops, Func<DateOnly> Today)
{
    /// <summary>The desk of a home.</summary>
    public static AnswerDesk Open(string home, TimeProvider time)
    {
        var secret = LinkSecret.Of(home);
        return new AnswerDesk(
            new LinkSigner(secret),
            new AnswerInbox(home, time),
            new StopList(home, secret, time),
            () => Funnel.StockholmTime.Day(time.GetUtcNow().UtcDateTime)
        );
    }
}
