using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

/// <summary>Each measure once with numbers worked out by hand, as of 2025-07-01 00:00 UTC (02:00 in Stockholm).</summary>
public class FeatureExampleTests
{
    static readonly DateTime _asOf = LakeWorld.Utc("2025-07-01");

    static LakeWorld World()
    {
        var world = new LakeWorld();
        world.Grant("anna", "bo");
        world.Trace("anna", "2023-07-15T12:00:00Z", "page_view", "web", "nature");
        world.Trace("anna", "2025-05-02T12:00:00Z", "page_view", "web", "housing");
        world.Trace("anna", "2025-05-02T12:30:00Z", "page_view", "web", "housing");
        world.Trace("anna", "2025-05-02T13:00:01Z", "video", "web", "");
        world.Trace("anna", "2025-06-01T00:00:00Z", "page_view", "web", "housing");
        world.Trace("anna", "2025-06-24T22:30:00Z", "email_open", "email", "");
        world.Trace("anna", "2025-07-01T00:00:00Z", "page_view", "web", "jobs");
        Value(world, "2025-06-10T10:00:00Z", 0.25f, 2506);
        Value(world, "2025-06-20T10:00:00Z", 1f, 2584);
        Value(world, "2025-06-20T10:00:00Z", 0.5f, 2580);
        var open = LakeWorld.Utc("2025-06-30T10:00:00Z");
        world.Traces.Add(new WorldTrace("anna", open, open, "email_open", "email", "jobs", Automated: true));
        var linked = new WorldTrace("anna", LakeWorld.Utc("2025-06-29"), _asOf, "video", "web");
        world.Traces.Add(linked);
        world.Versions.Add(new WorldVersion("anna", LakeWorld.Utc("2024-07-01"), "DE", "de", 2, 1985));
        world.Versions.Add(new WorldVersion("anna", LakeWorld.Utc("2025-06-30"), "SE", null, 4, null));
        world.Versions.Add(new WorldVersion("anna", _asOf, "NL", "nl", 9, 1999));
        return world;
    }

    static void Value(LakeWorld world, string at, float value, int municipality)
    {
        var instant = LakeWorld.Utc(at);
        world.Traces.Add(new WorldTrace("anna", instant, instant, "answer", "", "", municipality, value));
    }

    // Traces that count: 15/7-23, 2/5 twice and the video, 1/6, 10/6, 20/6 twice, the open of 24/6: nine.
    [TestCase("count.all", 9)]
    [TestCase("count.7d", 1)] // 24/6 22:30 is 6 days and 1.5 hours ago
    [TestCase("count.30d", 5)] // 1/6 00:00 is exactly 30 days ago: the window's edge is in
    [TestCase("count.29d", 4)]
    [TestCase("count.kind.page_view.90d", 3)]
    [TestCase("count.kind.video.all", 1)] // the second one was known only at the instant itself
    [TestCase("count.channel.email.all", 1)]
    [TestCase("count.theme.housing.all", 3)]
    [TestCase("count.theme.jobs.all", 0)]
    [TestCase("count.municipality.2584.90d", 1)]
    [TestCase("count.kind.never.all", 0)]
    [TestCase("automated.30d", 1)]
    [TestCase("decay.theme.nature.30d", 6.4625e-8)] // 716.5 days: 2^-23.883
    [TestCase("decay.kind.email_open.7d", 0.54864)] // 6.0625 days: 2^-0.86607
    [TestCase("sum.kind.answer.all", 1.75)]
    [TestCase("sum.kind.page_view.all", 0)]
    [TestCase("last.kind.answer", 1)] // of two at one instant the larger
    [TestCase("last.kind.page_view", double.NaN)]
    [TestCase("share.theme.housing.all", 0.75)] // of four traces with a theme
    [TestCase("share.theme.housing.30d", 1)]
    [TestCase("share.theme.housing.7d", double.NaN)]
    [TestCase("recency", 6.0625)]
    [TestCase("recency.kind.page_view", 30)]
    [TestCase("recency.theme.jobs", double.NaN)]
    [TestCase("tenure", 716.5)]
    [TestCase("active_days.all", 6)] // 22:30 of 24/6 is 25/6 in Stockholm, and 00:00 of 1/6 is 1/6
    [TestCase("sessions.all", 7)] // 2/5: 30 minutes go on, 30 minutes and a second begin anew
    [TestCase("sessions.30d", 4)]
    [TestCase("kinds.all", 4)]
    [TestCase("channels.all", 2)]
    [TestCase("themes.90d", 1)]
    [TestCase("municipalities.all", 3)]
    [TestCase("trend.30d", 5.0)] // 5 over (3 in the 90 days before) / 3
    [TestCase("trend.365d", 24.0)] // 8 over 1 / 3
    [TestCase("season.same_month", 1 / 9.0)] // July
    [TestCase("declared.municipality", 13)] // 2584, the larger of two at one instant, is the last of the 14
    [TestCase("country", 1)]
    [TestCase("language", 0)] // the later entry does not say
    [TestCase("household_size", 4)]
    [TestCase("age", 40)]
    [TestCase("registered", 365)]
    public void Anna(string feature, double expected) => Check("anna", feature, expected);

    [TestCase("count.all", double.NaN)]
    [TestCase("sessions.30d", double.NaN)]
    [TestCase("automated.30d", double.NaN)]
    [TestCase("recency", double.NaN)]
    [TestCase("country", double.NaN)]
    [TestCase("registered", double.NaN)]
    public void Bo_of_whom_there_is_only_a_consent(string feature, double expected) => Check("bo", feature, expected);

    LakeWorld _world = null!;
    Lake _lake = null!;

    [OneTimeSetUp]
    public void WriteTheLake()
    {
        _world = World();
        _lake = _world.Write();
    }

    [OneTimeTearDown]
    public void RemoveIt() => _world.Dispose();

    void Check(string contact, string name, double expected)
    {
        var definition = FeatureDefinition.Parse(name);
        var levels = name switch
        {
            "country" => ["DE", "SE"],
            "language" => ["de"],
            _ => Array.Empty<string>(),
        };
        var options = new FeatureBuildOptions(_asOf, new HomeSettings());
        var table = FeatureBuild.Run(_lake, [definition.ToFeature(levels)], Cutoffs.At(_asOf), options);
        Assert.That(table.Contacts, Is.EqualTo(["anna", "bo"]));
        Assert.That(table.AsOf, Is.All.EqualTo(_asOf));
        var found = (double)table.Columns[0][Array.IndexOf(table.Contacts, contact)];
        Assert.That(found, double.IsNaN(expected) ? Is.NaN : Is.EqualTo(expected).Within(0.01).Percent);
    }
}
