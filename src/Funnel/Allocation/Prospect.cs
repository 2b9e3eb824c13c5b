using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>Why a municipality may not be offered a contact.</summary>
public enum Bar : byte
{
    /// <summary>It may.</summary>
    None,

    /// <summary>It handed the contact, or another of the household, back.</summary>
    Declined,

    /// <summary>The contact had a place not long ago.</summary>
    Resting,

    /// <summary>The likelihood is below what earns a place on its list.</summary>
    Unlikely,

    /// <summary>Chance leaves the contact out of this municipality's dialogue, see <see cref="Learning.Draw"/>.</summary>
    HeldOut,
}

/// <summary>A contact who may be offered to one of the 14: consents to being shared, is scored, and its dialogue is open.</summary>
/// <param name="Likelihood">Probability to relocate within the horizon.</param>
/// <param name="Shares">By municipality in the order of the codes: share of the contact's leaning, 0 to 1.</param>
/// <param name="Bars">By municipality in the order of the codes; null when all are open.</param>
/// <param name="Household">Opaque key, null when unknown; a household goes to one municipality.</param>
public sealed record Prospect(
    ContactId Contact,
    double Likelihood,
    IReadOnlyList<double> Shares,
    IReadOnlyList<Bar>? Bars = null,
    string? Household = null
)
{
    /// <summary>Expected movers of one offer, in billionths: the likelihood times the share, as a whole number.</summary>
    public int Gain(int place) =>
        Bars is { } bars && bars[place] != Bar.None
            ? SolveTransport.Barred
            : (int)Math.Round(Likelihood * Shares[place] * MoversUnit);

    /// <summary>Gains are counted in billionths of a mover.</summary>
    public const double MoversUnit = 1e9;
}

/// <summary>What a municipality can take in the week.</summary>
/// <param name="Capacity">Places of the week; 0 when nobody is there to call.</param>
/// <param name="Floor">Places that are filled before gains are looked at, as far as there are contacts for them.</param>
public readonly record struct Quota(int Municipality, int Capacity, int Floor = 0);
