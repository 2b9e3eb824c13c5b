namespace LeadScoring.Funnel.Learning;

/// <summary>How many of a group moved.</summary>
public readonly record struct Moved(long Movers, long Contacts)
{
    /// <summary>NaN for an empty group.</summary>
    public double Share => (double)Movers / Contacts;

    public static Moved operator +(Moved a, Moved b) => new(a.Movers + b.Movers, a.Contacts + b.Contacts);
}
