namespace LeadScoring.Funnel.Matching;

/// <summary>What a contact has shown for one municipality up to the as-of day; machines' traces left out.</summary>
/// <param name="Municipality">Official code.</param>
/// <param name="Views">Pages read and links followed about it (or all traces naming it, where no more is known).</param>
/// <param name="RecentViews">Those of the last 90 days; they count twice.</param>
/// <param name="Inquiries">Talks, forms and inquiries naming it.</param>
/// <param name="Answers">Answers to "could you imagine moving?" naming it.</param>
/// <param name="IsPreferred">Whether it is the one the contact last declared to prefer.</param>
public readonly record struct MunicipalityEvidence(
    int Municipality,
    double Views,
    double RecentViews = 0,
    double Inquiries = 0,
    double Answers = 0,
    bool IsPreferred = false
)
{
    /// <summary>
    /// Points: a view 1, a recent one 1 more, an inquiry 5, an answer 10, a declared preference 50. A declared wish
    /// outweighs a good many pages, as it should; it does not outweigh hundreds of them. NaN (no trace) counts as 0.
    /// </summary>
    public double Points => Read + Said;

    /// <summary>Points of what was looked at: it shows an interest, but of tourists as well.</summary>
    public double Read => Count(Views) + Count(RecentViews);

    /// <summary>Points of what the contact said itself.</summary>
    public double Said => 5 * Count(Inquiries) + 10 * Count(Answers) + (IsPreferred ? 50 : 0);

    /// <summary>Points of reading beyond what a reader of so many points would have for this place anyhow.</summary>
    /// <param name="total">All points of reading of the contact.</param>
    /// <param name="background">See <see cref="RegionalPrior.Background"/>.</param>
    internal double ReadBeyond(double total, double background) => Math.Max(0, Read - total * background);

    static double Count(double value) => double.IsNaN(value) ? 0 : Math.Max(0, value);
}
