namespace LeadScoring.Funnel.Learning;

/// <summary>Contacts among whom the draw was made with one hold-out share: a municipality's contacts of a stage.</summary>
public readonly record struct Stratum(Moved Contacted, Moved HeldOut)
{
    /// <summary>
    /// The weight of Mantel and Haenszel, n1 n0 / (n1 + n0): what the stratum can tell, known before any outcome.
    /// </summary>
    public double Weight =>
        Contacted.Contacts == 0 || HeldOut.Contacts == 0
            ? 0
            : (double)Contacted.Contacts * HeldOut.Contacts / (Contacted.Contacts + HeldOut.Contacts);
}

/// <summary>
/// The difference in the share of movers, contacted minus held out, each stratum compared within itself: hold-out shares
/// that differ between municipalities do not pass for an effect.
/// </summary>
/// <remarks>
/// Shares are averaged over strata with the weights of Mantel and Haenszel (JNCI 22, 1959; for differences Greenland and
/// Robins, Biometrics 41, 1985). The interval is Newcombe's with those averages, as in Yan and Su (Statistics in
/// Biopharmaceutical Research 2, 2010); as their Wilson limits are not defined where nobody of a stratum moved, which is
/// the rule here, the limits are Wilson's at the size n = 1 / sum(w^2 / n_h) that an unstratified group of the same
/// variance would have. With one stratum it is Newcombe's interval exactly; where the strata differ much it errs on the
/// wide side.
/// </remarks>
public static class PooledUplift
{
    /// <summary>Null when no stratum has contacts in both groups.</summary>
    public static Interval? Of(IEnumerable<Stratum> strata)
    {
        var telling = strata.Where(stratum => stratum.Weight > 0).ToList();
        if (telling.Count == 0)
            return null;
        var total = telling.Sum(stratum => stratum.Weight);
        return Interval.OfDifference(
            Average(telling.Select(s => (s.Weight / total, s.Contacted))),
            Average(telling.Select(s => (s.Weight / total, s.HeldOut)))
        );
    }

    static Interval Average(IEnumerable<(double Weight, Moved Group)> groups)
    {
        double share = 0,
            variance = 0;
        foreach (var (weight, group) in groups)
        {
            share += weight * group.Share;
            variance += weight * weight / group.Contacts;
        }
        return Interval.OfShare(Math.Clamp(share, 0, 1), 1 / variance);
    }
}
