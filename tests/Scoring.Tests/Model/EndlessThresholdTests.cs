using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

/// <summary>LightGBM parts numbers from missing values by <c>threshold=inf</c>.</summary>
public sealed partial class EndlessThresholdTests
{
    const double Left = -1.31205866299462;

    [TestCase(-1e300, true)]
    [TestCase(0, true)]
    [TestCase(double.MaxValue, true)]
    [TestCase(double.NaN, false)]
    public void Every_number_goes_left_and_what_is_missing_right(double value, bool left)
    {
        // decision_type 8: numeric, missing goes right, missing is NaN
        var tree = ModelFile.Parse(Stump("inf", decisionType: 8), "model.txt").Trees[0];
        double[] row = [value, 0, 0, 0, 0, 0, 0, 0];
        Assert.That(tree.LeafValue[tree.LeafOf(row)], Is.EqualTo(left ? Left : tree.LeafValue[1]));
    }

    [Test]
    public void A_table_of_float_values_is_parted_in_the_same_way()
    {
        var model = ModelFile.Parse(Stump("inf", decisionType: 8), "model.txt");
        float[][] columns =
        [
            [float.MaxValue, float.MinValue, float.NaN],
            .. Enumerable.Repeat(new float[3], 7),
        ];
        var table = new FeatureTable(model.Features, ["a", "b", "c"], new DateTime[3], columns);
        var expected = Enumerable
            .Range(0, 3)
            .Select(row => model.RawScore([.. columns.Select(column => (double)column[row])]));
        Assert.That(model.RawScores(table), Is.EqualTo(expected).Within(1e-12));
        Assert.That(model.RawScores(table)[0], Is.Not.EqualTo(model.RawScores(table)[2]));
    }

    [Test]
    public void What_is_written_of_it_reads_back_and_is_a_number()
    {
        var bytes = ModelFile.Bytes(ModelFile.Parse(Stump("inf", decisionType: 8), "model.txt"));
        Assert.That(Encoding.UTF8.GetString(bytes), Does.Not.Contain("inf ").And.Not.Contain("=inf"));
        Assert.That(ModelFile.Parse(bytes, "again.txt").Trees[0].Threshold[0], Is.EqualTo(double.MaxValue));
    }

    [TestCase("-inf")]
    [TestCase("nan")]
    [TestCase("info")]
    public void Any_other_text_is_still_no_threshold(string threshold) =>
        Assert.That(
            Assert
                .Throws<ScoringException>(() => ModelFile.Parse(Stump(threshold, decisionType: 8), "model.txt"))!
                .Message,
            Does.Contain($"threshold holds '{threshold}', expected a number")
        );

    /// <summary>The golden stump with another threshold in its first tree, whose length is written anew.</summary>
    static byte[] Stump(string threshold, int decisionType)
    {
        var text = Encoding.UTF8.GetString(GoldenModel.Load("stump_and_constant").File);
        var was = Threshold().Match(text).Value;
        text = Threshold().Replace(text, $"threshold={threshold}\n", 1);
        text = Decision().Replace(text, $"decision_type={decisionType}\n", 1);
        var size = (353 + threshold.Length + "threshold=\n".Length - was.Length).ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(text.Replace("tree_sizes=353 ", $"tree_sizes={size} ", StringComparison.Ordinal));
    }

    [GeneratedRegex("threshold=[^\n]*\n", RegexOptions.None, 1000)]
    private static partial Regex Threshold();

    [GeneratedRegex("decision_type=[^\n]*\n", RegexOptions.None, 1000)]
    private static partial Regex Decision();
}
