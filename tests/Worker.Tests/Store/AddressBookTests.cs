using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class AddressBookTests(StoreKind kind)
{
    static readonly DateTime At = new(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);

    [Test]
    public void Mail_goes_to_the_address_seen_last_in_whatever_order_they_come()
    {
        SeenAddress[] seen =
        [
            new("h1", "old@example.org", "sv", At, new("k1")),
            new("h2", "new@example.org", "de", At.AddDays(1), new("k1")),
            new("h3", "other@example.org", null, At, new("k2")),
        ];
        foreach (var order in new[] { seen, [.. seen.Reverse()] })
        {
            using var home = new StoreHome(kind);
            using var store = LeadStore.Open(home.Path);
            var book = new AddressBook(store);
            book.Put(order, Commits.Day);
            book.Put(order, Commits.Day);
            Assert.That(book.Of(new("k1")), Is.EqualTo(new ContactAddress(new("k1"), "new@example.org", "de")));
            Assert.That(book.Of(new("k2")), Is.EqualTo(new ContactAddress(new("k2"), "other@example.org", null)));
            Assert.That(book.Of(new("k3")), Is.Null);
            Assert.That(home.Ask("select count(*) from contact_addresses"), Is.EqualTo(3));
        }
    }

    [Test]
    public void A_language_and_a_contact_once_known_stay_when_a_row_tells_none()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AddressBook(store);
        book.Put([new("h1", "a@example.org", "fi", At, new("k1"))], Commits.Day);
        book.Put([new("h1", "a@example.org", null, At.AddDays(1))], Commits.Day);
        Assert.That(book.Of(new("k1"))?.Language, Is.EqualTo("fi"));
        book.Put([new("h1", "a@example.org", "en", At.AddDays(-1))], Commits.Day);
        Assert.That(book.Of(new("k1"))?.Language, Is.EqualTo("fi"), "an earlier row does not overrule");
        book.Put([new("h1", "a@example.org", "sv", At.AddDays(2))], Commits.Day);
        Assert.That(book.Of(new("k1"))?.Language, Is.EqualTo("sv"));
    }

    [Test]
    public void A_forgotten_address_is_in_no_file_of_the_store()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AddressBook(store);
        book.Put(
            [
                new("h1", "gone-for-good@example.org", "sv", At, new("k1")),
                new("h2", "stays@example.org", "sv", At, new("k2")),
            ],
            Commits.Day
        );
        Assert.That(book.Forget([new("k1"), new("k9")]), Is.EqualTo(1));
        Assert.That((book.Of(new("k1")), book.Of(new("k2"))?.Address), Is.EqualTo((null as ContactAddress, "stays@example.org")));
        foreach (var file in Directory.GetFiles(home.Path))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.That(reader.ReadToEnd(), Does.Not.Contain("gone-for-good"), file);
        }
    }

    [Test]
    public void Erasing_a_contact_takes_its_addresses_even_when_the_funnel_never_met_it()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AddressBook(store);
        book.Put([new("h1", "a@example.org", "sv", At, new("k1"))], Commits.Day);
        store.Erase(new("k1"), "5a17ed", Commits.Day);
        Assert.That(book.Of(new("k1")), Is.Null);
    }

    [Test]
    public void Its_text_tells_neither_address_nor_contact()
    {
        var seen = new SeenAddress("h1", "a@example.org", "sv", At, new("k1"));
        Assert.That(
            $"{new ContactAddress(new("k1"), "a@example.org", "sv")} {seen}",
            Is.EqualTo("an address in language sv an address seen 2026-03-02T01:30:00.000000Z")
        );
    }
}
