using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests;

public class EvaluateModelTests
{
    static readonly TrainModelOptions options = new();

    static ModelEvaluation Run(FeatureTable table) =>
        EvaluateModel.Run(TrainModelTests.Monthly, table, options, CancellationToken.None);

    [Test]
    public void Rows_after_the_last_snapshot_day_are_what_counts()
    {
        var table = Worlds.Monthly(200, 20, seed: 21);
        var judged = Run(table);
        Assert.That(judged.Test.From, Is.EqualTo(new DateOnly(2025, 5, 1)));
        Assert.That(judged.Test.Rows, Is.EqualTo(800));
        Assert.That(judged.Auc, Is.GreaterThan(0.7));
        Assert.That(judged.Baselines.Single().Name, Is.EqualTo("recency rule"));
        Assert.That(judged.Warnings, Has.None.Contains("learnt from"));
    }

    [Test]
    public void Rows_it_has_learnt_from_are_judged_with_a_warning() =>
        Assert.That(Run(Worlds.Monthly(200, 6, seed: 21)).Warnings, Has.Some.Contains("too good"));

    [Test]
    public void A_missing_feature_is_named()
    {
        var table = Worlds.Of(("a", 0, 1, 1), ("b", 0, 2, 0), ("c", 365, 1, 1), ("d", 365, 3, 0));
        Assert.That(() => Run(table), Throws.TypeOf<ScoringException>().With.Message.Contains("'recency' is missing"));
    }
}
