using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A page from disk in Debian's Chromium, with all that it asked for and complained of.</summary>
sealed class ReportInBrowser : IAsyncDisposable
{
    readonly IPlaywright _playwright;
    readonly IBrowser _browser;

    ReportInBrowser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, problem) => Complaints.Add(problem);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }
    public ConcurrentBag<string> Complaints { get; } = [];
    public ConcurrentBag<string> Requests { get; } = [];

    public static async Task<ReportInBrowser> Open(string file)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = 1280, Height = 900 },
            }
        );
        var opened = new ReportInBrowser(playwright, browser, page);
        await page.GotoAsync(new Uri(file).AbsoluteUri, new() { WaitUntil = WaitUntilState.Load });
        return opened;
    }

    /// <summary>Pixels by which the page is wider than the window.</summary>
    public Task<int> Overflow() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Keeps the whole page as a picture below <c>artifacts</c>, for people to look at.</summary>
    public Task Screenshot(string name) =>
        Page.ScreenshotAsync(
            new() { FullPage = true, Path = Path.Combine(SampleHome.Repository, "artifacts", "screenshots", name) }
        );

    /// <summary>Keeps it as a picture at 1280 and at 390 pixels; by how much it is wider than the window each time.</summary>
    public async Task<(int Wide, int Narrow)> LookAt(string name)
    {
        await Screenshot($"{name}-wide.png");
        var wide = await Overflow();
        await Page.SetViewportSizeAsync(390, 844);
        await Screenshot($"{name}-narrow.png");
        return (wide, await Overflow());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
