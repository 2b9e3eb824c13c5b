using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Capacity;

/// <summary>A contact who may be offered to a municipality: consents to being shared, and is scored.</summary>
/// <param name="Carrier">The municipality that carries the dialogue, whose hold-out and exploration it is drawn for.</param>
/// <param name="Household">Opaque key, null when unknown; a household holds one place at a time.</param>
/// <param name="LastPlace">
/// Day of the latest place in an earlier week, null when there was none or when it came to nothing: that municipality
/// handed the contact back, or never called.
/// </param>
/// <param name="DeclinedBy">Municipalities that handed the contact back.</param>
public sealed record Candidate(
    ContactId Contact,
    Likelihood Likelihood,
    Stage Stage,
    int Carrier,
    string? Household = null,
    DateOnly? LastPlace = null,
    IReadOnlyCollection<int>? DeclinedBy = null
)
{
    /// <summary>Whether this municipality handed the contact back.</summary>
    public bool WasDeclinedBy(int municipality) => DeclinedBy?.Contains(municipality) == true;
}

/// <summary>A place given out in the ISO week of the run; it stays used whatever becomes of the contact.</summary>
/// <param name="Part">Explored for a place that the likelihood alone would not have given.</param>
public readonly record struct Place(
    int Municipality,
    ContactId Contact,
    string? Household = null,
    Part Part = Part.Usual
);

/// <summary>A contact on a municipality's list.</summary>
/// <param name="Rank">1 is the most likely of the list; the explored come after all others.</param>
/// <param name="IsNew">Whether the place was given in this run: it is to be stored, and asks for a call.</param>
/// <param name="IsRunnerUp">Whether the contact fits another municipality better, whose places go to others.</param>
/// <param name="Part">Explored when the likelihood alone would not have given the place.</param>
public sealed record Lead(
    int Municipality,
    int Rank,
    ContactId Contact,
    Likelihood Likelihood,
    Stage Stage,
    string? Household,
    bool IsNew,
    bool IsRunnerUp,
    Part Part = Part.Usual
);

/// <summary>One municipality's list of the week.</summary>
/// <param name="Capacity">Places there are in the week, as it stands on the day of the run.</param>
/// <param name="Used">Places used, those included whose contact is no longer shown.</param>
/// <param name="Leads">By rank.</param>
public sealed record MunicipalityList(int Municipality, int Capacity, int Used, IReadOnlyList<Lead> Leads);
