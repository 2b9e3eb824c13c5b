using System.Text;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>E-mail addresses of the sample after a night: in the store for whoever sends, and nowhere else.</summary>
public sealed class AddressTests
{
    const string Domain = "@example.org";

    [Test, CancelAfter(300_000)]
    public void No_command_prints_an_address_but_the_one_that_tells_a_contact_what_is_held()
    {
        using var home = FinishedRun.Home.Twin();
        var contact = OneWithAddress(home).Value;
        File.WriteAllText(
            Path.Combine(home.Path, "inbox", "crm_contacts", "odd.csv"),
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n"
                + "z1,2024-03-01 12:00,2024-03-02 12:00,z1@example.org,SE,sv,,,1990\n"
                + "z2,yesterday,2024-03-02 12:00,z2@example.org,SE,sv,,,1990\n"
        );
        File.WriteAllText(Path.Combine(home.Path, "inbox", "crm_contacts", "worse.csv"), "Email\nz3@example.org\n");
        string[][] all =
        [
            ["ingest"],
            ["ingest", "--json"],
            ["sources"],
            ["rejects"],
            ["run", "--as-of", SampleHome.AsOf, "--json"],
            ["status", "--json"],
            ["doctor", "--json"],
            ["jobs", "--json"],
            ["explain", contact],
            ["explain", contact, "--json"],
            ["explain", $"nobody{contact}"],
            ["allocation", "--why", contact],
            ["export"],
            ["erase", contact, "--json"],
        ];

        Assert.That(Leads.Here("access", contact, "--home", home.Path).Output, Does.Contain(Domain));
        foreach (var arguments in all)
        {
            var said = Leads.Here([.. arguments, "--home", home.Path]);
            Assert.That(said.Output + said.Error, Is.Not.Empty.And.Not.Contains(Domain), string.Join(' ', arguments));
        }
    }

    [Test, CancelAfter(300_000)]
    public void After_an_erasure_no_byte_of_the_home_but_the_user_s_own_exports_has_the_address()
    {
        using var home = FinishedRun.Home.Twin();
        // As long as another reads the store its write-ahead log is not folded away by closing.
        using var reading = LeadStore.Open(home.Path);
        var contact = OneWithAddress(home);
        var address = new AddressBook(reading).Of(contact)!.Address;
        Assert.That(Naming(home, address), Is.Not.Empty);

        var said = Leads.Here("erase", contact.Value, "--home", home.Path);

        Assert.That(said.ExitCode, Is.Zero, said.Error);
        Assert.That(Naming(home, address), Is.Empty);
        Assert.That(new AddressBook(reading).Of(contact), Is.Null);
        Leads.Here("ingest", "--home", home.Path);
        Assert.That(Naming(home, address), Is.Empty);
    }

    static ContactId OneWithAddress(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        var book = new AddressBook(store);
        return store
            .Positions()
            .Keys.OrderBy(id => id.Value, StringComparer.Ordinal)
            .First(id => book.Of(id) is not null);
    }

    static List<string> Naming(SampleHome home, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var own = Path.Combine(home.Path, "inbox");
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(home.Path, "*", SearchOption.AllDirectories))
        {
            if (file.StartsWith(own, StringComparison.Ordinal))
                continue;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            if (memory.ToArray().AsSpan().IndexOf(bytes) >= 0)
                found.Add(Path.GetRelativePath(home.Path, file));
        }
        return found;
    }
}
