using System.Globalization;

namespace LeadScoring.EndToEnd.Tests.Commands;

public sealed class EffectTests
{
    static readonly string[] Stages = ["interest", "desire", "action"];

    /// <summary>1,400 invented contacts in all 14 municipalities, a fifth held out; of the likelier more move when contacted.</summary>
    static string Trial()
    {
        int[] municipalities = [2505, 2506, 2510, 2513, 2514, 2518, 2521, 2523, 2560, 2580, 2581, 2582, 2583, 2584];
        var rows = Enumerable
            .Range(0, 1_400)
            .Select(i =>
            {
                var (isHeldOut, rank) = (i % 5 == 0, i * 7919 % 1_000);
                var moves = rank > (isHeldOut ? 970 : 880);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"t{i:0000};{municipalities[i % 14]};{Stages[i % 3]};{(isHeldOut ? "held_out" : "contacted")};2026-01-01;{(moves ? "2026-04-01" : "")};{rank / 1_000.0:0.000}\n"
                );
            });
        return "contact;municipality;stage;group;entered_on;moved_on;score\n" + string.Concat(rows);
    }

    [Test]
    public async Task The_page_of_an_effect_fits_wide_and_narrow_and_loads_nothing()
    {
        using var home = SampleHome.Bare();
        var (trial, report) = (Path.Combine(home.Path, "trial.csv"), Path.Combine(home.Path, "reports", "effect.html"));
        await File.WriteAllTextAsync(trial, Trial());

        var said = Leads.Done("effect", trial, "--as-of", "2026-12-01", "--out", report, "--home", home.Path);

        Assert.That(said.Output.TrimEnd(), Does.EndWith($"Report: {report}"));
        await using var page = await ReportInBrowser.Open(report);
        var text = await page.Page.InnerTextAsync("body");
        var (wide, narrow) = await page.LookAt("effect");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                text,
                Does.StartWith("Effect of the dialogue, as of 2026-12-01\n\nMore of the contacted moved")
            );
            Assert.That(text, Does.Contain("Övertorneå").And.Contain("Qini"));
            Assert.That(text, Does.Not.Contain("t0001"), "it names no contact");
            Assert.That(await page.Page.Locator("polyline.curve").CountAsync(), Is.EqualTo(1));
            Assert.That(page.Complaints, Is.Empty, "console errors");
            Assert.That(page.Requests, Is.EqualTo([new Uri(report).AbsoluteUri]), "nothing but the file is asked for");
            Assert.That((wide, narrow), Is.EqualTo((0, 0)), "pixels to scroll sideways");
        }
    }
}
