using System.Net;
using LeadScoring.Worker.Access;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Access;
using LeadScoring.Worker.Tests.Store;
using Microsoft.AspNetCore.Builder;

namespace LeadScoring.Worker.Tests.Jobs;

/// <summary>The dashboard of a whole worker, over HTTP: for admins, and for nobody else.</summary>
[Category("Hangfire")]
public sealed class HangfireDashboardTests
{
    const string Password = "four words in a row";

    readonly StoreHome _home = new(StoreKind.Postgres);
    readonly StringWriter _output = new();
    WebApplication _worker = null!;
    Visitor _visitor = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        using (var store = LeadStore.Open(_home.Path))
            foreach (var role in Enum.GetValues<UserRole>())
                new UserBook(store).Add(Credentials.NewUser(StoreText.Word(role), role, Password));
        var settings = new JobSettings { Engine = "hangfire", Urls = "http://127.0.0.1:0" };
        _worker = ServeHost.Build(new Home(_home.Path), settings, _output, TimeProvider.System);
        await _worker.StartAsync();
    }

    [SetUp]
    public void Come() => _visitor = new(_worker.Urls.Single());

    [TearDown]
    public void Go() => _visitor.Dispose();

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _worker.StopAsync();
        await _worker.DisposeAsync();
        await _output.DisposeAsync();
        _home.Dispose();
    }

    [TestCase("/jobs")]
    [TestCase("/jobs/recurring")]
    [TestCase("/jobs/stats")]
    [TestCase("/jobs/css18240")]
    public async Task Anonymous_is_sent_to_sign_in(string path)
    {
        var (status, location, page) = await _visitor.GetAsync(path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(location, Is.EqualTo($"/sign-in?next={Uri.EscapeDataString(path)}"));
        Assert.That(page, Is.Empty);
    }

    [TestCase("officer")]
    [TestCase("analyst")]
    public async Task An_officer_and_an_analyst_get_403(string name)
    {
        await _visitor.SignInAsync(name, Password);
        foreach (var path in (string[])["/jobs", "/jobs/recurring", "/jobs/servers"])
        {
            var (status, _, page) = await _visitor.GetAsync(path);
            Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden), path);
            Assert.That(page, Does.Not.Contain("night"));
        }
    }

    [Test]
    public async Task An_admin_sees_what_comes_round()
    {
        await _visitor.SignInAsync("admin", Password, "/sign-in?next=%2Fjobs%2Frecurring");
        var (status, _, page) = await _visitor.GetAsync("/jobs/recurring");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain("30 2 * * *").And.Contain("Europe/Stockholm").And.Contain("retain"));
        Assert.That((await _visitor.GetAsync("/jobs/servers")).Page, Does.Contain("default"));
    }

    [Test]
    public async Task What_changes_something_needs_the_pages_own_token()
    {
        await _visitor.SignInAsync("admin", Password);
        var (status, _, _) = await _visitor.PostAsync("/jobs/recurring/trigger", ("jobs[]", "night"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task By_the_name_that_answers_are_given_at_it_is_not_there()
    {
        await _visitor.SignInAsync("admin", Password);
        Assert.That(
            (await _visitor.GetAsync("/jobs", "moving.example.org")).Status,
            Is.EqualTo(HttpStatusCode.NotFound)
        );
    }
}
