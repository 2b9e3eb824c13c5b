using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>What the home's mail folder remembers: messages on their way, returns, stops. Each is read on from where it was left.</summary>
public sealed record MailLedgers(SendLedger Sendings, ReturnLedger Returns, StopList Stops)
{
    public static MailLedgers Open(string home, LinkSecret secret, TimeProvider time) =>
        new(new SendLedger(home, time), new ReturnLedger(home, secret, time), new StopList(home, secret, time));
}
