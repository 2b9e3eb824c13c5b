using LeadScoring.Worker.Access;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Access;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class CredentialsTests(StoreKind kind)
{
    const string Password = "four words in a row";

    static readonly DateTime At = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    [Test]
    public void A_user_is_known_by_name_and_password_and_nobody_else()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var users = new UserBook(store);
        Assert.That(users.Add(Credentials.NewUser("kim.b", UserRole.Analyst, Password)), Is.True);
        Assert.That(users.Add(Credentials.NewUser("kim.b", UserRole.Admin, Password)), Is.False, "the name is taken");
        var user = Credentials.Check(store, "kim.b", Password, At);
        Assert.That((user?.Name, user?.Role), Is.EqualTo(("kim.b", (UserRole?)UserRole.Analyst)));
        Assert.That(user!.PasswordHash, Does.Not.Contain("words"));
        Assert.That(Credentials.Check(store, "kim.b", "four words in a raw", At), Is.Null);
        Assert.That(Credentials.Check(store, "kim", Password, At), Is.Null);
        Assert.That(Credentials.Check(store, "", "", At), Is.Null);

        Assert.That(users.Remove("kim.b"), Is.True);
        Assert.That(users.Remove("kim.b"), Is.False);
        Assert.That(Credentials.Check(store, "kim.b", Password, At), Is.Null);
    }

    [Test]
    public void After_five_wrong_passwords_the_right_one_is_not_taken_either_for_a_quarter_of_an_hour()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var users = new UserBook(store);
        users.Add(Credentials.NewUser("kim", UserRole.Admin, Password));
        users.Add(Credentials.NewUser("lo", UserRole.Admin, Password));
        for (var time = 0; time < 4; time++)
            Assert.That(Credentials.Check(store, "kim", "wrong", At), Is.Null);
        Assert.That(Credentials.Check(store, "kim", Password, At), Is.Not.Null, "four are not too many");
        for (var time = 0; time < 5; time++)
            Assert.That(Credentials.Check(store, "kim", "wrong", At), Is.Null);
        Assert.That(users.Find("kim")!.LockedUntil, Is.EqualTo(At.AddMinutes(15)));
        Assert.That(Credentials.Check(store, "kim", Password, At.AddMinutes(15).AddTicks(-10)), Is.Null);
        Assert.That(Credentials.Check(store, "lo", Password, At), Is.Not.Null, "others are not locked");

        Assert.That(Credentials.Check(store, "kim", "wrong", At.AddMinutes(15)), Is.Null);
        Assert.That(Credentials.Check(store, "kim", Password, At.AddMinutes(15)), Is.Not.Null, "counting began anew");
    }

    [Test]
    public void Another_password_ends_a_lock_and_has_another_stamp()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var users = new UserBook(store);
        users.Add(Credentials.NewUser("kim", UserRole.Officer, Password));
        var before = users.Find("kim")!;
        for (var time = 0; time < 5; time++)
            Credentials.Check(store, "kim", "wrong", At);
        Assert.That(users.SetPassword("kim", Credentials.Hash("another long one"), Credentials.NewStamp()), Is.True);
        Assert.That(users.SetPassword("lo", Credentials.Hash(Password), Credentials.NewStamp()), Is.False);
        Assert.That(Credentials.Check(store, "kim", Password, At), Is.Null);
        var after = Credentials.Check(store, "kim", "another long one", At);
        Assert.That(after?.Stamp, Is.Not.Null.And.Not.EqualTo(before.Stamp));
    }

    [TestCase("Kim")]
    [TestCase("kim@example.org")]
    [TestCase("kim b")]
    [TestCase("-kim")]
    [TestCase("")]
    public void What_is_no_name_is_told_without_being_repeated(string name) =>
        Assert.That(
            () => Credentials.NewUser(name, UserRole.Admin, Password),
            Throws
                .InstanceOf<WorkerException>()
                .With.Message.StartsWith($"NAME: {name.Length} characters that are no user's name, expected 1 to 64")
        );

    [Test]
    public void Eleven_characters_are_too_short_for_a_password() =>
        Assert.That(
            () => Credentials.Hash("eleven char"),
            Throws.InstanceOf<WorkerException>().With.Message.Contains("11 characters, expected 12 to 256")
        );
}
