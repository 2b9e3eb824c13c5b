using System.Net;
using System.Text.RegularExpressions;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Tests.Mail.Answers;

public sealed partial class AnswerEndpointsTests
{
    readonly SettableTime _time = new(SampleMail.At);
    readonly HttpClient _http = new();
    TemporaryHome _home = null!;
    AnswerDesk _desk = null!;
    WebApplication _web = null!;

    [SetUp]
    public async Task Open()
    {
        _home = new TemporaryHome();
        _time.Now = SampleMail.At;
        _desk = AnswerDesk.Open(_home.Path, _time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapAnswers(_desk);
        await _web.StartAsync();
    }

    [TearDown]
    public async Task Close()
    {
        await _web.DisposeAsync();
        _home.Dispose();
    }

    [OneTimeTearDown]
    public void CloseClient() => _http.Dispose();

    MailLinks Links => SampleMail.Links(SampleMail.FollowUp(), new Uri(_web.Urls.Single()), _desk.Links);

    string[] Answers =>
        Directory.Exists(_home.File("inbox", "relocation_answers"))
            ?
            [
                .. Directory
                    .GetFiles(_home.File("inbox", "relocation_answers"), "*.ndjson")
                    .SelectMany(File.ReadAllLines),
            ]
            : [];

    [Test]
    public async Task A_scanner_that_fetches_every_link_by_GET_and_HEAD_answers_nothing_and_stops_nothing()
    {
        var mail = SampleMail.Outgoing(SampleMail.FollowUp(), Links);
        var found = Address()
            .Matches(mail.Mail.Html + mail.Mail.Text)
            .Select(match => WebUtility.HtmlDecode(match.Value));
        var addresses = found.Distinct().ToList();
        Assert.That(addresses, Has.Count.EqualTo(5));
        foreach (var address in addresses)
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(method, address);
            using var response = await _http.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), method.Method);
        }
        Assert.That(Answers, Is.Empty);
        Assert.That(Directory.Exists(_home.File("inbox")), Is.False);
        Assert.That(_desk.Stops.Since(SampleMail.FollowUp().Contact), Is.Null);
    }

    [Test]
    public async Task One_POST_without_login_stops_messages_at_once_and_for_every_process()
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var response = await _http.PostAsync(Links.Stop, form);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var elsewhere = new StopList(_home.Path, LinkSecret.Of(_home.Path), _time);
        Assert.That(elsewhere.Since(new ContactId("c000006")), Is.EqualTo(SampleMail.At.UtcDateTime));
        Assert.That(elsewhere.Since(new ContactId("c000007")), Is.Null);
        Assert.That(File.ReadAllText(_home.File("mail", "stops.ndjson")), Does.Not.Contain("c000006"));
        var withdrawal = Directory.GetFiles(_home.File("inbox", "consents")).Single();
        Assert.That(
            File.ReadAllLines(withdrawal)[1],
            Does.EndWith(",c000006,marketing,false,2026-03-02T08:00:00.000Z,one-click unsubscribe")
        );
    }

    [Test]
    public async Task The_last_answer_counts_and_the_same_again_is_no_second_one()
    {
        foreach (var answer in new[] { Answer.Yes, Answer.Yes, Answer.No, Answer.Yes })
        {
            using var response = await _http.PostAsync(Links.Answer(answer), null);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        Assert.That(
            Answers.Select(line => Said().Match(line).Value),
            Is.EqualTo(
                new[]
                {
                    "\"answered_at\":\"2026-03-02T08:00:00.000Z\",\"question\":\"could_you_imagine_moving\",\"answer\":\"yes\"",
                    "\"answered_at\":\"2026-03-02T08:00:00.001Z\",\"question\":\"could_you_imagine_moving\",\"answer\":\"no\"",
                    "\"answered_at\":\"2026-03-02T08:00:00.002Z\",\"question\":\"could_you_imagine_moving\",\"answer\":\"yes\"",
                }
            )
        );
    }

    [Test]
    public async Task Ingest_reads_answers_and_stops_and_after_a_change_of_mind_only_what_is_new()
    {
        await Post(Links.Answer(Answer.Yes));
        await Post(Links.Stop);
        var first = Ingest.Run(_home.Path, new IngestOptions(2));
        await Post(Links.Answer(Answer.No));
        var second = Ingest.Run(_home.Path, new IngestOptions(2));
        Assert.Multiple(() =>
        {
            Assert.That((first.Accepted, first.Rejected), Is.EqualTo((2, 0)));
            Assert.That((second.Accepted, second.Rejected), Is.EqualTo((1, 0)));
            Assert.That(second.Files.Sum(file => file.Duplicate), Is.EqualTo(1));
            Assert.That(first.Warnings.Concat(second.Warnings), Is.Empty);
        });
    }

    [Test]
    public async Task An_answer_is_taken_on_its_last_day_and_not_after_it_while_a_stop_always_is()
    {
        _time.Now = new DateTimeOffset(2026, 5, 31, 23, 59, 0, TimeSpan.FromHours(2));
        Assert.That(await Post(Links.Answer(Answer.Yes)), Is.EqualTo(HttpStatusCode.OK));
        _time.Now = _time.Now.AddMinutes(1);
        Assert.That(await Post(Links.Answer(Answer.No)), Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(Answers, Has.Length.EqualTo(1));
        _time.Now = _time.Now.AddYears(20);
        Assert.That(await Post(Links.Stop), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_token_works_only_where_it_belongs()
    {
        var answer = Links.Answer(Answer.Yes).AbsoluteUri;
        Assert.That(
            await Post(new Uri(answer.Replace("/answer/", "/stop/", StringComparison.Ordinal))),
            Is.EqualTo(HttpStatusCode.NotFound)
        );
        Assert.That(await Post(new Uri(answer + "A")), Is.EqualTo(HttpStatusCode.NotFound));
        var stop = Links.Stop.AbsoluteUri;
        Assert.That(
            await Post(new Uri(stop.Replace("/stop/", "/answer/", StringComparison.Ordinal))),
            Is.EqualTo(HttpStatusCode.NotFound)
        );
        Assert.That(Answers, Is.Empty);
        Assert.That(File.Exists(_home.File("mail", "stops.ndjson")), Is.False);
    }

    [Test]
    public async Task A_link_that_cannot_be_read_is_told_in_the_browsers_language()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_web.Urls.Single()}/stop/x"));
        request.Headers.AcceptLanguage.ParseAdd("is;q=1, fi-FI;q=0.9, en;q=0.1");
        using var response = await _http.SendAsync(request);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Linkkiä ei voi lukea"));
    }

    [Test]
    public async Task Answers_of_many_at_once_are_all_kept()
    {
        var links = Enumerable
            .Range(0, 20)
            .Select(i => SampleMail.Links(SampleMail.FollowUp($"c{i % 5}"), new Uri(_web.Urls.Single()), _desk.Links))
            .ToList();
        await Task.WhenAll(links.Select((link, i) => Post(i < 10 ? link.Answer(Answer.Yes) : link.Stop)));
        Assert.That(Answers, Has.Length.EqualTo(5));
        Assert.That(File.ReadAllLines(_home.File("mail", "stops.ndjson")), Has.Length.EqualTo(10));
    }

    [Test]
    public void A_line_that_a_dying_process_left_unfinished_costs_no_other_stop()
    {
        Directory.CreateDirectory(_home.File("mail"));
        File.WriteAllText(_home.File("mail", "stops.ndjson"), "{\"contact\":\"ab");
        _desk.Stops.Stop(new ContactId("c1"), StopWay.Page);
        Assert.That(_desk.Stops.Since(new ContactId("c1")), Is.Not.Null);
    }

    async Task<HttpStatusCode> Post(Uri link)
    {
        using var response = await _http.PostAsync(link, null);
        return response.StatusCode;
    }

    [GeneratedRegex("http://127[^\"\\s<]+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("\"answered_at.*\"answer\":\"[a-z]+\"", RegexOptions.None, 1000)]
    private static partial Regex Said();
}
