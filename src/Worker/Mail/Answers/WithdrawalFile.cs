using System.Text;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>A stop as the source <c>consents</c> tells it: a withdrawal from marketing, one file a contact.</summary>
static class WithdrawalFile
{
    /// <summary>Writes the latest stop of a contact; an earlier file of it was read or says the same.</summary>
    public static void Write(string home, string pseudonym, ContactId contact, string at, StopWay way)
    {
        var folder = Path.Combine(home, "inbox", "consents");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"web-stop-{pseudonym}.csv");
        var temporary = Path.Combine(folder, $".web-stop-{pseudonym}.{Environment.CurrentManagedThreadId}.new");
        var id = $"web-stop-{pseudonym}-{at}";
        var text =
            "consent_id,contact_id,purpose,granted,at,provenance\n"
            + $"{id},{Quoted(contact.Value)},marketing,false,{at},{Told(way)}\n";
        AtomicFile.Write(path, temporary, Encoding.UTF8.GetBytes(text));
    }

    static string Told(StopWay way) =>
        way switch
        {
            StopWay.Page => "stop link",
            StopWay.OneClick => "one-click unsubscribe",
            StopWay.Address => "stop address",
            StopWay.Complaint => "complaint to the mail provider",
        };

    static string Quoted(string text) =>
        text.AsSpan().ContainsAny("\",\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
