using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class FeatureDefinitionTests
{
    [TestCase("count.kind.page_view.30d", Measure.Count, Dimension.Kind, "page_view", 30)]
    [TestCase("count.30d", Measure.Count, Dimension.None, "", 30)]
    [TestCase("count.all", Measure.Count, Dimension.None, "", 0)]
    [TestCase("count.municipality.2506.365d", Measure.Count, Dimension.Municipality, "2506", 365)]
    [TestCase("count.kind.a.b.30d.7d", Measure.Count, Dimension.Kind, "a.b.30d", 7)]
    [TestCase("decay.theme.housing.30d", Measure.Decay, Dimension.Theme, "housing", 30)]
    [TestCase("recency.kind.email_click", Measure.Recency, Dimension.Kind, "email_click", 0)]
    [TestCase("recency", Measure.Recency, Dimension.None, "", 0)]
    [TestCase("last.kind.answer", Measure.Last, Dimension.Kind, "answer", 0)]
    [TestCase("share.channel.ads.all", Measure.Share, Dimension.Channel, "ads", 0)]
    [TestCase("active_days.90d", Measure.ActiveDays, Dimension.None, "", 90)]
    [TestCase("season.same_month", Measure.SameMonth, Dimension.None, "", 0)]
    [TestCase("declared.municipality", Measure.DeclaredMunicipality, Dimension.None, "", 0)]
    public void A_name_says_how_the_feature_is_computed(
        string name,
        Measure measure,
        Dimension dimension,
        string value,
        int days
    )
    {
        var definition = FeatureDefinition.Parse(name);
        Assert.That(definition, Is.EqualTo(new FeatureDefinition(measure, dimension, value, days)));
        Assert.That(definition.Name, Is.EqualTo(name));
    }

    [TestCase("")]
    [TestCase("count")]
    [TestCase("count.kind.page_view")]
    [TestCase("count.kind.30d")]
    [TestCase("count.kind..30d")]
    [TestCase("count.30")]
    [TestCase("count.030d")]
    [TestCase("count.0d")]
    [TestCase("count.-1d")]
    [TestCase("count.99999d")]
    [TestCase("count.colour.red.30d")]
    [TestCase("count.municipality.9999.all")]
    [TestCase("decay.all")]
    [TestCase("trend.all")]
    [TestCase("last.theme.housing")]
    [TestCase("last")]
    [TestCase("share.30d")]
    [TestCase("tenure.30d")]
    [TestCase("Tenure")]
    [TestCase("mood")]
    public void A_name_that_is_none_is_refused_by_name(string name) =>
        Assert.That(
            () => FeatureDefinition.Parse(name),
            Throws.TypeOf<IngestionException>().With.Message.StartsWith($"Feature '{name}' is not known")
        );

    [Test]
    public void Every_measure_has_its_rule() =>
        Assert.That(MeasureRule.All.Select(rule => rule.Measure), Is.EqualTo(Enum.GetValues<Measure>()));
}
