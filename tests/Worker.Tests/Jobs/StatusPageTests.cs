using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LeadScoring.Worker.Tests.Jobs;

public sealed class StatusPageTests
{
    static readonly DateTime At = new(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    [Test]
    public async Task An_empty_home_has_nothing_to_look_at()
    {
        using var home = new TemporaryHome();
        var (status, page) = await AskAsync(home, At);
        Assert.That(status, Is.EqualTo(200));
        Assert.That(
            page,
            Does.Contain("Nothing to look at").And.Contain("Nothing has run yet").And.Contain("none yet")
        );
    }

    [Test]
    public async Task A_running_night_shows_its_progress_and_a_dead_one_its_error_as_text()
    {
        using var home = new TemporaryHome();
        using (var store = LeadStore.Open(home.Path))
        {
            var queue = new JobUnits(store);
            queue.Put(new("train", new(2026, 3, 1)), At, "schedule", 1, At);
            queue.Failed(queue.Claim("train", "a", At, TimeSpan.FromHours(1))!, "<b>thin & poor</b>", At, At);
            queue.Put(new("night", new(2026, 3, 2)), At, "command line", 5, At);
            var night = queue.Claim("night", "a", At, TimeSpan.FromHours(1))!;
            queue.Step(night, "ingest");
            queue.Progress(night, "ingest", 0.42, "3 of 7 files");
            for (var bucket = 0; bucket < 4; bucket++)
                queue.Put(new("score", new(2026, 3, 2), $"{bucket:00}"), At, "night", 5, At);
            queue.Done(queue.Claim("score", "a", At, TimeSpan.FromHours(1))!, RunState.Done, """{"scored":7}""", At);
        }
        var (_, page) = await AskAsync(home, At);
        Assert.That(page, Does.Contain("ingest: 3 of 7 files").And.Contain("value=\"0.42\"").And.Contain(" 42 %"));
        Assert.That(
            page,
            Does.Contain("1 of 4 parts").And.Contain("value=\"0.25\""),
            "a line for all buckets of a day"
        );
        Assert.That(page, Does.Contain("&lt;b&gt;thin &amp; poor&lt;/b&gt;").And.Not.Contain("<b>"));
        Assert.That(page, Does.Contain("2026-03-02 02:30"), "in local time");
        Assert.That(page, Does.Contain("leads jobs restart 1"));
    }

    [Test]
    public async Task A_store_that_cannot_be_used_is_what_the_page_says()
    {
        using var home = new TemporaryHome();
        await File.WriteAllTextAsync(home.File("leads.db"), "this is no database, and long enough to be seen as none");
        var (status, page) = await AskAsync(home, At);
        Assert.That(status, Is.EqualTo(503));
        Assert.That(page, Does.Contain("leads.db").And.Contain("damaged"));
    }

    static async Task<(int Status, string Page)> AskAsync(TemporaryHome home, DateTime now)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await StatusPage.Answer(new Home(home.Path), new JobSettings(), Stockholm, now).ExecuteAsync(http);
        return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
