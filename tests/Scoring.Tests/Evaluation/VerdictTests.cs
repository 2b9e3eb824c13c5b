using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests.Evaluation;

public class VerdictTests
{
    static readonly RivalFigures beaten = new("recency rule", new(0.6, 0.5, 0.7), new(0.1, 0.05, 0.15));
    static readonly RivalFigures even = new("logistic regression", new(0.69, 0.6, 0.8), new(0.01, -0.02, 0.04));
    static readonly RivalFigures ahead = new("single feature clicks", new(0.8, 0.7, 0.9), new(-0.1, -0.15, -0.05));

    static string Of(params RivalFigures[] rivals) =>
        Verdict.Of(
            new TestFigures
            {
                Auc = new(0.7, 0.6, 0.8),
                PrAuc = Figure.Unknown,
                LogLoss = Figure.Unknown,
                Brier = Figure.Unknown,
                Ece = Figure.Unknown,
                Lift1 = Figure.Unknown,
                Lift5 = Figure.Unknown,
                Lift10 = Figure.Unknown,
                PrecisionAtCapacity = Figure.Unknown,
                Rivals = rivals,
            }
        );

    [Test]
    public void Better_only_when_the_interval_of_the_difference_leaves_zero_out()
    {
        Assert.That(Of(beaten), Is.EqualTo("better than the recency rule"));
        Assert.That(Of(beaten, beaten), Is.EqualTo("better than both baselines"));
        Assert.That(Of(beaten, beaten, beaten), Is.EqualTo("better than all baselines"));
        Assert.That(Of(even), Is.EqualTo("no better than the logistic regression"));
        Assert.That(Of(ahead), Is.EqualTo("worse than the single feature clicks"));
    }

    [Test]
    public void Each_baseline_is_named_where_they_differ() =>
        Assert.That(
            Of(beaten, even, ahead),
            Is.EqualTo(
                "better than the recency rule, no better than the logistic regression, worse than the single feature clicks"
            )
        );

    [Test]
    public void A_difference_that_is_not_known_is_no_better() =>
        Assert.That(Of(even with { Delta = Figure.Unknown }), Is.EqualTo("no better than the logistic regression"));

    [Test]
    public void A_rate_shift_needs_both_size_and_certainty()
    {
        Assert.That(Drift.Shifted((1000, 100), (1000, 200)), Is.True);
        Assert.That(Drift.Shifted((1000, 100), (1000, 120)), Is.False, "small");
        Assert.That(Drift.Shifted((30, 3), (30, 6)), Is.False, "chance");
        Assert.That(Drift.Shifted((0, 0), (30, 6)), Is.False, "nothing to compare");
    }

    [Test]
    public void Slices_cover_every_row_once_in_order_of_time()
    {
        var table = Worlds.Monthly(10, 40, seed: 1);
        var split = Backtest.Split(table, new TrainModelOptions());
        var slices = Drift.Slices(table, split, new TrainModelOptions());
        Assert.That(slices.Sum(slice => slice.Rows), Is.EqualTo(400));
        Assert.That(slices, Has.Count.InRange(10, 13));
        Assert.That(slices.Select(slice => slice.From), Is.Ordered);
        Assert.That(slices.Select(slice => slice.Part).Distinct(), Is.EqualTo<string[]>(["train", "between", "test"]));
    }
}
