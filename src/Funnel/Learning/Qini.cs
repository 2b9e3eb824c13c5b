namespace LeadScoring.Funnel.Learning;

/// <summary>A point of a Qini curve: what contacting only the best-ranked would have brought.</summary>
/// <param name="Depth">Share of the trial's contacts who rank at least so high.</param>
/// <param name="Gain">
/// Movers gained among the contacted down to there, as a share of all contacted: (t - c nT / nC) / NT with t movers of nT
/// contacted and c movers of nC held out.
/// </param>
public readonly record struct QiniPoint(double Depth, double Gain);

/// <summary>How well a ranking finds those whom contact moves, and not those who move anyway.</summary>
/// <remarks>
/// Radcliffe: Using control groups to target on predicted lift, Direct Marketing Analytics Journal 1 (2007), 14-21.
/// Contacts with equal scores come at once, so their order does not matter. Strata are not told apart here: with hold-out
/// shares that differ much between them, the curve is a rough one.
/// </remarks>
/// <param name="Points">From (0, 0) to depth 1, whose gain is the raw difference of the shares.</param>
/// <param name="Area">
/// Area between the curve and the straight line of a random order, in share of contacted; positive is better than random.
/// The interval is the bootstrap's, over contacts, percentiles.
/// </param>
/// <param name="Coefficient">
/// That area as a part of the best possible when contact keeps nobody from moving (Radcliffe's q0), G (1 - G) / 2 for an
/// overall gain G; null unless G is positive.
/// </param>
public sealed record Qini(IReadOnlyList<QiniPoint> Points, Interval Area, double? Coefficient)
{
    /// <summary>The last point that is no deeper than this share of the contacts.</summary>
    public QiniPoint At(double depth) => Points.Last(point => point.Depth <= depth + 1e-9);

    /// <summary>Replicates of the bootstrap.</summary>
    const int Most = 400;
    const int Fewest = 200;
    const int RowVisits = 40_000_000;

    /// <summary>Points kept of a long curve; areas are of all points.</summary>
    const int MostPoints = 100;

    /// <summary>Null when nobody has a score, or a group is empty.</summary>
    internal static Qini? Of(IReadOnlyList<Watched> watched, int seed)
    {
        var ranked = watched
            .Where(w => w.Contact.Score is not null)
            .OrderByDescending(w => w.Contact.Score)
            .ThenBy(w => w.Contact.Contact)
            .ToList();
        if (ranked.All(w => w.Contact.IsHeldOut) || ranked.All(w => !w.Contact.IsHeldOut))
            return null;
        var weights = new double[ranked.Count];
        Array.Fill(weights, 1);
        var points = Curve(ranked, weights);
        var areas = new double[Math.Clamp(RowVisits / ranked.Count, Fewest, Most)];
        for (var replicate = 0; replicate < areas.Length; replicate++)
        {
            Redraw(weights, new Draws(Draws.Mix((uint)seed) ^ Draws.Mix((ulong)replicate + 1)));
            areas[replicate] = AreaOf(Curve(ranked, weights));
        }
        var area = AreaOf(points);
        double[] sorted = [.. areas.Where(double.IsFinite).Order()];
        var gain = points[^1].Gain;
        var best = gain * (1 - gain) / 2;
        return new(
            Thinned(points),
            new(area, Quantile(sorted, 0.025), Quantile(sorted, 0.975)),
            best > 0 ? area / best : null
        );
    }

    /// <summary>As many contacts as there are, drawn with replacement: each weighs as often as it was drawn.</summary>
    static void Redraw(double[] weights, Draws draws)
    {
        Array.Clear(weights);
        for (var i = 0; i < weights.Length; i++)
            weights[draws.Below(weights.Length)]++;
    }

    /// <summary>The quantile of sorted values, between its two neighbours; NaN of none.</summary>
    static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = Math.Min((int)place, Math.Max(sorted.Length - 2, 0));
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>The curve of contacts in falling order of their scores, each as often as its weight.</summary>
    static List<QiniPoint> Curve(List<Watched> ranked, double[] weights)
    {
        double contacted = 0,
            heldOut = 0,
            movers = 0,
            moversAnyway = 0;
        var raw = new List<(double Depth, double Gain)>(ranked.Count) { (0, 0) };
        for (var i = 0; i < ranked.Count; i++)
        {
            var (contact, hasMoved) = ranked[i];
            if (contact.IsHeldOut)
                (heldOut, moversAnyway) = (heldOut + weights[i], moversAnyway + (hasMoved ? weights[i] : 0));
            else
                (contacted, movers) = (contacted + weights[i], movers + (hasMoved ? weights[i] : 0));
            var endsTie = i + 1 == ranked.Count || !ranked[i + 1].Contact.Score.Equals(contact.Score);
            if (endsTie)
                raw.Add((contacted + heldOut, movers - (heldOut > 0 ? moversAnyway * contacted / heldOut : 0)));
        }
        return [.. raw.Select(p => new QiniPoint(p.Depth / (contacted + heldOut), p.Gain / contacted))];
    }

    /// <summary>Trapezoids below the curve, less the triangle below the straight line.</summary>
    static double AreaOf(List<QiniPoint> points)
    {
        var area = 0.0;
        for (var i = 1; i < points.Count; i++)
            area += (points[i].Depth - points[i - 1].Depth) * (points[i].Gain + points[i - 1].Gain) / 2;
        return area - points[^1].Gain / 2;
    }

    static List<QiniPoint> Thinned(List<QiniPoint> points) =>
        points.Count <= MostPoints + 1
            ? points
            :
            [
                .. Enumerable
                    .Range(0, MostPoints + 1)
                    .Select(i => points[(int)((long)i * (points.Count - 1) / MostPoints)]),
            ];
}
