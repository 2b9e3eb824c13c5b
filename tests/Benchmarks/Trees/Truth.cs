namespace LeadScoring.Benchmarks.Trees;

/// <summary>The true log-odds of a row, up to the start that sets the share of positives.</summary>
/// <remarks>
/// Not linear, with interactions of two features, steps, waves and informative gaps in the first ten features, and a
/// little of many others, as in the traces of people: a few things tell much and most tell something.
/// </remarks>
static class Truth
{
    /// <summary>Features beyond this one only stand about: 500 columns hold no more truth than 60.</summary>
    const int LastTelling = 60;

    /// <summary>How far the likelihoods of two rows lie apart: the oracle's AUC comes out near 0.83.</summary>
    const double Sharpness = 1.25;

    public static double LogOdds(ReadOnlySpan<float> row)
    {
        var (visits, since, share, step, sum) = (row[0], row[1], row[2], row[3], row[4]);
        var (clicks, quiet, focus, parity, spend) = (row[5], row[6], row[7], row[8], row[9]);
        var odds = 0.45 * Math.Log(1 + visits) + 0.9 * (share - 0.5);
        odds += float.IsNaN(since) ? -0.4 : 1.1 * Math.Exp(-since / 30);
        odds += step >= 4 ? 0.5 : 0;
        odds += 0.35 * Math.Sin(1.5 * Math.Log(sum));
        if (visits >= 2 && quiet < 45)
            odds += 0.9;
        if (focus > 0.7 && parity % 2 == 0)
            odds += 0.8;
        if (since > 200 && share < 0.3)
            odds -= 0.8;
        odds += float.IsNaN(clicks) ? 0.25 : 0.5 * Math.Log(1 + clicks) * focus;
        odds += float.IsNaN(spend) ? 0 : 0.3 * Math.Tanh(Math.Log(spend));
        for (var f = 12; f < Math.Min(row.Length, LastTelling); f += 3)
            if (!float.IsNaN(row[f]))
                odds += ((f * 7 % 5) - 2) * 0.06 * Drawing.Scaled(f, row[f]);
        return Sharpness * odds;
    }
}
