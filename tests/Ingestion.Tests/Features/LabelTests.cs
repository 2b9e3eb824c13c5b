using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>One contact, a cut-off at 2025-01-01 UTC and a horizon of 180 days, which ends at 2025-06-30.</summary>
public class LabelTests
{
    static readonly DateTime _cutoff = LakeWorld.Utc("2025-01-01");
    static readonly DateTime _closed = LakeWorld.Utc("2025-06-30");

    [TestCase("moved", "2025-01-01T00:00:00Z", 1f)]
    [TestCase("moved", "2025-06-29T23:59:59Z", 1f)]
    [TestCase("moved", "2025-06-30T00:00:00Z", 0f)]
    [TestCase("visited", "2025-02-01T00:00:00Z", 0f)]
    [TestCase("declined_by_contact", "2025-02-01T00:00:00Z", 0f)]
    public void An_outcome_counts_from_the_cut_off_to_before_the_end_of_the_horizon(
        string kind,
        string at,
        float label
    ) => Assert.That(Labels(kind, at, at, _closed.AddDays(30)), Is.EqualTo([label]));

    [Test]
    public void A_contact_already_positive_is_out_whenever_it_was_reported() =>
        Assert.That(Labels("moved", "2024-12-31T23:59:59Z", "2025-05-01", _closed), Is.Empty);

    [Test]
    public void A_contact_closed_by_a_known_negative_outcome_is_out() =>
        Assert.That(Labels("declined_by_contact", "2024-12-01", "2024-12-31", _closed), Is.Empty);

    [TestCase("declined_by_contact", 1)]
    [TestCase("moved", 0)]
    public void Tonight_who_declined_is_scored_again_and_who_moved_is_not(string kind, int rows)
    {
        using var world = new LakeWorld();
        world.Grant("anna");
        world.Outcomes.Add(new WorldOutcome("anna", LakeWorld.Utc("2024-12-01"), LakeWorld.Utc("2024-12-02"), kind));
        var options = new FeatureBuildOptions(_cutoff, new HomeSettings()) { KeepDeclined = true };
        var table = FeatureBuild.Run(
            world.Write(),
            [Feature.Numeric("count.all", "traces")],
            Cutoffs.At(_cutoff),
            options
        );
        Assert.That(table.RowCount, Is.EqualTo(rows));
    }

    [Test]
    public void A_negative_outcome_not_yet_known_at_the_cut_off_closes_nothing() =>
        Assert.That(Labels("declined_by_contact", "2024-12-01", "2025-01-01", _closed), Is.EqualTo([0f]));

    [Test]
    public void A_horizon_that_ends_with_the_data_is_closed() =>
        Assert.That(Labels("visited", "2025-01-01", "2025-01-01", _closed), Is.EqualTo([0f]));

    [TestCase("visited")]
    [TestCase("moved")]
    public void An_open_horizon_is_censored_for_early_positives_too(string kind) =>
        Assert.That(Labels(kind, "2025-01-02", "2025-01-02", _closed.AddSeconds(-1)), Is.EqualTo([float.NaN]));

    [Test]
    public void An_open_horizon_is_left_out_unless_it_is_asked_for() =>
        Assert.That(Labels("moved", "2025-01-02", "2025-01-02", _closed.AddSeconds(-1), keepOpen: false), Is.Empty);

    [Test]
    public void A_reporting_delay_keeps_horizons_open_for_longer()
    {
        var label = new LabelSettings { ReportingDelayDays = 10 };
        Assert.That(Labels("moved", "2025-01-02", "2025-01-02", _closed.AddDays(9), label: label), Is.All.NaN);
        Assert.That(Labels("moved", "2025-01-02", "2025-01-02", _closed.AddDays(10), label: label), Is.EqualTo([1f]));
    }

    [Test]
    public void An_outcome_not_yet_reported_as_of_the_run_is_not_seen() =>
        Assert.That(Labels("moved", "2025-01-02", "2025-08-01", LakeWorld.Utc("2025-08-01")), Is.EqualTo([0f]));

    [Test]
    public void A_contact_not_yet_known_at_the_cut_off_is_out()
    {
        using var world = new LakeWorld();
        world.Consents.Add(new WorldConsent("anna", _cutoff, "profiling", Granted: true));
        world.Trace("anna", "2025-01-01", "page_view");
        Assert.That(Build(world, _closed, new LabelSettings(), keepOpen: true).RowCount, Is.Zero);
    }

    static float[] Labels(
        string kind,
        string at,
        string knownAt,
        DateTime end,
        LabelSettings? label = null,
        bool keepOpen = true
    )
    {
        using var world = new LakeWorld();
        world.Grant("anna");
        world.Outcomes.Add(new WorldOutcome("anna", LakeWorld.Utc(at), LakeWorld.Utc(knownAt), kind));
        return Build(world, end, label ?? new LabelSettings(), keepOpen).Labels;
    }

    static FeatureTable Build(LakeWorld world, DateTime end, LabelSettings label, bool keepOpen)
    {
        var options = new FeatureBuildOptions(end, new HomeSettings { Label = label })
        {
            Labelled = true,
            DataEnd = end,
            KeepOpen = keepOpen,
        };
        return FeatureBuild.Run(world.Write(), [Feature.Numeric("count.all", "traces")], Cutoffs.At(_cutoff), options);
    }
}
