using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Scoring.Tests.Explaining;

/// <summary>What says the same is told once.</summary>
public sealed class ReasonGroupsTests
{
    const string Count = "count.theme.jobs.90d";
    const string CountAll = "count.theme.jobs.all";
    const string Decay = "decay.theme.jobs.30d";
    const string Share = "share.theme.jobs.all";
    const string Housing = "count.theme.housing.90d";

    [Test]
    public void Measures_of_one_theme_are_added_up_and_told_by_the_count_of_90_days()
    {
        var reasons = Told((Count, 3), (CountAll, 8), (Decay, 1.2f), (Share, 0.4f), (Housing, 1))(
            new Reason(Decay, 1.2, 0.5),
            new Reason(Housing, 1, -0.6),
            new Reason(Share, 0.4, 0.3)
        );
        Assert.That(reasons.Select(reason => reason.Feature), Is.EqualTo([Count, Housing]));
        Assert.That(reasons[0].Value, Is.EqualTo(3));
        Assert.That(reasons[0].Contribution, Is.EqualTo(0.8).Within(1e-12));
        Assert.That(reasons[1], Is.EqualTo(new Reason(Housing, 1, -0.6)));
    }

    [Test]
    public void What_was_not_seen_lately_is_told_by_all_time_and_never_seen_by_the_plainest_measure()
    {
        var lately = Told((Count, 0), (CountAll, 8), (Decay, 0.1f), (Share, 0.4f))(new Reason(Decay, 0.1, 0.5));
        var never = Told((Count, 0), (CountAll, 0), (Decay, 0), (Share, float.NaN))(new Reason(Decay, 0, -0.2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lately[0], Is.EqualTo(new Reason(CountAll, 8, 0.5)));
            Assert.That(never[0], Is.EqualTo(new Reason(Count, 0, -0.2)));
        }
    }

    [Test]
    public void A_column_of_a_table_stands_for_itself_with_the_value_it_was_explained_with()
    {
        var reasons = Told(("colour", 1), ("price", 9))(new Reason("colour", 4, 0.2), new Reason("price", 9, 0.1));
        Assert.That(reasons, Is.EqualTo([new Reason("colour", 4, 0.2), new Reason("price", 9, 0.1)]));
    }

    [Test]
    public void Contributions_that_cancel_are_no_reason()
    {
        var reasons = Told((Count, 3), (Decay, 1))(new Reason(Count, 3, 0.25), new Reason(Decay, 1, -0.25));
        Assert.That(reasons, Is.Empty);
    }

    [Test]
    public void Only_the_strongest_are_told_and_equal_ones_by_name()
    {
        var told = Told(2, ("a", 1), ("b", 2), ("c", 3), ("d", 4));
        var reasons = told(new("d", 4, 0.5), new("c", 3, -0.5), new("b", 2, 0.1), new("a", 1, 0.7));
        Assert.That(reasons, Is.EqualTo([new Reason("a", 1, 0.7), new Reason("c", 3, -0.5)]));
    }

    [Test]
    public void Many_small_contributions_of_one_group_outweigh_a_large_one()
    {
        // 60 measures of one theme at 0.01 each against one of 0.5: all of them count, not only the largest.
        var days = Enumerable.Range(1, 60).Select(day => $"count.theme.jobs.{day}d").ToArray();
        var told = Told(1, [(Housing, 1), .. days.Select(day => (day, 0f))]);
        var reasons = told([new(Housing, 1, 0.5), .. days.Select(day => new Reason(day, 0, 0.01))]);
        Assert.That(reasons.Single().Feature, Does.Contain("jobs"));
        Assert.That(reasons.Single().Contribution, Is.EqualTo(0.6).Within(1e-12));
    }

    static ParamsReasons Told(params (string Name, float Value)[] columns) => Told(5, columns);

    static ParamsReasons Told(int count, params (string Name, float Value)[] columns)
    {
        var table = new FeatureTable(
            [.. columns.Select(column => Feature.Numeric(column.Name, "traces"))],
            ["c1"],
            [DateTime.UnixEpoch],
            [.. columns.Select(column => new[] { column.Value })]
        );
        return reasons =>
        {
            // The model knows the features that have a contribution, in another order than the table.
            var model = reasons.Select(reason => Feature.Numeric(reason.Feature, "traces")).ToArray();
            float[][] values = [.. reasons.Select(reason => new[] { (float)reason.Value })];
            double[] contributions = [.. reasons.Select(reason => reason.Contribution)];
            return new ReasonGroups(model, values, table).Strongest(row: 0, contributions, count);
        };
    }

    delegate Reason[] ParamsReasons(params Reason[] reasons);
}
