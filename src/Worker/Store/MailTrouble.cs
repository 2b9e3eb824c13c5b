namespace LeadScoring.Worker.Store;

/// <summary>Since when no mail goes out, and why.</summary>
public sealed record MailTrouble(DateTime Since, string Words)
{
    /// <summary>The trouble that stands, null when mail goes out.</summary>
    public static MailTrouble? Of(LeadStore store) =>
        store
            .Rows<MailTroubleRow, MailTrouble>("mail_trouble", r => new(StoreText.Instant(r.Since), r.Words))
            .FirstOrDefault();

    /// <summary>Notes that mail does not go out; since when is kept until it does again.</summary>
    public static void Raise(LeadStore store, string words, DateTime now) =>
        store.Execute("raise_mail_trouble", new { since = StoreText.Instant(now), words });

    /// <summary>Mail goes out again.</summary>
    public static void End(LeadStore store) => store.Execute("end_mail_trouble", parameters: null);
}
