using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Scoring.Tests;

public class ScoreContactsTests
{
    static readonly FeatureTable tonight = Worlds.Monthly(120, 1, seed: 11);

    static IReadOnlyList<LeadScore> Run(FeatureTable table, int reasons = 3) =>
        ScoreContacts.Run(TrainModelTests.Monthly, table, reasons, 2, CancellationToken.None);

    [Test]
    public void Ranks_run_from_the_most_likely_down_and_ties_by_contact()
    {
        var scores = Run(tonight);
        Assert.That(scores.Select(score => score.Rank), Is.EqualTo(Enumerable.Range(1, 120)));
        foreach (var (above, below) in scores.Zip(scores.Skip(1)))
            Assert.That(
                (above.Likelihood, above.RawScore),
                Is.GreaterThanOrEqualTo((below.Likelihood, below.RawScore))
            );
        var twins = Run(tonight.Take([5, 5, 5])).ToArray();
        Assert.That(twins.Select(score => score.Rank), Is.EqualTo<int[]>([1, 2, 3]));
    }

    [Test]
    public void Equal_scores_rank_by_contact_id()
    {
        var one = tonight.Take([5, 5, 5]);
        var renamed = new FeatureTable(one.Features, ["b", "a", "Z"], one.AsOf, one.Columns);
        Assert.That(Run(renamed).Select(score => score.Contact.Value), Is.EqualTo<string[]>(["Z", "a", "b"]));
    }

    [Test]
    public void Every_likelihood_lies_in_its_interval_and_the_grade_follows_it()
    {
        var grades = TrainModelTests.Monthly.Description.Grades;
        foreach (var score in Run(tonight))
        {
            Assert.That(score.Likelihood, Is.InRange(score.Low, score.High));
            Assert.That(score.Grade, Is.EqualTo(grades.Grade(score.Likelihood)));
        }
    }

    [Test]
    public void Columns_in_another_order_with_other_level_codes_score_the_same()
    {
        var country = tonight.Columns[3];
        var shuffled = new FeatureTable(
            [
                Feature.Categorical("country", ["PL", "FI", "DE", "NL"]),
                tonight.Features[2],
                Feature.Numeric("unused", "traces"),
                tonight.Features[1],
                tonight.Features[0],
            ],
            tonight.Contacts,
            tonight.AsOf,
            [
                Array.ConvertAll(
                    country,
                    code =>
                        code == 0 ? 2f
                        : code == 1 ? 3f
                        : 0f
                ),
                tonight.Columns[2],
                new float[120],
                tonight.Columns[1],
                tonight.Columns[0],
            ]
        );
        Assert.That(
            Run(shuffled).Select(score => (score.Contact, score.Likelihood)),
            Is.EqualTo(Run(tonight).Select(score => (score.Contact, score.Likelihood)))
        );
    }

    [Test]
    public void A_missing_feature_and_one_of_another_type_are_both_named()
    {
        var wrong = new FeatureTable(
            [tonight.Features[0], Feature.Categorical("interest", ["much"]), tonight.Features[3]],
            tonight.Contacts,
            tonight.AsOf,
            [tonight.Columns[0], tonight.Columns[1], tonight.Columns[3]]
        );
        Assert.That(
            () => Run(wrong),
            Throws
                .TypeOf<ScoringException>()
                .With.Message.Contains("'interest' is categorical, expected numeric")
                .And.Message.Contains("'noise' is missing")
        );
    }

    [Test]
    public void Reasons_add_up_to_no_more_than_the_score_moves_and_none_is_zero()
    {
        var scores = Run(tonight, reasons: 4);
        Assert.That(scores.SelectMany(score => score.Reasons), Has.All.Matches<Reason>(r => r.Contribution != 0));
        Assert.That(scores.Select(score => score.Reasons.Count), Has.All.AtMost(4));
        var spread = scores
            .Select(score => score.RawScore - score.Reasons.Sum(reason => reason.Contribution))
            .ToArray();
        Assert.That(
            spread.Max() - spread.Min(),
            Is.LessThan(1e-9),
            "with all features listed, the rest is the same base"
        );
    }

    [Test]
    public void Buckets_ranked_together_are_as_if_scored_together()
    {
        var (left, right) = (tonight.Take([.. Enumerable.Range(0, 50)]), tonight.Take([.. Enumerable.Range(50, 70)]));
        Assert.That(
            ScoreContacts.Rank(Run(right).Concat(Run(left))).Select(score => (score.Contact, score.Rank)),
            Is.EqualTo(Run(tonight).Select(score => (score.Contact, score.Rank)))
        );
    }
}
