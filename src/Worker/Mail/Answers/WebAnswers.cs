using System.Text.Json;
using System.Text.RegularExpressions;
using LeadScoring.Ingestion;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>The files of the inbox that the answering pages write, and who is named in them.</summary>
static partial class WebAnswers
{
    /// <summary>Removes what erased contacts said on the web; files of half-written answers go with it.</summary>
    /// <returns>Answers and withdrawals that went.</returns>
    public static int Forget(string home, ErasedContacts erased, TimeProvider time)
    {
        var gone = 0;
        var answers = Path.Combine(home, "inbox", "relocation_answers");
        if (Directory.Exists(answers))
        {
            using var turn = FileTurn.Wait(Path.Combine(answers, ".web.lock"), time);
            // One file holds the answers to one follow-up, so it is one contact's.
            foreach (var file in Files(answers, "web-*.ndjson").Concat(Files(answers, ".web-*.new")))
            {
                var lines = File.ReadAllLines(file);
                if (!lines.Any(line => ContactOf(line) is { } contact && erased.Contains(contact)))
                    continue;
                gone += file.EndsWith(".new", StringComparison.Ordinal) ? 0 : lines.Length;
                File.Delete(file);
            }
        }
        var withdrawals = Path.Combine(home, "inbox", "consents");
        foreach (var file in Files(withdrawals, "web-stop-*.csv").Concat(Files(withdrawals, ".web-stop-*.new")))
        {
            var contact = WithdrawalPattern().Match(File.ReadAllText(file)).Groups["contact"].Value;
            if (!erased.Contains(contact.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal)))
                continue;
            gone += file.EndsWith(".new", StringComparison.Ordinal) ? 0 : 1;
            File.Delete(file);
        }
        return gone;
    }

    static string[] Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];

    static string? ContactOf(string line)
    {
        try
        {
            using var row = JsonDocument.Parse(line);
            return row.RootElement.TryGetProperty("contact_id", out var contact) ? contact.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // half a line
        }
    }

    /// <summary>The second value of the second line, as <see cref="WithdrawalFile"/> writes it.</summary>
    [GeneratedRegex("\\A[^\n]*\n[^,]*,(?<contact>\"([^\"]|\"\")*\"|[^,\n]*),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WithdrawalPattern();
}
