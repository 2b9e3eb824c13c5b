using System.Text;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

/// <summary>Features of files that LightGBM wrote: type by what is asked, levels by pandas or by code.</summary>
public sealed class FileFeaturesTests
{
    static BoostedTrees Read(params (string From, string To)[] changes)
    {
        var text = Encoding.UTF8.GetString(GoldenModel.Load("missing_and_categorical").File);
        foreach (var (from, to) in changes)
        {
            Assert.That(text, Does.Contain(from));
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return ModelFile.Parse(Encoding.UTF8.GetBytes(text), "model.txt");
    }

    const string Codes = "-1:10:11:0:3:7:1:6:8:5:4:9:2";
    const string NoNames = "pandas_categorical:null";

    static string Names(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"L{i}\""));

    [Test]
    public void Without_names_a_level_is_called_by_its_code()
    {
        var features = Read().Features;
        Assert.That(features.Select(f => f.Type).Count(type => type == FeatureType.Categorical), Is.EqualTo(1));
        Assert.That(features[5].Name, Is.EqualTo("country"));
        Assert.That(features[5].Levels, Is.EqualTo(Enumerable.Range(0, 12).Select(code => $"{code}")));
        Assert.That(features[0], Is.EqualTo(Feature.Numeric("visits", "")));
    }

    [Test]
    public void A_level_only_the_trees_know_is_counted()
    {
        // feature_infos may be narrower than the trees' sets: the sets decide.
        var features = Read((Codes, "0:1")).Features;
        Assert.That(features[5].Levels, Has.Count.EqualTo(12));
        features = Read((Codes, "none")).Features;
        Assert.That(features[5].Type, Is.EqualTo(FeatureType.Categorical));
        Assert.That(features[5].Levels, Has.Count.EqualTo(12));
    }

    [Test]
    public void A_level_only_feature_infos_knows_is_counted_too() =>
        Assert.That(Read((Codes, "0:40")).Features[5].Levels, Has.Count.EqualTo(41));

    [Test]
    public void A_range_that_is_asked_for_levels_is_refused() =>
        Assert.That(
            () => Read((Codes, "[0:11]")),
            Throws
                .TypeOf<ScoringException>()
                .With.Message.Contains("line 9: country has a range but Tree=0 asks for levels")
        );

    [Test]
    public void Names_of_pandas_are_the_levels()
    {
        var features = Read((NoNames, $"pandas_categorical:[[{Names(13)}]]")).Features;
        Assert.That(features[5].Levels, Is.EqualTo(Enumerable.Range(0, 13).Select(i => $"L{i}")));
    }

    [Test]
    public void Names_that_are_numbers_or_truths_are_written_as_a_CSV_has_them()
    {
        var named = $"pandas_categorical:[[7,-2,1.50,true,false,{Names(7)}]]";
        Assert.That(
            Read((NoNames, named)).Features[5].Levels.Take(5),
            Is.EqualTo(new[] { "7", "-2", "1.50", "True", "False" })
        );
    }

    [Test]
    public void A_column_of_pandas_that_no_tree_asks_for_has_names_too()
    {
        var features = Read((NoNames, $"pandas_categorical:[[{Names(12)}],[\"only\"]]")).Features;
        Assert.That(features[5].Levels[11], Is.EqualTo("L11"));
        Assert.That(features[7], Has.Property("Type").EqualTo(FeatureType.Categorical));
        Assert.That(features[7].Levels, Is.EqualTo(new[] { "only" }));
    }

    [Test]
    public void Too_few_names_are_refused()
    {
        Assert.That(
            () => Read((NoNames, $"pandas_categorical:[[{Names(11)}]]")),
            Throws.TypeOf<ScoringException>().With.Message.Contains("11 level names of country, expected at least 12")
        );
        Assert.That(
            () => Read((NoNames, $"pandas_categorical:[[{Names(12)}],[\"a\"],[\"b\"]]")),
            Throws.TypeOf<ScoringException>().With.Message.Contains("level names of 3 columns, expected 1, one list")
        );
    }

    [Test]
    public void The_file_of_LightGBM_s_own_program_has_no_line_of_pandas() =>
        Assert.That(Read(("\n" + NoNames + "\n", "")).Features, Has.Count.EqualTo(8));
}
