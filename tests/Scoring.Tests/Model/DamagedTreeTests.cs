using System.Text;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

/// <summary>Trees in model files that are no trees, or whose level sets are none.</summary>
public sealed class DamagedTreeTests
{
    static string Refusal(string from, string to)
    {
        var text = Encoding.UTF8.GetString(GoldenModel.Load("missing_and_categorical").File);
        var place = text.IndexOf(from, StringComparison.Ordinal);
        Assert.That(place, Is.GreaterThanOrEqualTo(0), from);
        var damaged = Encoding.UTF8.GetBytes(text[..place] + to + text[(place + from.Length)..]);
        return Assert.Throws<ScoringException>(() => ModelFile.Parse(damaged, "model.txt", features: null))!.Message;
    }

    [TestCase("num_cat=1\n", "num_cat=1\nnum_cat=1\n", "num_cat is there twice, expected each key once a tree")]
    [TestCase("num_leaves=15\n", "num_leaves=0\n", "num_leaves is 0, expected 1 or more")]
    [TestCase("left_child=2 3", "left_child=14 3", "child 14 of node 0, expected a later node or a leaf")]
    [TestCase("left_child=2 3", "left_child=-16 3", "child -16 of node 0, expected a later node or a leaf")]
    [TestCase(
        "left_child=2 3",
        "left_child=1 3",
        "child 1 of node 0, expected a later node or a leaf, each named once"
    )]
    [TestCase("internal_count=4000", "internal_count=0", "internal_count 0, expected 1 row or more")]
    [TestCase("cat_boundaries=0 1", "cat_boundaries=1 1", "1 words in cat_threshold, expected as many as bounded")]
    [TestCase("cat_boundaries=0 1", "cat_boundaries=0 2", "1 words in cat_threshold, expected as many as bounded")]
    [TestCase("cat_boundaries=0 1", "cat_boundaries=1 0", "boundaries that fall, expected rising boundaries from 0")]
    [TestCase("cat_boundaries=0 1", "cat_boundaries=-1 1", "boundaries that fall, expected rising boundaries from 0")]
    [TestCase("cat_boundaries=0 1", "cat_boundaries=0 1 1", "3 values of cat_boundaries, expected 2")]
    [TestCase("cat_threshold=2188", "cat_threshold=2188 7", "2 words in cat_threshold, expected as many as bounded")]
    [TestCase("internal_count=4000 1440 2560", "internal_weight=1\ninternal_count=4000 1440 2560", "is there twice")]
    [TestCase("split_feature=0 4", "split=0 4", "Tree=0 has no split_feature, expected it before the blank line")]
    [TestCase("version=v4\n", "version=v4\nversion=v4\n", "version is there twice, expected each header key once")]
    public void It_is_refused_with_what_was_found_and_expected(string from, string to, string message) =>
        Assert.That(Refusal(from, to), Does.Contain(message));

    [Test]
    public void A_long_line_is_told_by_its_first_sixty_letters()
    {
        var strange = new string('x', 61);
        Assert.That(Refusal("Tree=0\n", strange + "\n"), Does.Not.Contain(strange).And.Contain(strange[..60] + "…"));
        Assert.That(Refusal("tree\n", strange[..60] + "\n"), Does.Contain($"'{strange[..60]}'"));
    }

    [TestCase(-1f, 10)]
    [TestCase(3f, 20)]
    [TestCase(7f, 30)]
    public void A_row_walks_down_the_columns_to_its_leaf(float value, double expected)
    {
        var tree = Tree.Constant(0, 1, 1) with
        {
            SplitFeature = [0, 0],
            Threshold = [5, 0],
            DecisionType = [2, 2],
            LeftChild = [1, ~0],
            RightChild = [~2, ~1],
            SplitGain = [1, 1],
            InternalValue = [0, 0],
            InternalWeight = [1, 1],
            InternalCount = [3, 2],
            LeafValue = [10, 20, 30],
            LeafWeight = [1, 1, 1],
            LeafCount = [1, 1, 1],
        };
        float[][] columns =
        [
            [99, value],
        ];
        Assert.That(tree.LeafValue[tree.LeafOf(columns, 1)], Is.EqualTo(expected));
        Assert.That(Tree.Constant(4, 1, 1).LeafOf(columns, 1), Is.Zero);
    }
}
