using System.Collections.Concurrent;
using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Mail.Templates;
using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>Every template in every language, on a telephone and on a desk, in light and in dark colours.</summary>
public sealed class MailLooksTests
{
    const int Narrow = 360;
    const int Wide = 1000;

    static readonly TemplateSet Templates = TemplateSet.Load(TestContext.CurrentContext.TestDirectory);

    Looks _looks = null!;

    [OneTimeSetUp]
    public async Task Open() => _looks = await Looks.Open();

    [OneTimeTearDown]
    public async Task Close() => await _looks.DisposeAsync();

    [TestCaseSource(typeof(MailWords), nameof(MailWords.Languages))]
    public async Task Nothing_is_cut_off_faint_or_wider_than_the_window(string language)
    {
        var faults = new List<string>();
        var asked = new ConcurrentBag<string>();
        foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
        foreach (var width in new[] { Narrow, Wide })
        {
            var page = await _looks.Window(width, colors);
            page.Request += (_, request) => asked.Add(request.Url);
            foreach (var name in Templates.Names)
            {
                await page.SetContentAsync(MailSample.Rendered(Templates.Find(name, language)!).Html);
                var at = $"{name}.{language}.{width}.{colors.ToString().ToLowerInvariant()}";
                faults.AddRange((await Looks.FaultsOf(page)).Select(fault => $"{at}: {fault}"));
                if (colors == ColorScheme.Light || name is "question")
                    await Looks.Keep(page, at);
            }
            await page.Context.CloseAsync();
        }
        Assert.That(Templates.Names, Has.Count.EqualTo(12));
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.Empty, "a message fetches nothing");
    }

    [TestCase("<p style='width:500px;white-space:nowrap'>a</p><p>b</p>", "page 5")]
    [TestCase("<p>b</p><p style='color:#999;background:#fff'>pale</p>", "contrast 2.85: pale")]
    [TestCase("<p>b</p><p style='height:10px;overflow:hidden'>one two</p>", "cut off: one two")]
    [TestCase("<p>b</p><p>{sender}</p>", "unfilled or broken: {sender}")]
    [TestCase("<p>b</p><p style='font-size:11px'>tiny</p>", "11px: tiny")]
    [TestCase("<p>b</p><p>c</p><a class='button' href='#'>low</a>", "low button: low")]
    public async Task What_looks_bad_is_found(string body, string fault)
    {
        var page = await _looks.Window(Narrow);
        await page.SetContentAsync($"<!DOCTYPE html><html lang='en'><body>{body}</body></html>");
        Assert.That(await Looks.FaultsOf(page), Has.Some.StartsWith(fault));
        await page.Context.CloseAsync();
    }
}
