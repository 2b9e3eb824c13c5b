using System.Net;
using LeadScoring.Worker.Access;
using LeadScoring.Worker.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Tests.Access;

/// <summary>Signing in, over HTTP, in front of a page for admins.</summary>
public class SignInTests
{
    const string Password = "four words in a row";

    TemporaryHome _home = null!;
    WebApplication _web = null!;
    Visitor _visitor = null!;

    [SetUp]
    public async Task Open()
    {
        _home = new TemporaryHome();
        using (var store = LeadStore.Open(_home.Path))
            foreach (var role in Enum.GetValues<UserRole>())
                new UserBook(store).Add(Credentials.NewUser(StoreText.Word(role), role, Password));
        _web = await StartAsync();
        _visitor = new Visitor(_web.Urls.Single());
    }

    [TearDown]
    public async Task Close()
    {
        _visitor.Dispose();
        await _web.DisposeAsync();
        _home.Dispose();
    }

    [Test]
    public async Task Anonymous_is_sent_to_sign_in_and_from_there_to_where_it_wanted()
    {
        var sent = await _visitor.GetAsync("/jobs/servers?from=0");
        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(sent.Location, Is.EqualTo("/sign-in?next=%2Fjobs%2Fservers%3Ffrom%3D0"));

        var entered = await _visitor.SignInAsync("admin", Password, sent.Location!);
        Assert.That((entered.Status, entered.Location), Is.EqualTo((HttpStatusCode.Redirect, "/jobs/servers?from=0")));
        Assert.That((await _visitor.GetAsync("/jobs/servers")).Page, Is.EqualTo("for admins"));
    }

    [TestCase("officer")]
    [TestCase("analyst")]
    public async Task Who_is_no_admin_gets_403(string name)
    {
        Assert.That((await _visitor.SignInAsync(name, Password)).Status, Is.EqualTo(HttpStatusCode.Redirect));
        var (status, _, page) = await _visitor.GetAsync("/jobs");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(page, Does.Contain("for admins").And.Contain("<h1"));
    }

    [TestCase("admin", "wrong")]
    [TestCase("nobody", Password)]
    [TestCase("", "")]
    public async Task Wrong_name_and_wrong_password_are_told_alike(string name, string password)
    {
        var (status, _, page) = await _visitor.SignInAsync(name, password);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(page, Does.Contain("do not belong together"));
        Assert.That((await _visitor.GetAsync("/jobs")).Status, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task A_form_that_another_page_made_signs_nobody_in()
    {
        using var http = new HttpClient { BaseAddress = new(_web.Urls.Single()) };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["name"] = "admin", ["password"] = Password }
        );
        using var answer = await http.PostAsync("/sign-in", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Headers.GetValues("Set-Cookie"), Has.None.StartsWith("leads-session"));
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example/")]
    [TestCase("/\\elsewhere.example/")]
    [TestCase("jobs")]
    [TestCase("")]
    public async Task Signing_in_leads_nowhere_else(string next)
    {
        var (status, location, _) = await _visitor.SendAsync(
            "/sign-in",
            ("name", "admin"),
            ("password", Password),
            ("next", next)
        );
        Assert.That((status, location), Is.EqualTo((HttpStatusCode.Redirect, "/")));
    }

    [Test]
    public async Task Who_signs_out_is_out()
    {
        await _visitor.SignInAsync("admin", Password);
        Assert.That((await _visitor.GetAsync("/sign-in")).Page, Does.Contain("You are signed in as admin"));
        var (status, location, _) = await _visitor.SendAsync("/sign-in");
        Assert.That((status, location), Is.EqualTo((HttpStatusCode.Redirect, "/sign-in")));
        Assert.That((await _visitor.GetAsync("/jobs")).Status, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task Another_password_or_a_removal_ends_what_is_signed_in()
    {
        await _visitor.SignInAsync("admin", Password);
        Assert.That((await _visitor.GetAsync("/jobs")).Status, Is.EqualTo(HttpStatusCode.OK));
        using (var store = LeadStore.Open(_home.Path))
            new UserBook(store).SetPassword("admin", Credentials.Hash("another long one"), Credentials.NewStamp());
        Assert.That((await _visitor.GetAsync("/jobs")).Status, Is.EqualTo(HttpStatusCode.Redirect));

        await _visitor.SignInAsync("admin", "another long one");
        Assert.That((await _visitor.GetAsync("/jobs")).Status, Is.EqualTo(HttpStatusCode.OK));
        using (var store = LeadStore.Open(_home.Path))
            new UserBook(store).Remove("admin");
        Assert.That((await _visitor.GetAsync("/jobs")).Status, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task What_one_worker_signed_in_holds_at_another_of_the_same_home()
    {
        await _visitor.SignInAsync("admin", Password);
        await using var second = await StartAsync();
        // Cookies belong to a host, whatever its port is.
        var (status, _, _) = await _visitor.GetAsync($"{second.Urls.Single()}/jobs");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        if (!OperatingSystem.IsWindows())
            Assert.That(
                File.GetUnixFileMode(_home.File("keys")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
            );
    }

    [TestCase("/sign-in")]
    [TestCase("/jobs")]
    public async Task By_another_name_of_the_host_it_is_not_there(string path) =>
        Assert.That((await _visitor.GetAsync(path, "moving.example.org")).Status, Is.EqualTo(HttpStatusCode.NotFound));

    async Task<WebApplication> StartAsync()
    {
        var home = new Home(_home.Path);
        var builder = WebApplication.CreateSlimBuilder();
        SignIn.AddTo(builder, home);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        SignIn.Map(web, home, host => host is "127.0.0.1", TimeProvider.System, "/jobs");
        web.MapGet("/jobs/{**path}", () => "for admins").RequireAuthorization(SignIn.Admins);
        await web.StartAsync();
        return web;
    }
}
