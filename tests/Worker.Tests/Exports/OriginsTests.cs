using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Tests.Dispatch;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Exports;

/// <summary>Contacts of a lake who asked, answered and read; one a way in which an origin comes about.</summary>
public sealed class OriginsTests
{
    static readonly DateTime Until = new(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc);

    readonly DispatchHome _home = new(StoreKind.Sqlite, "asked", "said-yes", "said-no", "reads", "later", "unknown");

    [OneTimeSetUp]
    public void IngestAFewRows()
    {
        _home.Put(
            "eures_inquiries",
            "e.csv",
            """
            inquiry_id,received_at,contact_id,country,language,municipality_code,household_size
            1,2026-02-10T10:00:00Z,asked,DE,de,2582,2
            2,2026-02-11T10:00:00Z,said-yes,DE,de,2582,2
            3,2026-02-12T10:00:00Z,said-no,DE,de,2582,2
            4,2026-04-01T00:00:00Z,later,DE,de,2582,2

            """
        );
        _home.Put(
            "relocation_answers",
            "a.ndjson",
            """
            {"answer_id":"1","contact_id":"said-yes","answered_at":"2026-03-01T23:30:00Z","question":"q","answer":"yes","channel":"email"}
            {"answer_id":"2","contact_id":"said-no","answered_at":"2026-03-10T10:00:00Z","question":"q","answer":"no","channel":"web"}
            {"answer_id":"3","contact_id":"later","answered_at":"2026-03-10T10:00:00Z","question":"q","answer":"not_now","channel":"web"}
            {"answer_id":"4","contact_id":"reads","answered_at":"2026-03-09T10:00:00Z","question":"q","answer":"not_now","channel":"web"}

            """
        );
        _home.Ingest();
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [TestCase("asked", "EURES inquiry 2026-02-10")]
    [TestCase(
        "said-yes",
        "said yes in a newsletter question 2026-03-02",
        Description = "a local day; the latest counts"
    )]
    [TestCase("said-no", "EURES inquiry 2026-02-12", Description = "a no brings no lead")]
    [TestCase("reads", "reads since 2026-03-09")]
    [TestCase("later", "reads since 2026-03-10", Description = "nothing of the instant itself")]
    [TestCase("unknown", null)]
    public void A_lead_came_from_the_last_thing_by_which_it_asked_or_agreed(string contact, string? expected)
    {
        var (lake, settings) = (Lake.Open(_home.Path), HomeSettings.Load(_home.Path));
        string[] ids = ["asked", "said-yes", "said-no", "reads", "later", "unknown"];
        var asked = ids.Select(id => new ContactId(id));
        var origins = Origins.Read(lake, settings, asked, Until, CancellationToken.None);
        Assert.That(
            origins.GetValueOrDefault(new(contact))?.Text(Scoring.Explaining.ReasonLanguage.English),
            Is.EqualTo(expected)
        );
    }
}
