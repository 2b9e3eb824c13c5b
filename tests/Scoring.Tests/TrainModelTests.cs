using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests;

public class TrainModelTests
{
    static readonly TrainModelOptions options = new() { Label = LabelDefinition.Default with { HorizonDays = 60 } };

    internal static TrainedModel Train(FeatureTable table, TrainModelOptions? with = null) =>
        TrainModel.Run(table, with ?? options, new HistogramTrainer(), null, CancellationToken.None);

    static readonly Lazy<TrainedModel> monthly = new(() => Train(Worlds.Monthly(250, 16, seed: 1)));

    internal static TrainedModel Monthly => monthly.Value;

    static readonly Lazy<TrainedModel> small = new(() =>
        Train(
            Worlds.Monthly(60, 10, seed: 1, logOdds: -1),
            options with
            {
                Training = new TrainingOptions { Trees = 4, Leaves = 4 },
                KeepTrees = true,
            }
        )
    );

    /// <summary>For tests that need a model, whatever it says: four small trees.</summary>
    internal static TrainedModel Small => small.Value;

    [Test]
    public void It_finds_what_decides_and_beats_the_baselines_that_cannot()
    {
        var judged = Monthly.Evaluation;
        Assert.That(judged.Auc, Is.GreaterThan(0.7));
        Assert.That(judged.Ece, Is.LessThan(0.05));
        Assert.That(
            judged.Baselines.Select(b => b.Name),
            Does.Contain("recency rule").And.Contain("logistic regression")
        );
        Assert.That(judged.Baselines[0].AucDeltaLow, Is.GreaterThan(0));
        Assert.That(judged.BaselineAuc, Is.EqualTo(judged.Baselines.Max(baseline => baseline.Auc)));
        Assert.That(judged.TopFeatures[0].Feature, Is.EqualTo("interest").Or.EqualTo("recency"));
    }

    [Test]
    public void The_same_table_options_and_seed_give_the_same_model_whatever_the_threads()
    {
        var table = Worlds.Monthly(80, 12, seed: 4);
        var (one, three) = (Train(table, options with { Threads = 1 }), Train(table, options with { Threads = 3 }));
        Assert.That(three.Id, Is.EqualTo(one.Id));
        Assert.That(ModelFile.Bytes(three.Trees), Is.EqualTo(ModelFile.Bytes(one.Trees)));
        Assert.That(
            ModelFiles.Bytes(three).Select(f => f.Bytes),
            Is.EqualTo(ModelFiles.Bytes(one).Select(f => f.Bytes))
        );
    }

    [Test]
    public void The_id_is_the_last_snapshot_day_and_a_hash_of_the_table()
    {
        Assert.That(Monthly.Id, Does.Match("^2025-04-01-[0-9a-f]{8}$"));
        Assert.That(
            Train(Worlds.Monthly(80, 12, seed: 4)).Id,
            Is.Not.EqualTo(Train(Worlds.Monthly(80, 12, seed: 5)).Id)
        );
    }

    [Test]
    public void Grade_bands_that_are_given_are_kept_and_others_made_anew()
    {
        var bands = new GradeBands(0.4, 0.2, 0.1);
        var kept = Train(Worlds.Monthly(80, 12, seed: 4), options with { Grades = bands });
        Assert.That(kept.Description.Grades, Is.EqualTo(bands));
        var fresh = Train(Worlds.Monthly(80, 12, seed: 4)).Description.Grades;
        Assert.That(fresh, Is.Not.EqualTo(bands));
        Assert.That(fresh.A, Is.GreaterThan(fresh.B));
        Assert.That(fresh.B, Is.GreaterThan(fresh.C));
    }

    [Test]
    public void A_season_is_learnt_only_where_it_is_asked_for_and_moves_the_likelihood()
    {
        var table = Worlds.Monthly(120, 30, seed: 4);
        // Nobody moves in the half of the year around July: the months 4 to 9.
        for (var row = 0; row < table.RowCount; row++)
            table.Labels[row] = table.AsOf[row].Month is >= 4 and <= 9 ? 0 : table.Labels[row];
        var plain = Train(table, options with { Seasonal = false });
        var seasonal = Train(table);
        Assert.That(plain.Description.Season, Is.EqualTo(SeasonShift.None));
        Assert.That(seasonal.Description.Season.Cos, Is.GreaterThan(0.3));
        var (winter, summer) = (new DateTime(2026, 1, 1), new DateTime(2026, 7, 1));
        Assert.That(plain.Judge(-2, winter), Is.EqualTo(plain.Judge(-2, summer)));
        Assert.That(seasonal.Judge(-2, winter).Likelihood, Is.GreaterThan(1.5 * seasonal.Judge(-2, summer).Likelihood));
        Assert.That(seasonal.Evaluation.LogLoss, Is.LessThan(plain.Evaluation.LogLoss));
    }

