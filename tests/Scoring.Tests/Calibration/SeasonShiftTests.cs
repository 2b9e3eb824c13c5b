using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Tests.Calibration;

public class SeasonShiftTests
{
    static readonly DateTime first = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Test]
    public void A_wave_is_highest_where_its_cosine_and_sine_say()
    {
        var season = new SeasonShift(Cos: 0.3, Sin: 0.4);
        // 1970-01-01 begins the count; a year later (365.25 days) the wave is where it was.
        Assert.That(season.At(DateTime.UnixEpoch), Is.EqualTo(0.3).Within(1e-12));
        Assert.That(season.At(DateTime.UnixEpoch.AddDays(365.25 / 4)), Is.EqualTo(0.4).Within(1e-12));
        Assert.That(season.At(DateTime.UnixEpoch.AddDays(365.25 / 2)), Is.EqualTo(-0.3).Within(1e-12));
        Assert.That(season.At(DateTime.UnixEpoch.AddDays(365.25 * 30)), Is.EqualTo(0.3).Within(1e-9));
        var quarter = DateTime.UnixEpoch.AddDays(365.25 / 4);
        Assert.That(
            season.Shifted([1, 2], [DateTime.UnixEpoch, quarter]),
            Is.EqualTo<double[]>([1.3, 2.4]).Within(1e-12)
        );
    }

    [Test]
    public void A_season_that_the_scores_lack_is_found()
    {
        var found = SeasonShift.Fit(Rows(months: 24, contacts: 3000, wave: 0.6, trend: 0));
        Assert.That(found.Cos, Is.EqualTo(0.6).Within(0.12));
        Assert.That(found.Sin, Is.EqualTo(0).Within(0.12));
    }

    [Test]
    public void A_trend_is_no_season()
    {
        var found = SeasonShift.Fit(Rows(months: 20, contacts: 3000, wave: 0, trend: 1));
        Assert.That(Math.Abs(found.Cos), Is.LessThan(0.12));
        Assert.That(Math.Abs(found.Sin), Is.LessThan(0.12));
    }

    [Test]
    public void A_past_of_less_than_18_months_tells_no_season()
    {
        Assert.That(SeasonShift.Fit(Rows(months: 18, contacts: 1000, wave: 1, trend: 0)), Is.EqualTo(SeasonShift.None));
        Assert.That(SeasonShift.Fit(Rows(months: 19, contacts: 1000, wave: 1, trend: 0)).Cos, Is.GreaterThan(0.4));
    }

    [Test]
    public void Fewer_than_30_movers_tell_no_season()
    {
        var rows = Rows(months: 24, contacts: 40, wave: 1, trend: 0);
        rows = rows with { Contacts = [.. rows.Contacts.Select((_, row) => $"c{row % 40}")] };
        float[] Movers(int most) =>
            [.. rows.Labels.Select((_, row) => row < rows.Count / 2 && row % 40 < most ? 1f : 0f)];
        Assert.That(SeasonShift.Fit(rows with { Labels = Movers(29) }), Is.EqualTo(SeasonShift.None));
        Assert.That(SeasonShift.Fit(rows with { Labels = Movers(30) }), Is.Not.EqualTo(SeasonShift.None));
    }

    [Test]
    public void A_wave_seen_in_few_movers_is_held_back()
    {
        var many = SeasonShift.Fit(Rows(months: 24, contacts: 3000, wave: 1, trend: 0));
        // The same rows, but each positive row is one of a hundred of its contact's.
        var rows = Rows(months: 24, contacts: 3000, wave: 1, trend: 0);
        string[] few = [.. rows.Contacts.Select((_, row) => $"c{row % 50}")];
        var held = SeasonShift.Fit(rows with { Contacts = few });
        Assert.That(held.Cos, Is.InRange(0.3, many.Cos - 0.05));
    }

    [Test]
    public void Rows_without_time_have_no_season() =>
        Assert.That(
            SeasonShift.Fit(Rows(months: 24, contacts: 100, wave: 1, trend: 0) with { AsOf = [] }),
            Is.EqualTo(SeasonShift.None)
        );

    /// <summary>The truth is raw + wave * cos(time of year) + trend * share of the time, the raw score uniform around -2.</summary>
    static HeldOutRows Rows(int months, int contacts, double wave, double trend)
    {
        var chance = new Random(11);
        var rows = months * contacts;
        var (raw, labels, names, asOf) = (new double[rows], new float[rows], new string[rows], new DateTime[rows]);
        for (var row = 0; row < rows; row++)
        {
            asOf[row] = first.AddMonths(row / contacts);
            names[row] = $"c{row}";
            raw[row] = chance.NextDouble() * 2 - 3;
            var angle = 2 * Math.PI * (asOf[row] - DateTime.UnixEpoch).TotalDays / 365.25;
            var truth = raw[row] + wave * Math.Cos(angle) + trend * row / rows;
            labels[row] = chance.NextDouble() < LogOdds.ToLikelihood(truth) ? 1 : 0;
        }
        return new HeldOutRows(raw, labels, names, asOf);
    }
}
