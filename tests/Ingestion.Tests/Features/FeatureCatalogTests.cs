using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class FeatureCatalogTests
{
    static FeatureVocabulary Vocabulary(params string[] kinds) =>
        new(["", .. kinds], ["", "web", "email"], ["", "nature", "housing"], ["answer"], ["DE", "SE"], ["de"]);

    [Test]
    public void Every_name_is_unique_and_parses_to_itself()
    {
        var names = FeatureCatalog.Expand(Vocabulary("page_view", "answer")).Select(f => f.Name).ToArray();
        Assert.That(names, Is.Unique);
        Assert.That(names.Select(name => FeatureDefinition.Parse(name).Name), Is.EqualTo(names));
    }

    [Test]
    public void A_small_vocabulary_gives_more_than_a_hundred_columns_and_less_than_two_hundred() =>
        Assert.That(FeatureCatalog.Expand(Vocabulary("page_view", "answer")), Has.Count.InRange(100, 200));

    [Test]
    public void Growth_is_capped_however_many_kinds_there_are()
    {
        var many = Enumerable.Range(0, 2000).Select(i => $"kind{i}").ToArray();
        var features = FeatureCatalog.Expand(Vocabulary(many));
        Assert.That(features, Has.Count.LessThan(400));
        Assert.That(
            features.Count(f => f.Name.StartsWith("recency.kind.", StringComparison.Ordinal)),
            Is.EqualTo(FeatureCatalog.MostKinds)
        );
    }

    [Test]
    public void Municipalities_are_counted_for_the_matching()
    {
        var names = FeatureCatalog.Expand(Vocabulary()).Select(f => f.Name).ToArray();
        Assert.That(names, Has.Member("count.municipality.2506.all").And.Member("count.municipality.2584.90d"));
        Assert.That(FeatureCatalog.MunicipalityLevels, Has.Count.EqualTo(14));
    }

    [Test]
    public void Only_kinds_with_values_have_last_values_and_sums()
    {
        var names = FeatureCatalog.Expand(Vocabulary("page_view", "answer")).Select(f => f.Name).ToArray();
        Assert.That(names, Has.Member("last.kind.answer").And.No.Member("last.kind.page_view"));
    }

    [Test]
    public void Levels_are_those_of_the_register()
    {
        var country = FeatureCatalog.Expand(Vocabulary()).Single(f => f.Name is "country");
        Assert.That(country.Type, Is.EqualTo(FeatureType.Categorical));
        Assert.That(country.Levels, Is.EqualTo(["DE", "SE"]));
    }

    [Test]
    public void What_the_settings_leave_out_is_not_there()
    {
        using var world = new LakeWorld();
        var settings = new HomeSettings { LeaveOut = ["country", "count.channel", "them"] };
        var names = FeatureCatalog
            .Of(world.Write(), settings, LakeWorld.Utc("2025-01-01"))
            .Select(f => f.Name)
            .ToArray();
        Assert.That(names, Has.No.Member("country").And.No.Member("count.channel.web.all"));
        Assert.That(names, Has.Member("themes.all").And.Member("count.kind.video.all"));
    }
}
