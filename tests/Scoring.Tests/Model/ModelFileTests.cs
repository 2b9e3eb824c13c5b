using System.Text;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Explaining;

namespace LeadScoring.Scoring.Tests.Model;

public sealed class ModelFileTests
{
    static string Golden(string name) => Encoding.UTF8.GetString(GoldenModel.Load(name).File);

    static ScoringException Fails(string text, IReadOnlyList<Feature>? features = null) =>
        Assert.Throws<ScoringException>(() => ModelFile.Parse(Encoding.UTF8.GetBytes(text), "model.txt", features))!;

    [TestCase("tree\n", "forest\n", "model.txt line 1: is 'forest'")]
    [TestCase("version=v4", "version=v9", "line 2: version is 'v9', expected v4 or v3")]
    [TestCase("num_class=1\nnum_tree", "num_class=3\nnum_tree", "line 3: num_class is '3', expected 1")]
    [TestCase("objective=binary sigmoid:1", "objective=regression", "line 7: objective is 'regression'")]
    [TestCase("max_feature_idx=7", "max_feature_idx=6", "line 6: max_feature_idx is '6', expected 7")]
    [TestCase("label_index=0", "strange=0", "line 5: unknown header key 'strange'")]
    [TestCase("tree_sizes=353", "tree_sizes=354", "Tree=0 is 353 bytes long, expected 354")]
    [TestCase("leaf_value=-1.31205866299462 ", "leaf_value=", "line 21: 1 values of leaf_value, expected 2")]
    [TestCase("leaf_value=-1.3", "leaf_value=-x.3", "line 21: leaf_value holds '-x.31205866299462', expected a number")]
    [TestCase("leaf_value=-1.3", "leaf_value=NaN", "leaf_value holds")]
    [TestCase("decision_type=2", "decision_type=99", "line 18: decision_type 99, expected 0 to 11")]
    [TestCase("split_feature=0", "split_feature=8", "line 15: feature 8, expected 0 to 7")]
    [TestCase("left_child=-1", "left_child=-2", "child -2 of node 0")]
    [TestCase("left_child=-1", "left_child=0", "child 0 of node 0")]
    [TestCase("is_linear=0", "is_linear=1", "is_linear is not 0")]
    [TestCase("num_leaves=2\n", "", "Tree=0 has no num_leaves")]
    [TestCase("Tree=1\n", "Tree=2\n", "is 'Tree=2', expected Tree=1")]
    [TestCase("end of trees", "Tree=5", "is 'Tree=5', expected end of trees after 5 trees")]
    public void A_damaged_file_is_refused_with_line_found_and_expected(string from, string to, string message)
    {
        var text = Golden("stump_and_constant");
        var place = text.IndexOf(from, StringComparison.Ordinal);
        Assert.That(place, Is.GreaterThanOrEqualTo(0));
        Assert.That(Fails(text[..place] + to + text[(place + from.Length)..]).Message, Does.Contain(message));
    }

    [Test]
    public void A_file_cut_off_anywhere_before_its_trees_are_complete_is_refused()
    {
        var text = Golden("stump_and_constant");
        var complete = text.IndexOf("feature_importances:", StringComparison.Ordinal);
        for (var length = 0; length < complete; length += 7)
            Assert.That(Fails(text[..length]).Message, Does.Contain("model.txt line"), $"cut at {length}");
        Assert.That(Fails(text[..^60]).Message, Does.Contain("end of parameters"));
    }

    [Test]
    public void Converted_line_ends_are_named_as_such() =>
        Assert.That(
            Fails(Golden("numeric").Replace("\n", "\r\n", StringComparison.Ordinal)).Message,
            Does.Contain("CR LF")
        );

    [TestCase("split_gain=206.927", "split_gain=-inf   ")]
    [TestCase("internal_weight=684.718", "internal_weight=nan    ")]
    public void Notes_without_a_value_are_taken_as_0(string from, string to)
    {
        var text = Golden("stump_and_constant").Replace(from, to, StringComparison.Ordinal);
        var tree = ModelFile.Parse(Encoding.UTF8.GetBytes(text), "model.txt").Trees[0];
        Assert.That(tree.SplitGain[0] * tree.InternalWeight[0], Is.Zero);
        Assert.That(tree.LeafValue[0], Is.EqualTo(-1.31205866299462));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-model.txt");
        var error = Assert.Throws<ScoringException>(() => ModelFile.Read(path))!;
        Assert.That(error.Message, Does.Contain(path));
    }

    [Test]
    public void Frozen_features_come_back_with_names_that_hold_spaces()
    {
        Feature[] features = [Feature.Numeric("Lead Source", "level"), Feature.Numeric("Lead_Source", "")];
        var model = new BoostedTrees(features, [RandomTrees.Tree(new Random(1), 5, 2)]);
        var bytes = ModelFile.Bytes(model);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.That(text, Does.Contain("feature_names=Lead_Source Lead_Source_2\n"));
        Assert.That(ModelFile.Parse(bytes, "model.txt", features).Features, Is.SameAs(features));
        Assert.That(Fails(text, [features[0]]).Message, Does.Contain("feature 2 is 'Lead_Source_2'"));
    }

    [Test]
    public void Any_tree_reads_back_bit_by_bit()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            Tree[] trees = [.. Enumerable.Range(1, 4).Select(_ => RandomTrees.Tree(random, random.Next(1, 9), 3))];
            var model = new BoostedTrees([.. "abc".Select(c => Feature.Numeric($"{c}", ""))], trees);
            var bytes = ModelFile.Bytes(model);
            var again = ModelFile.Parse(bytes, "model.txt");
            Assert.That(ModelFile.Bytes(again), Is.EqualTo(bytes));
            for (var i = 0; i < 20; i++)
            {
                var row = RandomTrees.Row(random, 3);
                Assert.That(again.RawScore(row), Is.EqualTo(model.RawScore(row)));
            }
        }
    }

    [Test]
    public void The_text_is_laid_out_as_LightGBM_s_own()
    {
        // The same lines in the same order; numbers are written shorter, so only the keys are compared.
        var golden = GoldenModel.Load("missing_and_categorical");
        var ours = Encoding.UTF8.GetString(ModelFile.Bytes(golden.Trees));
        Assert.That(Keys(ours), Is.EqualTo(Keys(Encoding.UTF8.GetString(golden.File))));
    }

    static string[] Keys(string text) =>
        [
            .. text[..text.IndexOf("end of trees", StringComparison.Ordinal)]
                .Split('\n')
                .Select(line => line.Split('=')[0]),
        ];
}
