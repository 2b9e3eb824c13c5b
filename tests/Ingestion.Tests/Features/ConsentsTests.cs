using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>Statements as <c>day:purpose+</c> (granted) or <c>day:purpose-</c>, seen as of day 20 of January 2025.</summary>
public class ConsentsTests
{
    static readonly DateTime _asOf = LakeWorld.Utc("2025-01-20");

    [TestCase("", false)]
    [TestCase("1:profiling+", true)]
    [TestCase("1:marketing+", false)]
    [TestCase("1:profiling+ 2:profiling-", false)]
    [TestCase("1:profiling+ 2:profiling- 3:profiling+", true)]
    [TestCase("3:profiling+ 2:profiling-", true)]
    [TestCase("1:profiling+ 1:profiling-", false)] // of two at one instant the one that restricts
    [TestCase("1:profiling+ 2:objection+", false)]
    [TestCase("1:profiling+ 2:objection+ 3:objection-", true)]
    [TestCase("1:profiling+ 2:objection+ 3:profiling+", false)] // the objection still stands
    [TestCase("20:profiling+", false)] // not before the instant
    [TestCase("1:profiling+ 25:profiling-", false)] // withdrawn since: holds at once
    [TestCase("1:profiling+ 25:objection+", false)]
    [TestCase("1:profiling+ 5:profiling- 25:profiling+", false)] // not granted as of then
    [TestCase("1:profiling+ 25:marketing-", true)]
    public void Only_a_standing_consent_to_profiling_without_objection_is_scored(string statements, bool scored)
    {
        using var world = new LakeWorld();
        world.Trace("anna", "2024-06-01", "page_view");
        world.Consents.AddRange(Statements("anna", statements));
        var lake = world.Write();
        var table = FeatureBuild.Run(
            lake,
            [Feature.Numeric("count.all", "traces")],
            Cutoffs.At(_asOf),
            new FeatureBuildOptions(_asOf, new HomeSettings())
        );
        var trained = TrainingTable.Build(world.Home, lake, new HomeSettings(), _asOf, keepOpen: true);
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(scored ? 1 : 0));
            Assert.That(trained.RowCount > 0, Is.EqualTo(scored));
            Assert.That(Consents.Granted(lake, Purpose.Profiling, _asOf), Has.Count.EqualTo(scored ? 1 : 0));
            Assert.That(Population.Count(lake, _asOf), Is.EqualTo(new Population(1, scored ? 1 : 0)));
        });
    }

    [Test]
    public void Each_purpose_is_asked_for_by_itself()
    {
        using var world = new LakeWorld { Runs = 2 };
        world.Consents.AddRange(Statements("anna", "1:profiling+ 2:sharing+ 3:sharing- 4:marketing+"));
        world.Consents.AddRange(Statements("bo", "1:sharing+"));
        world.Consents.AddRange(Statements("cy", "1:sharing+ 1:objection+"));
        var lake = world.Write();
        Assert.Multiple(() =>
        {
            Assert.That(Consents.Granted(lake, Purpose.Sharing, _asOf), Is.EquivalentTo(["bo"]));
            Assert.That(Consents.Granted(lake, Purpose.Marketing, _asOf), Is.EquivalentTo(["anna"]));
        });
    }

    [Test]
    public void A_lake_without_consents_scores_nobody()
    {
        using var world = new LakeWorld();
        world.Trace("anna", "2024-06-01", "page_view");
        Assert.That(Consents.Granted(world.Write(), Purpose.Profiling, _asOf), Is.Empty);
    }

    static IEnumerable<WorldConsent> Statements(string contact, string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(statement => statement.Split(':'))
            .Select(parts => new WorldConsent(
                contact,
                LakeWorld
                    .Utc("2025-01-01")
                    .AddDays(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) - 1),
                parts[1][..^1],
                parts[1][^1] == '+'
            ));
}
