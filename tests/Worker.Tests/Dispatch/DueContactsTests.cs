using System.Globalization;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

public sealed class DueContactsTests
{
    /// <summary>Statements of few contacts at few instants, so that many fall together or after now.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Some_contacts_looked_up_have_the_rights_that_reading_all_gives_them(int seed)
    {
        var chance = new Random(seed);
        string[] contacts = [.. Enumerable.Range(0, 60).Select(i => $"k{i:00}"), "it's \"odd\""];
        string[] purposes = ["profiling", "marketing", "sharing", "objection"];
        using var home = new DispatchHome(StoreKind.Sqlite, "anna");
        home.Say([
            .. Enumerable
                .Range(0, 600)
                .Select(_ =>
                {
                    var purpose = purposes[chance.Next(purposes.Length + 2) % purposes.Length];
                    var granted = purpose is "objection" ? chance.Next(5) == 0 : chance.Next(5) > 0;
                    var day = chance.Next(1, 8);
                    var contact = contacts[chance.Next(60)];
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{contact},{purpose},{(granted ? "true" : "false")},2026-03-0{day}T08:00:00Z"
                    );
                }),
        ]);
        var lake = Lake.Open(home.Path);
        // Of that very instant nothing counts but what restricts.
        var now = DispatchHome.Morning;
        var asked = contacts.Where((_, i) => i % 2 == 0).Append("it's \"odd\"").ToList();
        var found = DueContacts.Read(lake, [.. asked.Select(Due)], 2582, now, CancellationToken.None);

        Assert.That(found.Keys.Select(c => c.Value), Is.EquivalentTo(asked.Distinct()));
        var granted = Enum.GetValues<Purpose>().ToDictionary(p => p, p => Consents.Granted(lake, p, now));
        foreach (var (contact, rights) in found)
        {
            bool Expected(Purpose purpose) => granted[purpose].Contains(contact.Value);
            bool May(bool right) => right && !rights.Objected;
            Assert.That(
                (May(rights.MayProfile), May(rights.MayMarket), May(rights.MayShare)),
                Is.EqualTo((Expected(Purpose.Profiling), Expected(Purpose.Marketing), Expected(Purpose.Sharing))),
                contact.Value
            );
        }
        Assert.That(granted[Purpose.Marketing], Has.Count.InRange(5, 55), "there is something to tell apart");
    }

    [Test]
    public void The_register_gives_household_and_language_as_they_are_now()
    {
        using var home = new DispatchHome(StoreKind.Sqlite, "anna", "bo");
        home.Put(
            "crm_contacts",
            "later.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year,Lead source\n"
                + "anna,2026-01-01 08:00,2026-02-01 08:00,,SE,sv,,2,1980,Fair\n"
                + "bo,2026-01-01 08:00,2026-04-01 08:00,,SE,fi,h9,2,1980,Fair\n"
        );
        home.Ingest();
        var found = DueContacts.Read(
            Lake.Open(home.Path),
            [Due("anna"), Due("bo"), Due("nobody")],
            2582,
            DispatchHome.Morning,
            CancellationToken.None
        );
        Assert.That((found[new("anna")].Language, found[new("anna")].Household), Is.EqualTo(("sv", "h-anna")));
        Assert.That((found[new("bo")].Language, found[new("bo")].Household), Is.EqualTo(("de", "h-bo")));
        Assert.That(found[new("nobody")], Is.EqualTo(DueContact.Unknown));
        Assert.That(found[new("anna")].MarketingAt, Is.EqualTo(new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc)));
    }

    static FollowUp Due(string contact) =>
        new($"{contact}/1", new(contact), 2582, FollowUpKind.Email, Stage.Interest, DispatchHome.Morning, "test");
}
