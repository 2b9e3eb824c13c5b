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
        // Of three only the first and the last are far enough apart, and these agree.
        Assert.That(Variance(180, (0, 1000, 731), (5, 1000, 269), (10, 1000, 731)), Is.EqualTo(Prior));
    }

    [Test]
    public void A_calm_past_does_not_pull_it_below_the_prior() =>
        Assert.That(Variance(180, (0, 9000, 4500), (6, 9000, 4500), (12, 9000, 4500)), Is.EqualTo(Prior));

    [Test]
    public void Two_periods_apart_give_half_their_squared_distance_less_the_noise()
    {
        // Log-odds +1 and -1 where 0 was foreseen; noise 1 / (1000 * 0.25) each.
        var moments = (4 - 0.008) / 2;
        Assert.That(Variance(180, (0, 1000, 731), (6, 1000, 269)), Is.EqualTo((2 * Prior + moments) / 3).Within(0.005));
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
        // Levels +1 -1 +1 -1 +1: of ten pairs six are 2 apart, four agree; four horizons against the prior's two.
        var moments = (6 * (4 - 0.008) / 2 - 4 * 0.004) / 10;
        Assert.That(
            Variance(180, (0, 1000, 731), (6, 1000, 269), (12, 1000, 731), (18, 1000, 269), (24, 1000, 731)),
            Is.EqualTo((2 * Prior + 4 * moments) / 6).Within(0.005)
        );
    }

    [Test]
    public void A_month_without_movers_stays_finite() =>
        Assert.That(Variance(180, (0, 100, 0), (6, 100, 50)), Is.InRange(1, 20));

    [Test]
    public void A_first_day_at_local_midnight_belongs_to_its_own_month()
    {
        // 31 January 23:00 UTC is 1 February in Stockholm, and July is five months later, not six.
        DateTime[] asOf =
        [
            .. Enumerable.Repeat(new DateTime(2024, 1, 31, 23, 0, 0, DateTimeKind.Utc), 4),
            .. Enumerable.Repeat(new DateTime(2024, 7, 15, 0, 0, 0, DateTimeKind.Utc), 4),
        ];
        var rows = new HeldOutRows(new double[8], [0, 0, 0, 0, 1, 1, 1, 1], [.. "abcdefgh".Select(c => $"{c}")], asOf);
        double[] half = [.. Enumerable.Repeat(0.5, 8)];
        Assert.That(PeriodDrift.Variance(rows, half, 180), Is.EqualTo(Prior));
        Assert.That(PeriodDrift.Variance(rows, half, 150), Is.GreaterThan(2 * Prior));
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
