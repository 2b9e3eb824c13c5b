using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Tests.Evaluation;

public class IntervalCoverageTests
{
    // Variance 1 / 5 and nothing else: at 0.5 from 0.320 to 0.680.
    static readonly LikelihoodInterval plain = new(
        [new Neighbourhood(0, double.PositiveInfinity, double.PositiveInfinity, 1, 1, 1)],
        Pair: null,
        Drift: 0
    );

    [Test]
    public void A_group_is_as_large_as_five_expected_movers_and_a_rest_joins_the_last()
    {
        // At one half a row is worth a quarter: 20 rows a group. 20 | 20 + 19.
        Assert.That(Of(Rows(59, moved: _ => false)).Groups, Is.EqualTo(2));
        Assert.That(Of(Rows(60, moved: _ => false)).Groups, Is.EqualTo(3));
        Assert.That(Of(Rows(19, moved: _ => false)).Groups, Is.Zero);
        Assert.That(Of(Rows(19, moved: _ => false)).Covered, Is.NaN);
        // Half of the first 40 moved and all of the rest: 10 of 20, and 29 of 39, which is too many.
        var rest = Of(Rows(59, moved: row => row >= 40 || row % 2 == 0));
        Assert.That(rest, Is.EqualTo(new IntervalCoverage(2, 0.5, 0, 0.5)));
    }

    [Test]
    public void A_group_counts_as_covered_when_its_share_lies_within_the_ends()
    {
        var (low, high) = plain.Around(0, 0.5);
        Assert.That(low, Is.EqualTo(0.320).Within(0.001));
        Assert.That(high, Is.EqualTo(0.680).Within(0.001));
        // Groups of 20 with 6, 7, 13 and 14 movers: 0.3 below, 0.35 and 0.65 within, 0.7 above.
        int[] movers = [6, 7, 13, 14];
        var coverage = Of(Rows(80, moved: row => row % 20 < movers[row / 20]));
        Assert.That(coverage, Is.EqualTo(new IntervalCoverage(4, 0.5, 0.25, 0.25)));
    }

    [Test]
    public void Groups_hold_neighbours_by_likelihood()
    {
        // The 100 likely rows moved, the 500 unlikely did not: two kinds of groups, none mixed.
        var likely = Enumerable.Range(0, 600).Select(row => row % 6 == 0 ? 0.9 : 0.02).ToArray();
        var rows = new HeldOut(
            [.. likely.Select((_, row) => $"c{row}")],
            [.. likely.Select(_ => Worlds.Start)],
            [.. likely.Select(p => p > 0.5 ? 1f : 0f)],
            likely,
            likely
        );
        var coverage = IntervalCoverage.Of(rows, plain);
        // 56 likely rows make five, all moved; 44 likely ones and 54 others, 0.45 moved; the rest, where nobody moved.
        Assert.That(coverage, Is.EqualTo(new IntervalCoverage(3, 0.333333, 0.333333, 0.333333)));
    }

    [Test]
    public void Instants_are_kept_apart_unless_they_are_scattered()
    {
        HeldOut With(int rows, Func<int, DateTime> asOf)
        {
            var of = Rows(rows, _ => false);
            return of with { AsOf = [.. Enumerable.Range(0, rows).Select(asOf)] };
        }
        // 110 rows are five groups and 90 are four; together they would be ten.
        Assert.That(Of(With(200, row => Worlds.Start.AddDays(row < 110 ? 0 : 1))).Groups, Is.EqualTo(9));
        // 99 rows are four groups, 101 are five; one row too few for three instants, so together: fourteen.
        Assert.That(Of(With(299, row => Worlds.Start.AddDays(row / 99 % 3))).Groups, Is.EqualTo(14));
        Assert.That(Of(With(60, row => Worlds.Start.AddDays(row))).Groups, Is.EqualTo(3));
    }

    static IntervalCoverage Of(HeldOut rows) => IntervalCoverage.Of(rows, plain);

    static HeldOut Rows(int count, Func<int, bool> moved)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        return new HeldOut(
            [.. rows.Select(row => $"c{row}")],
            [.. rows.Select(_ => Worlds.Start)],
            [.. rows.Select(row => moved(row) ? 1f : 0f)],
            [.. rows.Select(_ => 0.0)],
            [.. rows.Select(_ => 0.5)]
        );
    }
}
