using System.Globalization;
using System.Text.Json;
using LeadScoring.Worker.Access;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Cli;

public class UserCommandsTests
{
    TemporaryHome _home = null!;

    [SetUp]
    public void Make()
    {
        _home = new TemporaryHome();
        File.WriteAllText(_home.File("password"), "four words in a row\n");
        File.WriteAllText(_home.File("short"), "short\n");
    }

    [TearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Users_come_get_another_password_and_go()
    {
        Assert.That(Add("kim", "admin").Code, Is.Zero);
        Assert.That(Add("lo", "officer").Code, Is.Zero);
        using var listed = JsonDocument.Parse(Leads("users", "--json").Output);
        Assert.That(
            listed.RootElement.GetProperty("users").EnumerateArray().Select(user => $"{user}"),
            Is.EqualTo(new[] { """{"name":"kim","role":"admin"}""", """{"name":"lo","role":"officer"}""" })
                .Using<string>((a, b) => string.Equals(Bare(a), Bare(b), StringComparison.Ordinal))
        );
        Assert.That(Leads("users").Output, Does.Match(@"kim +admin\s+lo +officer"));

        File.WriteAllText(_home.File("password"), "another long one\n");
        Assert.That(Leads("users", "password", "kim", "--password-file", _home.File("password")).Code, Is.Zero);
        using (var store = LeadStore.Open(_home.Path))
            Assert.That(
                Credentials.Check(store, "kim", "another long one", new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc))?.Role,
                Is.EqualTo(UserRole.Admin)
            );
        Assert.That(Leads("users", "remove", "kim").Code, Is.Zero);
        Assert.That(Leads("users").Output, Does.Not.Contain("kim"));
    }

    [Test]
    public void What_cannot_be_is_told_and_changes_nothing()
    {
        Add("kim", "admin");
        var before = Leads("users", "--json").Output;
        AssertTold(Add("kim", "officer"), "NAME: there is a user of that name");
        AssertTold(Add("kim@example.org", "officer"), "NAME: 15 characters that are no user's name");
        AssertTold(
            Leads("users", "add", "lo", "--role", "admin", "--password-file", _home.File("short")),
            "the password: 5 characters, expected 12 to 256"
        );
        AssertTold(Leads("users", "remove", "lo"), "NAME: there is no user of that name");
        AssertTold(
            Leads("users", "password", "lo", "--password-file", _home.File("password")),
            "NAME: there is no user of that name"
        );
        Assert.That(Add("lo", "king").Code, Is.EqualTo(2));
        Assert.That(Leads("users", "--json").Output, Is.EqualTo(before));
    }

    static void AssertTold((int Code, string Output, string Error) said, string words)
    {
        Assert.That(said.Code, Is.EqualTo(2));
        Assert.That(said.Error, Does.StartWith(words));
    }

    static string Bare(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));

    (int Code, string Output, string Error) Add(string name, string role) =>
        Leads("users", "add", name, "--role", role, "--password-file", _home.File("password"));

    (int Code, string Output, string Error) Leads(params string[] arguments)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture),
            error = new(CultureInfo.InvariantCulture);
        var code = LeadsCommand.RunAsync([.. arguments, "--home", _home.Path], output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }
}
