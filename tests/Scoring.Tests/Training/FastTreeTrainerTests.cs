using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using Microsoft.ML.Data;

namespace LeadScoring.Scoring.Tests.Training;

[Category("MLNet")]
public sealed class FastTreeTrainerTests
{
    static readonly TrainingOptions Small = new()
    {
        Trees = 40,
        Leaves = 8,
        LearningRate = 0.2,
        MinimumRows = 5,
        FeatureShare = 1,
        RowShare = 1,
    };

    static BoostedTrees Train(FeatureTable table, TrainingOptions? options = null, FeatureTable? validation = null) =>
        new FastTreeTrainer().Train(table, validation, options ?? Small, null, CancellationToken.None);

    [Test]
    public void It_is_called_fasttree() => Assert.That(new FastTreeTrainer().Name, Is.EqualTo("fasttree"));

    [TestCase(true, 1, 1)]
    [TestCase(false, 1, 1)]
    [TestCase(true, 0.7, 0.5)]
    public void Scores_are_those_of_ML_NET_bit_for_bit(bool withLevels, double rowShare, double featureShare)
    {
        var all = Tables.Random(100_000, 8, seed: 21);
        var features = withLevels ? all.Features.Count : 8;
        var table = Tables.Of([.. all.Features.Take(features)], all.Columns[..features], all.Labels);
        var training = table.Take([.. Enumerable.Range(0, 30_000)]);
        // What training never had: a gap in a column without one, and a level that alignment does not find.
        Array.Fill(training.Columns[3], 1.5f, 0, 4000);
        for (var row = 0; row < training.RowCount; row++)
            if (float.IsNaN(training.Columns[3][row]))
                training.Columns[3][row] = 2.5f;
        if (withLevels)
            Array.Fill(table.Columns[^1], -1, 50_000, 1000);
        var options = Small with
        {
            Trees = 100,
            Leaves = 31,
            LearningRate = 0.07,
            RowShare = rowShare,
            FeatureShare = featureShare,
        };

        var model = Train(training, options);
        var slots = FastTreeSlots.Of(training);
        var theirs = FastTreeTrainer.Fit(training, slots, options, CancellationToken.None);
        var rows = new FastTreeRows(training.Features, table, slots, weighted: false, CancellationToken.None);
        var scored = theirs.Transform(rows);
        float[] expected = [.. scored.GetColumn<float>("Score")];
        var found = Array.ConvertAll(model.RawScores(table), score => (float)score);
        var likelihoods = Array.ConvertAll(found, score => (float)BoostedTrees.Probability(score));

        Assert.That(model.Trees.Any(tree => tree.CategoryBits.Length > 0), Is.EqualTo(withLevels));
        Assert.That(expected.Distinct().Count(), Is.GreaterThan(10_000));
        Assert.That(
            found.Select(BitConverter.SingleToInt32Bits),
            Is.EqualTo(expected.Select(BitConverter.SingleToInt32Bits))
        );
        Assert.That(likelihoods, Is.EqualTo(scored.GetColumn<float>("Probability")).Within(1e-6f));
    }

    [Test]
    public void Missing_values_are_told_apart_as_well_as_by_mean_and_indicator()
    {
        var all = Tables.Random(20_000, 6, seed: 22);
        var table = Tables.Of([.. all.Features.Take(6)], all.Columns[..6], all.Labels);
        int[] earlier = [.. Enumerable.Range(0, 10_000)];
        int[] later = [.. Enumerable.Range(10_000, 10_000)];
        var ours = Train(table.Take(earlier)).RawScores(table.Take(later));
        var means = table
            .Take(earlier)
            .Columns.Select(column =>
                (float)column.Where(value => !float.IsNaN(value)).Average(value => (double)value)
            );
        float[][] imputed = [.. table.Columns.Zip(means).SelectMany(column => Imputed(column.First, column.Second))];
        var explicitly = Tables.Numeric(imputed, table.Labels);
        var theirs = Train(explicitly.Take(earlier)).RawScores(explicitly.Take(later));
        var labels = table.Take(later).Labels;
        Assert.That(ours, Is.EqualTo(theirs));
        Assert.That(
            Metrics.RocAuc(ours, labels),
            Is.GreaterThanOrEqualTo(Metrics.RocAuc(theirs, labels)).And.GreaterThan(0.65)
        );

        static float[][] Imputed(float[] column, float mean) =>
            [
                Array.ConvertAll(column, value => float.IsNaN(value) ? mean : value),
                Array.ConvertAll(column, value => float.IsNaN(value) ? 1f : 0),
            ];
    }

