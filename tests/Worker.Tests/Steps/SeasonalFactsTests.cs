using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>The days from which a yearly rhythm is told, read from a lake of a few inquiries.</summary>
public sealed class SeasonalFactsTests
{
    static readonly DateTime June = new(2026, 6, 15, 0, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Only_contacts_of_several_years_bring_the_days_on_which_they_showed_life()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("inbox", "eures_inquiries"));
        File.WriteAllText(
            home.File("inbox", "eures_inquiries", "eures.csv"),
            """
            inquiry_id,received_at,contact_id,country,language,municipality_code,household_size
            1,2019-02-10T10:00:00Z,eva,DE,de,2582,2
            2,2024-02-10T10:00:00Z,eva,DE,de,2582,2
            3,2025-02-03T10:00:00Z,eva,DE,de,2582,2
            4,2025-02-03T15:00:00Z,eva,DE,de,2582,2
            5,2026-02-15T10:00:00Z,eva,DE,de,2582,2
            6,2026-06-15T00:00:00Z,eva,DE,de,2582,2
            7,2025-02-10T10:00:00Z,fia,DE,de,2582,2
            8,2026-02-10T10:00:00Z,fia,DE,de,2582,2

            """
        );
        Ingest.Run(home.Path, new IngestOptions(2));
        var facts = NightFacts.Read(
            Lake.Open(home.Path),
            HomeSettings.Load(home.Path),
            ClickRule.None,
            June,
            seen: (1, June),
            CancellationToken.None
        );

        Assert.That(facts.Seasons.Keys.Select(key => key.Value), Is.EqualTo(["eva"]));
        var eva = facts.Seasons[new("eva")];
        Assert.That(eva.Days, Is.EqualTo([new DateOnly(2024, 2, 10), new(2025, 2, 3), new(2026, 2, 15)]));
        Assert.That(eva.AwaitedUntil(new(2026, 2, 15), 90), Is.EqualTo(new DateOnly(2027, 3, 17)));
    }
}