    [Test]
    public void The_intervals_are_held_against_the_test_rows()
    {
        var coverage = Monthly.Evaluation.IntervalCoverage!;
        Assert.That(coverage.Groups, Is.GreaterThan(10));
        Assert.That(coverage.Covered, Is.GreaterThan(0.75));
        Assert.That(coverage.Covered + coverage.Below + coverage.Above, Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Rows_with_an_open_horizon_are_left_out()
    {
        var table = Worlds.Monthly(80, 12, seed: 4);
        for (var row = 0; row < table.RowCount; row += 3)
            table.Labels[row] = float.NaN;
        Assert.That(Train(table).Description.Rows, Is.EqualTo(table.RowCount - 320));
    }

    [Test]
    public void A_label_that_is_no_label_is_refused_by_row()
    {
        var table = Worlds.Monthly(20, 4, seed: 4);
        table.Labels[7] = 2;
        Assert.That(() => Train(table), Throws.TypeOf<ScoringException>().With.Message.Contains("row 8 is 2"));
    }

    [Test]
    public void One_class_is_refused_with_the_counts()
    {
        var table = Worlds.Monthly(20, 4, seed: 4);
        Array.Clear(table.Labels);
        table.Labels[3] = 1;
        Assert.That(() => Train(table), Throws.TypeOf<ScoringException>().With.Message.Contains("1 are positive"));
    }

    [Test]
    public void Few_positives_are_said_not_refused()
    {
        var table = Worlds.Monthly(60, 10, seed: 8, logOdds: -5.5);
        var judged = Train(table).Evaluation;
        Assert.That(judged.Test.Positives, Is.LessThan(30));
        Assert.That(judged.Warnings, Has.Some.Contains("say little"));
        Assert.That(judged.AucHigh - judged.AucLow, Is.GreaterThan(0.1));
    }

    [Test]
    public void Two_positives_are_enough_to_answer_and_no_likelihood_is_certain()
    {
        var table = Worlds.Monthly(50, 2, seed: 8);
        Array.Clear(table.Labels);
        table.Labels[3] = table.Labels[60] = 1;
        var model = Train(table, options with { OrderedByTime = false });
        Assert.That(model.Evaluation.Warnings, Has.Some.Contains("say little"));
        var (likelihood, low, high, _) = model.Judge(0, Worlds.Start);
        Assert.That(low, Is.LessThan(likelihood));
        Assert.That(high, Is.GreaterThan(likelihood));
    }

    [Test]
    public void A_shift_of_the_positive_rate_is_said_and_bad_likelihoods_are_not_hidden()
    {
        var early = Worlds.Monthly(200, 12, seed: 2, logOdds: -3);
        var late = Worlds.Monthly(200, 4, seed: 3, logOdds: 0.5);
        var table = new FeatureTable(
            early.Features,
            [.. early.Contacts, .. late.Contacts],
            [.. early.AsOf, .. late.AsOf.Select(asOf => asOf.AddYears(1))],
            [.. early.Columns.Zip(late.Columns, (left, right) => left.Concat(right).ToArray())],
            [.. early.Labels, .. late.Labels]
        );
        var judged = Train(table).Evaluation;
        Assert.That(judged.Warnings, Has.Some.StartsWith("The positive rate shifted from"));
        Assert.That(judged.Warnings, Has.Some.StartsWith("The likelihoods are badly calibrated"));
        Assert.That(judged.Drift[^1].Rate, Is.GreaterThan(3 * judged.Drift[0].Rate));
        Assert.That(judged.Drift.Select(slice => slice.Part), Does.Contain("train").And.Contain("test"));
    }

    [Test]
    public void Labels_that_nothing_decides_get_an_honest_verdict()
    {
        var table = Worlds.Monthly(120, 12, seed: 9);
        var chance = new Random(1);
        for (var row = 0; row < table.RowCount; row++)
            table.Labels[row] = chance.Next(5) == 0 ? 1 : 0;
        var judged = Train(table).Evaluation;
        Assert.That(judged.Verdict, Does.Contain("no better than").Or.Contain("worse than"));
        Assert.That(judged.Warnings, Has.Some.Contains("cannot be told from chance"));
    }

    [Test]
    public void Contacts_learnt_by_heart_gain_nothing()
    {
        // Every label is a coin toss and the only feature is the contact itself. Horizons that overlap the test days, or
        // folds that tear a contact's rows apart, would let the trees remember contacts; a clean split cannot.
        var chance = new Random(3);
        var rows = Enumerable
            .Range(0, 14)
            .SelectMany(month =>
                Enumerable.Range(0, 120).Select(i => ($"c{i}", month * 30, (float)i, (float)chance.Next(2)))
            )
            .ToArray();
        var judged = Train(Worlds.Of(rows)).Evaluation;
        Assert.That(judged.Split, Is.EqualTo(SplitKind.LaterDays));
        Assert.That(judged.AucLow, Is.LessThan(0.5));
    }

    [Test]
    public void No_trees_but_the_last_see_a_test_row_or_a_horizon_that_reaches_one()
    {
        var table = Worlds.Monthly(60, 14, seed: 12);
        var watched = new Watched();
        var model = TrainModel.Run(table, options, watched, null, CancellationToken.None);
        var firstTest = model.Evaluation.Test.From!.Value.ToDateTime(default);
        foreach (var seen in watched.Seen.SkipLast(1))
            Assert.That(seen.AsOf.Max().AddDays(60), Is.LessThanOrEqualTo(firstTest));
        Assert.That(watched.Seen[^1].RowCount, Is.EqualTo(table.RowCount), "the model itself learns from all rows");
    }

    /// <summary>The built-in trainer, with every table it was given.</summary>
    sealed class Watched : ITrainer
    {
        readonly HistogramTrainer trainer = new();

        public List<FeatureTable> Seen { get; } = [];

        public string Name => "watched";

        public BoostedTrees Train(
            FeatureTable training,
            FeatureTable? validation,
            TrainingOptions with,
            IProgress<(int Grown, int Asked)>? progress,
            CancellationToken cancellation
        )
        {
            lock (Seen)
                Seen.Add(training);
            return trainer.Train(training, validation, with, progress, cancellation);
        }
    }
}
