using System.Collections.Concurrent;
using System.Net;
using LeadScoring.EndToEnd.Tests.Mail;
using LeadScoring.Worker.Store;
using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>The page that a real worker shows, in a real browser.</summary>
public sealed class StatusPageTests
{
    [Test, CancelAfter(300_000)]
    public async Task It_shows_what_runs_ran_and_failed_and_can_be_read_everywhere(CancellationToken cancellation)
    {
        using var home = FinishedRun.Home.Twin();
        await File.WriteAllTextAsync(Path.Combine(home.Path, "policies", "2582-boden.json"), "{", cancellation);
        ServeHome.Configure(home, postgres: null, attempts: 1);
        Prepare(home);
        using var worker = new Worker(home.Path);
        await ServeHome.UntilAsync(
            () =>
                worker.Address is not null && ServeHome.Unit(home, "retain") is { State: RunState.Done } unit
                    ? unit
                    : null,
            () => worker.Said,
            cancellation
        );
        await ServeHome.UntilAsync(
            () => ServeHome.Unit(home, "night") is { State: RunState.Dead } unit ? unit : null,
            () => worker.Said,
            cancellation
        );

        await using var looks = await Looks.Open();
        var (faults, asked) = (new List<string>(), new ConcurrentBag<string>());
        foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
        foreach (var width in new[] { 360, 1100 })
        {
            var page = await looks.Window(width, colors);
            page.Request += (_, request) => asked.Add(request.Url);
            await page.GotoAsync(worker.Address!.AbsoluteUri);
            faults.AddRange((await Looks.FaultsOf(page)).Select(fault => $"{width} {colors}: {fault}"));
            await page.ScreenshotAsync(
                new()
                {
                    FullPage = true,
                    Path = Path.Combine(
                        SampleHome.Repository,
                        "artifacts",
                        "screenshots",
                        $"status.{width}.{colors.ToString().ToLowerInvariant()}.png"
                    ),
                }
            );
            var words = await page.InnerTextAsync("main");
            Assert.That(words, Does.Contain("2582-boden.json"), "the alarm");
            Assert.That(words, Does.Contain("boosting: 84 of 200 trees").And.Contain("42 %"), "what runs");
            Assert.That(words, Does.Contain("overtaken: the contacts stand as of 2026-05-01 already"));
            Assert.That(words, Does.Contain("15 of 16 parts"));
            await page.Context.CloseAsync();
        }
        Assert.That(faults, Is.Empty);
        Assert.That(asked.Distinct(), Is.EqualTo(new[] { worker.Address!.AbsoluteUri }), "it fetches nothing else");

        using var http = new HttpClient { BaseAddress = worker.Address };
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "moving.example.org" } };
        using var refused = await http.SendAsync(elsewhere, cancellation);
        Assert.That(
            refused.StatusCode,
            Is.EqualTo(HttpStatusCode.NotFound),
            "not by the name the answers are given at"
        );
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
    }

    /// <summary>A training in another worker's hands, a night of long ago that was given up, and a night's buckets.</summary>
    static void Prepare(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        queue.Put(new("night", new(2026, 4, 2)), now.AddDays(-30), "schedule", 1, now.AddDays(-30));
        queue.Failed(Claim("night"), "inbox/web_analytics could not be read", now, now.AddDays(-30).AddMinutes(2));
        for (var bucket = 0; bucket < 16; bucket++)
            queue.Put(new("score", new(2026, 5, 1), $"{bucket:00}"), now.AddMinutes(-9), "night", 5, now);
        for (var bucket = 0; bucket < 15; bucket++)
            queue.Done(Claim("score"), RunState.Done, """{"scored":125}""", now.AddMinutes(-8));
        Claim("score");
        queue.Put(new("train", new(2026, 5, 1)), now.AddMinutes(-7), "command line", 5, now);
        var training = Claim("train");
        queue.Step(training, "train");
        queue.Progress(training, "train", 0.42, "boosting: 84 of 200 trees");

        StoreRun Claim(string job) => queue.Claim(job, "another", now.AddMinutes(-6), TimeSpan.FromHours(9))!;
    }
}
