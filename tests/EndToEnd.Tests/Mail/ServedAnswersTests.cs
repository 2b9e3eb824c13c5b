using System.Net;
using System.Text.RegularExpressions;
using LeadScoring.Ingestion.Vocabulary;
using MimeKit;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>The links of real messages, followed to a running <c>leads serve</c>.</summary>
public sealed partial class ServedAnswersTests
{
    [Test, CancelAfter(180_000)]
    public async Task A_scanner_answers_nothing_a_stop_and_an_answer_hold_from_their_click_on(
        CancellationToken cancellation
    )
    {
        using var home = FinishedRun.Home.Twin();
        ServeHome.Configure(home, postgres: null);
        var contacts = DueHome.Willing(home, 3);
        foreach (var file in Directory.GetFiles(home.Path, "leads.db*"))
            File.Delete(file);
        ServeHome.SettleToday(home);
        DueHome.Plan(home, contacts);
        Assert.That(Dispatched(home), Is.EqualTo((3, "", "")));

        using var worker = new Worker(home.Path);
        var at = await ServeHome.UntilAsync(() => worker.Address, () => worker.Said, cancellation);
        using var http = new HttpClient { BaseAddress = at };
        var mails = contacts.ToDictionary(c => c, c => Links(home, c));
        foreach (var path in mails.Values.SelectMany(links => links))
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var asked = new HttpRequestMessage(method, path);
            using var shown = await http.SendAsync(asked, cancellation);
            Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        }
        Assert.That(File.Exists(Path.Combine(home.Path, "mail", "stops.ndjson")), Is.False, "a scanner stops nothing");
        Assert.That(WebAnswers(home), Is.Empty, "and answers nothing");

        await PostAsync(http, mails[contacts[0]].Last(IsStop), "List-Unsubscribe=One-Click", cancellation);
        await PostAsync(http, mails[contacts[1]].First(link => !IsStop(link)), "", cancellation);
        Assert.That(WebAnswers(home), Has.Length.EqualTo(1));
        using (var large = new ByteArrayContent(new byte[64 * 1024]))
        using (var refused = await http.PostAsync(mails[contacts[2]].Last(IsStop), large, cancellation))
            Assert.That(
                refused.StatusCode,
                Is.EqualTo(HttpStatusCode.OK),
                "the address says what is wanted, not the body"
            );

        // All three are due again; by hand, while the worker runs.
        DueHome.Plan(home, contacts, step: "2");
        Assert.That(Dispatched(home), Is.EqualTo((0, "answered=1", "stopped=2")));
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
    }

    static async Task PostAsync(HttpClient http, string path, string form, CancellationToken cancellation)
    {
        using var content = new StringContent(form, null, "application/x-www-form-urlencoded");
        using var answer = await http.PostAsync(path, content, cancellation);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
    }

    static (int Sent, string Waiting, string Lapsed) Dispatched(SampleHome home)
    {
        var said = Leads.Done("dispatch", "--home", home.Path, "--municipality", "2505", "--json").Json;
        var figures = said.GetProperty("municipalities").EnumerateArray().Single();
        return (figures.GetProperty("sent").GetInt32(), Causes("waiting"), Causes("lapsed"));

        string Causes(string of) =>
            string.Join(',', figures.GetProperty(of).EnumerateObject().Select(cause => $"{cause.Name}={cause.Value}"));
    }

    static string[] WebAnswers(SampleHome home) =>
        Directory.GetFiles(Path.Combine(home.Path, "inbox", "relocation_answers"), "web-*");

    /// <summary>The paths of all links of a contact's message to the pages that answer.</summary>
    static List<string> Links(SampleHome home, ContactId contact)
    {
        var message = Directory
            .GetFiles(Path.Combine(home.Path, "outbox"), "*.eml")
            .Select(file => MimeMessage.Load(file))
            .Single(mail => mail.To.ToString().StartsWith($"{contact}@", StringComparison.Ordinal));
        return [.. Link().Matches(message.TextBody!).Select(found => found.Groups["path"].Value).Distinct()];
    }

    static bool IsStop(string path) => path.StartsWith("/stop/", StringComparison.Ordinal);

    [GeneratedRegex(@"http://localhost:8077(?<path>/\w+/[\w-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
