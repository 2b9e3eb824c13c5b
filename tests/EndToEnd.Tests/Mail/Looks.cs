using System.Text.Json;
using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>A page in Debian's Chromium, measured as a reader would see it.</summary>
sealed class Looks : IAsyncDisposable
{
    /// <summary>
    /// What is wrong with the text of a page as it is laid out: beyond the window, cut off by its box, or against its
    /// ground less than 4.5 to 1 (WCAG 2.2, relative luminance).
    /// </summary>
    const string Faults = """
        () => {
          const faults = [];
          const root = document.documentElement;
          if (root.scrollWidth > root.clientWidth) faults.push(`page ${root.scrollWidth} px wide in ${root.clientWidth}`);
          const rgb = text => text.match(/[\d.]+/g).map(Number);
          const light = c => {
            const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = node => {
            for (let e = node; e; e = e.parentElement) {
              const c = rgb(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
            }
            return [255, 255, 255];
          };
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let seen = 0;
          while (walk.nextNode()) {
            const text = walk.currentNode, box = text.parentElement;
            const words = text.data.trim();
            if (!words || !box.checkVisibility()) continue;
            seen++;
            if (/[{}\uFFFD]/.test(words)) faults.push(`unfilled or broken: ${words}`);
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const r of range.getClientRects())
              if (r.left < 0 || r.right > innerWidth + 0.5) faults.push(`beyond the window: ${words}`);
            for (let e = box; e; e = e.parentElement)
              if (getComputedStyle(e).overflow !== 'visible' && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e !== document.body)
                faults.push(`cut off: ${words}`);
            const style = getComputedStyle(box);
            if (parseFloat(style.fontSize) < 14) faults.push(`${style.fontSize}: ${words}`);
            const [a, b] = [light(rgb(style.color)), light(ground(box))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${words}`);
          }
          if (seen < 2) faults.push(`${seen} pieces of text`);
          for (const b of document.querySelectorAll('.button'))
            if (b.getBoundingClientRect().height < 44) faults.push(`low button: ${b.textContent}`);
          for (const i of document.querySelectorAll('img')) if (!i.alt) faults.push('a picture without words');
          return faults;
        }
        """;

    readonly IBrowser _browser;
    readonly IPlaywright _playwright;

    Looks(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Looks> Open()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        return new Looks(playwright, browser);
    }

    /// <summary>A window of this width, without scripts of the page's own unless they are asked for.</summary>
    public async Task<IPage> Window(int width, ColorScheme colors = ColorScheme.Light, bool scripts = false)
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
                ColorScheme = colors,
                JavaScriptEnabled = scripts,
            }
        );
        return await context.NewPageAsync();
    }

    public static async Task<string[]> FaultsOf(IPage page) =>
        (await page.EvaluateAsync<JsonElement>(Faults)).EnumerateArray().Select(fault => fault.GetString()!).ToArray();

    /// <summary>Keeps the whole page as a picture below <c>artifacts</c>, for people to look at.</summary>
    public static Task Keep(IPage page, string name) =>
        page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Path = Path.Combine(SampleHome.Repository, "artifacts", "screenshots", "mail", $"{name}.png"),
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
