using System.Text;
using FsCheck;
using FsCheck.Fluent;
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
    [TestCase(
        "version=v4\n",
        "version=v4\naverage_output\n",
        "line 3: average_output, expected a sum of boosted trees"
    )]
    [TestCase(
        "num_tree_per_iteration=1",
        "num_tree_per_iteration=3",
        "line 4: num_tree_per_iteration is '3', expected 1"
    )]
    [TestCase("num_class=1\nnum_tree", "num_class=3\nnum_tree", "line 3: num_class is '3', expected 1")]
    [TestCase(
        "objective=binary sigmoid:1",
        "objective=regression",
        "line 7: objective is 'regression' (a regression), expected binary sigmoid:1"
    )]
    [TestCase("objective=binary sigmoid:1", "objective=lambdarank", "line 7: objective is 'lambdarank' (a ranking)")]
    [TestCase(
        "objective=binary sigmoid:1",
        "objective=multiclass num_class:3",
        "'multiclass num_class:3' (several classes)"
    )]
    [TestCase("objective=binary sigmoid:1", "objective=custom", "objective is 'custom', expected binary sigmoid:1")]
    [TestCase("objective=binary sigmoid:1", "objective=binary sigmoid:0", "objective is 'binary sigmoid:0', expected")]
    [TestCase(
        "objective=binary sigmoid:1",
        "objective=binary sigmoid:-1",
        "objective is 'binary sigmoid:-1', expected"
    )]
    [TestCase("objective=binary sigmoid:1", "objective=binary sigmoid:x", "objective is 'binary sigmoid:x', expected")]
    [TestCase("objective=binary sigmoid:1", "objective=binary sigmoid:Infinity", "expected binary sigmoid:1")]
    [TestCase("objective=binary sigmoid:1\n", "", "the header has no objective")]
    [TestCase("internal_count=", "internal_count=-", "internal_count -")]
    [TestCase("leaf_count=", "leaf_count=-", "a negative leaf_count, expected 0 rows or more")]
    [TestCase("feature_infos=", "feature_infos=none ", "line 9: 9 feature_infos, expected 8, one a feature")]
    [TestCase(
        "feature_infos=[0:8]",
        "feature_infos=0:x",
        "line 9: feature_infos of visits holds 'x', expected [min:max]"
    )]
    [TestCase(
        "feature_infos=[0:8]",
        "feature_infos=0:1048576",
        "line 9: visits has level 1048576, expected codes below"
    )]
    [TestCase("feature_infos=[0:8]", "feature_infos=0:1", "line 9: visits has levels but Tree=0 asks for a number")]
    [TestCase("feature_names=visits days_since", "feature_names=visits visits", "line 8: feature_names that repeat")]
    [TestCase(
        "end of trees\n\nfeature_importances",
        "end of trees\n\nimportances",
        "is 'importances:', expected feature_imp"
    )]
    [TestCase("\nparameters:", "\nsettings:", "is 'settings:', expected parameters:")]
    [TestCase("end of parameters\n\n", "end of parameters\nmore\n\n", "is 'more', expected pandas_categorical:")]
    [TestCase(
        "pandas_categorical:null",
        "pandas_categorical:nul",
        "pandas_categorical: 'nul', expected null, or one JSON list"
    )]
    [TestCase("pandas_categorical:null", "pandas_categorical:[1]", "pandas_categorical: '[1]', expected")]
    [TestCase("pandas_categorical:null", "pandas_categorical:[[null]]", "pandas_categorical: '[[null]]', expected")]
    [TestCase(
        "pandas_categorical:null",
        "pandas_categorical:[[\"a\"],[]]",
        "level names of 2 columns, expected 0, one list for"
    )]
    [TestCase("pandas_categorical:null\n", "pandas_categorical:null\nmore\n", "is 'more', expected nothing after")]
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
    public void A_file_cut_off_anywhere_is_refused_and_never_a_shorter_model()
    {
        var bytes = Small();
        Assert.That(ModelFile.Parse(bytes, "model.txt").Trees, Has.Count.EqualTo(2));
        var complete = Encoding.UTF8.GetString(bytes).IndexOf("end of parameters\n", StringComparison.Ordinal) + 18;
        for (var length = 0; length < bytes.Length; length++)
        {
            // Without the line pandas adds, the file is the one LightGBM's own program writes: the same trees.
            if (length == complete)
                Assert.That(ModelFile.Parse(bytes[..length], "model.txt").Trees, Has.Count.EqualTo(2));
            else
                Assert.That(
                    () => ModelFile.Parse(bytes[..length], "model.txt"),
                    Throws.TypeOf<ScoringException>().With.Message.StartsWith("model.txt line "),
                    $"cut at {length}"
                );
        }
    }

    [Test]
    public void A_file_of_our_own_cut_off_anywhere_is_refused()
    {
        var bytes = Small();
        var features = ModelFile.Parse(bytes, "model.txt").Features;
        for (var length = 0; length < bytes.Length; length++)
            Assert.That(
                () => ModelFile.Parse(bytes[..length], "model.txt", features),
                Throws.TypeOf<ScoringException>(),
                $"cut at {length}"
            );
    }

    const string Damage = "0123456789-.=: \n\ranTe[],\"\0\u00e9";

    [Test]
    public void A_file_with_any_byte_changed_is_refused_or_still_a_model_of_two_trees()
    {
        var random = new Random(3);
        var bytes = Small();
        for (var round = 0; round < 4000; round++)
        {
            var damaged = bytes.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                damaged[random.Next(damaged.Length)] = (byte)Damage[random.Next(Damage.Length)];
            try
            {
                var model = ModelFile.Parse(damaged, "model.txt");
                Assert.That(model.Trees, Has.Count.EqualTo(2));
                Assert.That(double.IsFinite(model.RawScore(new double[model.Features.Count])));
            }
            catch (ScoringException refused)
            {
                Assert.That(refused.Message, Does.StartWith("model.txt line "));
            }
        }
    }

    /// <summary>Two small trees over a number and a categorical feature.</summary>
    static byte[] Small()
    {
        Feature[] features = [Feature.Numeric("n", ""), Feature.Categorical("c", ["a", "b", "d", "e", "f", "g"])];
        Tree[] trees =
        [
            .. Enumerable.Range(2, 2).Select(leaves => Typed(RandomTrees.Tree(new Random(leaves), leaves, 2))),
        ];
        return ModelFile.Bytes(new BoostedTrees(features, trees));
    }

    /// <summary>The tree with questions that suit its features: every second one has levels.</summary>
    static Tree Typed(Tree tree) =>
        tree with
        {
            DecisionType =
            [
                .. tree.DecisionType.Select(
                    (decision, node) => (byte)(tree.SplitFeature[node] % 2 == 1 ? decision | 1 : decision & ~1)
                ),
            ],
            Threshold = [.. tree.Threshold.Select((t, node) => tree.SplitFeature[node] % 2 == 1 ? node : t)],
        };

    [Test]
    public void Line_ends_converted_to_CR_LF_are_read_as_they_were()
    {
        var golden = GoldenModel.Load("missing_and_categorical");
        var text = Encoding.UTF8.GetString(golden.File).Replace("\n", "\r\n", StringComparison.Ordinal);
        var read = ModelFile.Parse(Encoding.UTF8.GetBytes(text), "model.txt");
        foreach (var one in golden.Cases)
            Assert.That(read.RawScore(one.Row), Is.EqualTo(golden.Trees.RawScore(one.Row)));
        Assert.That(Fails(text[..^2]).Message, Does.Contain("it was cut off"));
        var mixed = Golden("numeric").Replace("Tree=1\n", "Tree=1\r\n", StringComparison.Ordinal);
        Assert.That(Fails(mixed).Message, Does.Contain("Tree=1"));
    }

    [Test]
    public void Another_sigmoid_scales_the_leaves_to_log_odds()
    {
        var golden = GoldenModel.Load("stump_and_constant");
        var read = ModelFile.Parse(
            Encoding.UTF8.GetBytes(
                Golden("stump_and_constant").Replace("sigmoid:1", "sigmoid:0.5", StringComparison.Ordinal)
            ),
            "model.txt"
        );
        Assert.That(read.RawScore(golden.Cases[0].Row), Is.EqualTo(0.5 * golden.Cases[0].Raw).Within(1e-12));
        Assert.That(
            read.Trees[0].InternalValue,
            Is.EqualTo(golden.Trees.Trees[0].InternalValue.Select(value => 0.5 * value))
        );
        Assert.That(read.Trees[0].Threshold, Is.EqualTo(golden.Trees.Trees[0].Threshold));
    }

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
    public void Any_model_reads_back_bit_by_bit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    Tree[] trees =
                    [
                        .. Enumerable
                            .Range(0, random.Next(0, 5))
                            .Select(_ => Typed(RandomTrees.Tree(random, random.Next(1, 9), 4))),
                    ];
                    Feature[] features =
                    [
                        Feature.Numeric("a", ""),
                        Feature.Categorical("b", ["x", "é \"", "z", "0", "1", "2"]),
                        Feature.Numeric("c", ""),
                        Feature.Categorical("d", ["0", "1", "2", "3", "4", "5", "6"]),
                    ];
                    var model = new BoostedTrees(features, trees);
                    var bytes = ModelFile.Bytes(model);
                    var again = ModelFile.Parse(bytes, "model.txt");
                    Assert.That(ModelFile.Bytes(again), Is.EqualTo(bytes));
                    Assert.That(again.Features.Select(f => f.Levels), Is.EqualTo(features.Select(f => f.Levels)));
                    var row = RandomTrees.Row(random, 4);
                    Assert.That(again.RawScore(row), Is.EqualTo(model.RawScore(row)));
                }
            )
        );

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
