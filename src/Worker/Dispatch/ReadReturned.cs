using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Mail.Sending;

namespace LeadScoring.Worker.Dispatch;

/// <summary>Reads the home's mailbox of returned messages, so that the next dispatch knows of them.</summary>
public static class ReadReturned
{
    /// <summary>Whether there is anything to read.</summary>
    public static bool IsAnyIn(Home home) => ReadMailbox.IsAnyIn(MailSettings.Load(home.Path).MailboxIn(home.Path));

    public static MailboxFigures Run(Home home, TimeProvider time, CancellationToken cancellation)
    {
        var secret = LinkSecret.Of(home.Path);
        var ledgers = MailLedgers.Open(home.Path, secret, time);
        var reader = new ReadReturn(new LinkSigner(secret), secret);
        return new ReadMailbox(reader, ledgers.Returns, ledgers.Stops).Run(
            MailSettings.Load(home.Path).MailboxIn(home.Path),
            cancellation
        );
    }
}
