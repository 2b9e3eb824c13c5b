namespace LeadScoring.Scoring.Calibration;

/// <summary>How far the positive rate wanders from one period to another, beyond what the scores foresaw.</summary>
/// <remarks>
/// Each calendar month of held-out rows has a shift d in log-odds that makes its expected positives the observed ones,
/// with sampling variance v = 1 / (sum of p (1 - p), a contact counted once). Of two months at least a horizon apart, whose outcomes
/// therefore are of different days, (d1 - d2)^2 is 2 t^2 + v1 + v2 on average: t^2 is estimated by moments, over all
/// such pairs weighted by 1 / (v1 + v2), as DerSimonian and Laird (1986) do for trials. Neighbouring months share most
/// of their movers and must not be used. A past holds few horizons, so the estimate is mixed with a prior of
/// 0.2^2 that counts as two independent pairs; with one period the prior stands alone. A calm past does not pull it
/// below the prior: rows held out by contact come from months whose level the trees have seen, and tonight's is one
/// they have not.
/// </remarks>
static class PeriodDrift
{
    const double Prior = 0.2 * 0.2;
    const double PriorPairs = 2;
    const double DaysAMonth = 365.25 / 12;

    /// <summary>The variance t^2 in log-odds squared.</summary>
    public static double Variance(HeldOutRows rows, double[] likelihoods, int horizonDays)
    {
        if (rows.AsOf.Length == 0)
            return Prior;
        var periods = Enumerable
            .Range(0, rows.Count)
            .GroupBy(row => MonthOf(rows.AsOf[row]))
            .OrderBy(month => month.Key)
            .Select(month => Shift(month.Key, [.. month], rows, likelihoods))
            .ToArray();
        var apart = Math.Max(1, (int)Math.Ceiling(horizonDays / DaysAMonth));
        double sum = 0,
            weights = 0;
        foreach (var early in periods)
        foreach (var late in periods.Where(period => period.Month >= early.Month + apart))
        {
            var noise = early.Noise + late.Noise;
            var square = (early.Shift - late.Shift) * (early.Shift - late.Shift);
            sum += (square - noise) / 2 / noise;
            weights += 1 / noise;
        }
        if (weights == 0)
            return Prior;
        var pairs = (periods[^1].Month - periods[0].Month) / apart;
        return Math.Max(Prior, (PriorPairs * Prior + pairs * sum / weights) / (PriorPairs + pairs));
    }

    static int MonthOf(DateTime asOf)
    {
        // Local midnight of a first day is late on the day before in UTC.
        var day = asOf.AddHours(12);
        return day.Year * 12 + day.Month;
    }

    // Jeffreys' prior (Firth 1993) keeps a month without positives finite.
    static (int Month, double Shift, double Noise) Shift(int month, int[] of, HeldOutRows rows, double[] likelihoods)
    {
        double shift = 0,
            expected = 0;
        for (var step = 0; step < 50; step++)
        {
            double missing = 0,
                information = 1e-9,
                skew = 0;
            foreach (var row in of)
            {
                var likelihood = LogOdds.ToLikelihood(LogOdds.Of(likelihoods[row]) + shift);
                var spread = likelihood * (1 - likelihood);
                missing += rows.Labels[row] - likelihood;
                information += spread;
                skew += spread * (1 - 2 * likelihood);
            }
            if (step == 0)
                expected = information;
            var move = Math.Clamp((missing + skew / information / 2) / information, -1, 1);
            shift += move;
            if (Math.Abs(move) < 1e-6)
                break;
        }
        var contacts = of.Select(row => rows.Contacts[row]).Distinct(StringComparer.Ordinal).Count();
        return (month, shift, of.Length / (expected * contacts));
    }
}
