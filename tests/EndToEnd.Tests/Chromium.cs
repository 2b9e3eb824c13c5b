using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Debian's Chromium, asking for nothing by itself.</summary>
static class Chromium
{
    const string Program = "/usr/bin/chromium";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assert.That(File.Exists(Program), $"{Program} is missing: apt-get install chromium");
        return playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Program,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }
}
