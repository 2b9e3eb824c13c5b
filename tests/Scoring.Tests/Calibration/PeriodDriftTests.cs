using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Tests.Calibration;

public class PeriodDriftTests
{
    const double Prior = 0.2 * 0.2;

    [Test]
    public void With_one_period_or_none_the_prior_stands_alone()
    {
        Assert.That(Variance(horizon: 180, (0, 100, 50)), Is.EqualTo(Prior));
        Assert.That(PeriodDrift.Variance(new([0], [1], ["a"], []), [0.5], 180), Is.EqualTo(Prior), "no time");
    }

    [Test]
    public void Months_nearer_than_a_horizon_are_no_periods_of_their_own()
    {
        // 180 days are 5.9 months: the sixth month after is far enough.
        Assert.That(Variance(180, (0, 1000, 731), (5, 1000, 269)), Is.EqualTo(Prior));
        Assert.That(Variance(180, (0, 1000, 731), (6, 1000, 269)), Is.GreaterThan(10 * Prior));
    }

    [Test]
    public void Two_periods_that_agree_pull_the_prior_down_by_a_third() =>
        Assert.That(Variance(180, (0, 100, 50), (6, 100, 50)), Is.EqualTo(2 * Prior / 3).Within(1e-9));

    [Test]
    public void Two_periods_apart_give_half_their_squared_distance_less_the_noise()
    {
        // Log-odds +1 and -1 where 0 was foreseen; noise 1 / (1000 * 0.25) each.
        var moments = (4 - 0.008) / 2;
        Assert.That(
            Variance(180, (0, 1000, 731), (6, 1000, 269)),
            Is.EqualTo((2 * Prior + moments) / 3).Within(0.005)
        );
    }

    [Test]
    public void Rows_of_one_contact_in_one_month_count_once()
    {
        // Ten rows a contact: noise 1 / (100 * 0.25) each, so 40 of 100 against 60 is no news any more.
        var alone = Variance(180, (0, 1000, 600), (6, 1000, 400));
        var together = Variance(180, contacts: 100, (0, 1000, 600), (6, 1000, 400));
        // Log-odds +0.405 and -0.405: (0.657 - 0.008) / 2 and (0.657 - 0.08) / 2.
        Assert.That(alone, Is.EqualTo((2 * Prior + 0.3245) / 3).Within(0.002));
        Assert.That(together, Is.EqualTo((2 * Prior + 0.2885) / 3).Within(0.002));
    }

    [Test]
    public void A_longer_past_outweighs_the_prior()
    {
        // 30 months, horizon 6: five pairs' worth against the prior's two; every level as foreseen.
        var calm = Enumerable.Range(0, 31).Select(month => (month, 100, 50)).ToArray();
        Assert.That(Variance(180, calm), Is.EqualTo(2 * Prior / 7).Within(1e-9));
    }

    [Test]
    public void A_month_without_movers_stays_finite() =>
        Assert.That(Variance(180, (0, 100, 0), (6, 100, 50)), Is.InRange(1, 20));

    [Test]
    public void A_first_day_at_local_midnight_belongs_to_its_own_month()
    {
        // 30 June 22:00 UTC is 1 July in Stockholm: six months after 31 December 23:00 UTC, which is 1 January.
        DateTime[] asOf =
        [
            .. Enumerable.Repeat(new DateTime(2023, 12, 31, 23, 0, 0, DateTimeKind.Utc), 4),
            .. Enumerable.Repeat(new DateTime(2024, 6, 30, 22, 0, 0, DateTimeKind.Utc), 4),
        ];
        var rows = new HeldOutRows(new double[8], [0, 0, 1, 1, 0, 0, 1, 1], [.. "abcdefgh".Select(c => $"{c}")], asOf);
        double[] half = [.. Enumerable.Repeat(0.5, 8)];
        Assert.That(PeriodDrift.Variance(rows, half, 180), Is.EqualTo(2 * Prior / 3).Within(1e-9));
    }

    static double Variance(int horizon, params (int Month, int Rows, int Movers)[] months) =>
        Variance(horizon, contacts: int.MaxValue, months);

    /// <summary>Every row was foreseen at one half.</summary>
    static double Variance(int horizon, int contacts, params (int Month, int Rows, int Movers)[] months)
    {
        var rows = months.SelectMany(month => Enumerable.Range(0, month.Rows).Select(row => (month, row))).ToArray();
        return PeriodDrift.Variance(
            new HeldOutRows(
                new double[rows.Length],
                [.. rows.Select(at => at.row < at.month.Movers ? 1f : 0f)],
                [.. rows.Select(at => $"c{at.row % contacts}")],
                [.. rows.Select(at => Worlds.Start.AddMonths(at.month.Month))]
            ),
            [.. rows.Select(_ => 0.5)],
            horizon
        );
    }
}
