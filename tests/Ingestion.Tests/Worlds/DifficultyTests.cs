using LeadScoring.Synthetic;

namespace LeadScoring.Ingestion.Tests.Worlds;

/// <summary>How hard the world is: the figures of <c>docs/synthetic-world.md</c>, on fewer contacts and so in wider bounds.</summary>
public sealed class DifficultyTests
{
    string _folder = "";
    WorldSummary _summary = null!;

    [OneTimeSetUp]
    public void WriteAWorld()
    {
        _folder = Directory.CreateTempSubdirectory("leads-difficulty-").FullName;
        _summary = SyntheticWorld.Write(new(4_000, 36, 2, SyntheticOptions.DefaultEnd), _folder);
    }

    [OneTimeTearDown]
    public void RemoveIt() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void About_one_contact_in_eighty_moves_within_the_horizon() =>
        Assert.That(_summary.BaseRate, Is.InRange(0.008, 0.017));

    [Test]
    public void What_happens_is_what_the_truth_expects() =>
        Assert.That(_summary.BaseRate, Is.EqualTo(_summary.ExpectedRate).Within(0.15 * _summary.ExpectedRate));

    [Test]
    public void The_truth_itself_ranks_well_and_not_perfectly() =>
        Assert.That(_summary.OracleAuc, Is.InRange(0.87, 0.945));

    [Test]
    public void No_rule_of_thumb_comes_near_the_truth()
    {
        Assert.That(_summary.NaiveAucs.Values, Has.All.InRange(0.45, 0.73));
        Assert.That(_summary.NaiveAucs["total clicks"], Is.LessThan(0.62));
    }

    [Test]
    public void Half_a_year_before_the_end_is_the_last_snapshot_with_a_closed_horizon() =>
        Assert.That(_summary.Snapshots[^1].Day, Is.EqualTo(new DateOnly(2025, 11, 1)));
}
