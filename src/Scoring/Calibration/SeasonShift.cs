namespace LeadScoring.Scoring.Calibration;

/// <summary>How much likelier everyone is to move in one season than in another: a yearly wave added to raw scores.</summary>
/// <remarks>
/// In log-odds, Cos * cos(t) + Sin * sin(t) with t the share of the year that has passed, in radians. Trees learn such a
/// common wave badly, for one column in hundreds carries it and every leaf has to learn it anew. Fitted beside the raw
/// score, a level and a straight trend on held-out rows of at least 18 months, because a shorter past cannot tell a
/// season from a trend. The wave's two numbers are held back by a normal prior of deviation 0.3, against rows that count
/// as much as their positive contacts: a mover has several positive rows, which are no news of the season.
/// </remarks>
public sealed record SeasonShift(double Cos, double Sin)
{
    /// <summary>No season.</summary>
    public static SeasonShift None { get; } = new(0, 0);

    const double Year = 365.25;
    const int LeastDays = 540;
    const int LeastPositiveContacts = 30;
    const double Deviation = 0.3;

    /// <summary>What is added to a raw score of an as-of instant (UTC).</summary>
    public double At(DateTime asOf)
    {
        var (sin, cos) = Math.SinCos(Angle(asOf));
        return Cos * cos + Sin * sin;
    }

    /// <summary>The raw scores with the season of their instants.</summary>
    public double[] Shifted(double[] rawScores, DateTime[] asOf) =>
        this == None ? rawScores : [.. rawScores.Zip(asOf, (raw, at) => raw + At(at))];

    internal static SeasonShift Fit(HeldOutRows rows)
    {
        if (rows.AsOf.Length == 0 || rows.Count == 0)
            return None;
        var (first, last) = (rows.AsOf.Min(), rows.AsOf.Max());
        var positives = rows.Labels.Count(label => label == 1);
        var movers = rows.Contacts.Where((_, row) => rows.Labels[row] == 1).Distinct(StringComparer.Ordinal).Count();
        if ((last - first).TotalDays < LeastDays || movers < LeastPositiveContacts)
            return None;
        var strength = (double)positives / movers / (Deviation * Deviation);
        var fit = SmallLogistic.Fit(
            [
                rows.RawScores,
                Array.ConvertAll(rows.AsOf, at => Math.Cos(Angle(at))),
                Array.ConvertAll(rows.AsOf, at => Math.Sin(Angle(at))),
                Array.ConvertAll(rows.AsOf, at => (at - first) / (last - first)),
            ],
            Array.ConvertAll(rows.Labels, label => (double)label),
            [0, strength, strength, 0]
        );
        return new SeasonShift(fit[1], fit[2]);
    }

    static double Angle(DateTime asOf) => 2 * Math.PI * (asOf - DateTime.UnixEpoch).TotalDays / Year;
}
