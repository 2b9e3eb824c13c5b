using System.Collections.Concurrent;
using LeadScoring.EndToEnd.Tests.Mail;
using LeadScoring.Worker.Access;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;
using Microsoft.Playwright;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>An admin signs in to a real worker with a real browser and has a job called.</summary>
[Category("Hangfire")]
public sealed class HangfirePageTests
{
    const string Password = "four words in a row";

    [Test, CancelAfter(180_000)]
    public async Task An_admin_signs_in_and_calls_a_job(CancellationToken cancellation)
    {
        using var home = FinishedRun.Home.Twin();
        ServeHome.Configure(home, PostgresServer.NewSchema(), engine: "hangfire");
        ServeHome.SettleToday(home);
        using (var store = LeadStore.Open(home.Path))
            new UserBook(store).Add(Credentials.NewUser("admin", UserRole.Admin, Password));
        using var worker = new Worker(home.Path);
        await ServeHome.UntilAsync(() => worker.Address, () => worker.Said, cancellation);

        await using var looks = await Looks.Open();
        var faults = new List<string>();
        foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
        foreach (var width in new[] { 360, 1100 })
        {
            var plain = await looks.Window(width, colors);
            await plain.GotoAsync($"{worker.Address}jobs");
            faults.AddRange((await Looks.FaultsOf(plain)).Select(fault => $"{width} {colors}: {fault}"));
            await Keep(plain, $"sign-in.{width}.{colors.ToString().ToLowerInvariant()}");
            await plain.Context.CloseAsync();
        }
        Assert.That(faults, Is.Empty);

        var page = await looks.Window(1280, scripts: true);
        var (asked, broken) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url).Authority);
        page.PageError += (_, error) => broken.Add(error);
        await page.GotoAsync($"{worker.Address}jobs/recurring");
        await page.FillAsync("#name", "admin");
        await page.FillAsync("#password", Password);
        await page.ClickAsync("button");
        await Assertions.Expect(page).ToHaveURLAsync($"{worker.Address}jobs/recurring");
        await Keep(page, "jobs.recurring");
        await page.CheckAsync("tr:has-text('night') input");
        await page.ClickAsync("button:has-text('Trigger now')");

        await ServeHome.UntilAsync(() => Succeeded(home) > 0 ? home : null, () => worker.Said, cancellation);
        await page.GotoAsync($"{worker.Address}jobs/jobs/succeeded");
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("night");
        await Keep(page, "jobs.succeeded");
        await page.GotoAsync($"{worker.Address}jobs");
        await Keep(page, "jobs");
        Assert.That(asked.Distinct(), Is.EqualTo(new[] { worker.Address!.Authority }), "it fetches nothing elsewhere");
        Assert.That(broken, Is.Empty);
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
    }

    static long Succeeded(SampleHome home)
    {
        using var connection = StoreDialect.Of(home.Path, patienceSeconds: 5).Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "select current_schema()";
        var schema = $"{command.ExecuteScalar()}_hangfire";
        return DueHome.Ask(
            home,
            $"select count(*) from {schema}.job where statename = 'Succeeded' and invocationdata::text like '%BeatAsync%'"
        );
    }

    static Task<byte[]> Keep(IPage page, string name) =>
        page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Path = Path.Combine(SampleHome.Repository, "artifacts", "screenshots", "jobs", $"{name}.png"),
            }
        );
}