    [Test]
    public void Being_missing_can_itself_be_the_question()
    {
        var x = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? float.NaN : i % 7).ToArray();
        var labels = x.Select(v => float.IsNaN(v) ? 1f : 0f).ToArray();
        var model = Train(Tables.Numeric([x], labels));
        Assert.That(model.RawScore([double.NaN]), Is.GreaterThan(2));
        foreach (var number in new[] { 0, 3, 6, -1e30, 1e30 })
            Assert.That(model.RawScore([number]), Is.LessThan(-2), $"{number} is no missing value");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Contributions_add_up_to_the_score_and_count_every_training_row(bool withLevels)
    {
        var all = Tables.Random(3000, 6, seed: 23);
        var features = withLevels ? all.Features.Count : 6;
        var table = Tables.Of([.. all.Features.Take(features)], all.Columns[..features], all.Labels);
        var model = Train(table, Small with { RowShare = 0.8 });
        var shap = new TreeShap(model);
        var scores = model.RawScores(table);
        var contributions = new double[features + 1];
        for (var row = 0; row < 500; row++)
        {
            shap.Contributions([.. table.Columns.Select(column => (double)column[row])], contributions);
            Assert.That(contributions.Sum(), Is.EqualTo(scores[row]).Within(1e-9));
        }
        Assert.That(shap.Expected, Is.EqualTo(scores.Average()).Within(1e-9));
        foreach (var tree in model.Trees)
        {
            var rows = new long[tree.LeafTotal];
            for (var row = 0; row < table.RowCount; row++)
                rows[tree.LeafOf(table.Columns, row)]++;
            Assert.That(tree.LeafCount, Is.EqualTo(rows));
            Assert.That(tree.InternalCount[0], Is.EqualTo(3000));
        }
    }

    [Test]
    public void The_first_step_is_the_learning_rate_times_Newton_s()
    {
        // 8 rows at p = 1/2, so g = ±1/2 and h = 1/4: the left leaf of 4 rows holds 1 positive, the right 3.
        // -lr G/H = 0.2 · (∓1) / 1 = -0.2 or 0.2.
        float[] x = [0, 0, 0, 0, 1, 1, 1, 1];
        float[] labels = [1, 0, 0, 0, 1, 1, 1, 0];
        var model = Train(Tables.Numeric([x], labels), Small with { Trees = 1, MinimumRows = 4 });
        Assert.That(model.RawScore([0]), Is.EqualTo(-0.2).Within(1e-9));
        Assert.That(model.RawScore([1]), Is.EqualTo(0.2).Within(1e-9));
        Assert.That(model.Trees[0].InternalValue, Is.EqualTo(new[] { 0.0 }).Within(1e-9));
    }

    [Test]
    public void Levels_are_parted_where_codes_as_numbers_are_not()
    {
        var random = new Random(24);
        var levels = Enumerable.Range(0, 12_000).Select(_ => (float)random.Next(60)).ToArray();
        var labels = levels.Select(v => random.NextDouble() < (v % 2 == 0 ? 0.8 : 0.2) ? 1f : 0f).ToArray();
        var names = Enumerable.Range(0, 60).Select(level => $"l{level}").ToArray();
        var table = Tables.Of([Feature.Categorical("c", names)], [levels], labels);
        var model = Train(table, Small with { Trees = 3, Leaves = 4 });
        var even = model.RawScore([2]);
        var odd = model.RawScore([3]);
        Assert.That(even, Is.GreaterThan(0.2));
        Assert.That(odd, Is.LessThan(-0.2));
        Assert.That(Metrics.RocAuc(model.RawScores(table), labels), Is.GreaterThan(0.75));
    }
}
