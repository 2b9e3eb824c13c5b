using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests.Mail;

/// <summary>The pages behind the links, used in a browser that runs no scripts.</summary>
public sealed class AnswerPagesTests
{
    static readonly FollowUp Asked = new(
        "c000006/Interest/2026-03-01/Question/2",
        new ContactId("c000006"),
        2510,
        FollowUpKind.Question,
        Stage.Interest,
        new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc),
        "test"
    );

    string _home = null!;
    AnswerDesk _desk = null!;
    WebApplication _web = null!;
    Looks _looks = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _home = Directory.CreateTempSubdirectory("leads-test-").FullName;
        _desk = AnswerDesk.Open(_home, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapAnswers(_desk);
        await _web.StartAsync();
        _looks = await Looks.Open();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _looks.DisposeAsync();
        await _web.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [TestCaseSource(typeof(MailWords), nameof(MailWords.Languages))]
    public async Task An_answer_is_given_changed_and_messages_are_stopped_with_the_keyboard(string language)
    {
        var words = MailWords.Of(language);
        var links = Links(language);
        var page = await _looks.Window(360);
        await page.GotoAsync(links.Answer(Answer.Maybe).AbsoluteUri);
        await LooksRight(page, $"page.ask.{language}", words.AskTitle);
        await Press(page);
        await LooksRight(page, $"page.thanks.{language}", words.ThanksTitle);
        await page.GetByRole(AriaRole.Link, new() { Name = words.NotNow }).ClickAsync();
        await Assertions.Expect(page.Locator("main p").First).ToHaveTextAsync(words.AskNotNow);
        await Press(page);
        await Assertions.Expect(page.Locator("main p").First).ToHaveTextAsync(words.ThanksNotNow);
        await page.GotoAsync(links.Stop.AbsoluteUri);
        await LooksRight(page, $"page.stop.{language}", words.StopTitle);
        await Press(page);
        await LooksRight(page, $"page.stopped.{language}", words.StoppedTitle);
        Assert.That(_desk.Stops.Since(Contact(language)), Is.Not.Null);
        var answers = Directory
            .EnumerateFiles(Path.Combine(_home, "inbox", "relocation_answers"), "*.ndjson")
            .Select(File.ReadAllLines)
            .Single(lines => lines[0].Contains($"\"{Contact(language)}\"", StringComparison.Ordinal));
        Assert.That(answers, Has.Length.EqualTo(2));
        Assert.That(answers[1], Does.Contain("\"answer\":\"not_now\""));
        await page.Context.CloseAsync();
    }

    MailLinks Links(string language) =>
        MailLinks.Of(
            Asked with
            {
                Key = $"{Contact(language)}/1",
                Contact = Contact(language),
            },
            language,
            DateOnly.MaxValue,
            new Uri(_web.Urls.Single()),
            _desk.Links
        );

    static ContactId Contact(string language) => new($"c-{language}");

    static async Task Press(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        await page.RunAndWaitForResponseAsync(
            () => page.Keyboard.PressAsync("Enter"),
            response => response.Request.Method is "POST"
        );
    }

    static async Task LooksRight(IPage page, string name, string title)
    {
        await Assertions.Expect(page).ToHaveTitleAsync(title);
        Assert.That(await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync(), Is.EqualTo(title));
        Assert.That(await Looks.FaultsOf(page), Is.Empty);
        await Looks.Keep(page, name);
    }
}
