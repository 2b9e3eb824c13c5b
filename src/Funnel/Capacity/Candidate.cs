using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Capacity;

/// <summary>A contact who may be offered to a municipality: consents to being shared, and is scored.</summary>
/// <param name="Household">Opaque key, null when unknown; a household holds one place at a time.</param>
/// <param name="LastPlace">
/// Day of the latest place in an earlier week, null when there was none or when that municipality never called.
/// </param>
/// <param name="DeclinedBy">Municipalities that handed the contact back.</param>
public sealed record Candidate(
    ContactId Contact,
    Likelihood Likelihood,
    Stage Stage,
    MunicipalityFit Fit,
    string? Household = null,
    DateOnly? LastPlace = null,
    IReadOnlyCollection<int>? DeclinedBy = null
);

/// <summary>A place given out in the ISO week of the run; it stays used whatever becomes of the contact.</summary>
public readonly record struct Place(int Municipality, ContactId Contact, string? Household = null);

/// <summary>A contact on a municipality's list.</summary>
/// <param name="Rank">1 is the most likely of the list.</param>
/// <param name="IsNew">Whether the place was given in this run: it is to be stored, and asks for a call.</param>
/// <param name="IsRunnerUp">Whether the contact fits another municipality better, whose list was full.</param>
public sealed record Lead(
    int Municipality,
    int Rank,
    ContactId Contact,
    Likelihood Likelihood,
    Stage Stage,
    string? Household,
    bool IsNew,
    bool IsRunnerUp
);

/// <summary>One municipality's list of the week.</summary>
/// <param name="Capacity">Places the policy gives per week.</param>
/// <param name="Used">Places used, those included whose contact is no longer shown.</param>
/// <param name="Leads">By rank.</param>
public sealed record MunicipalityList(int Municipality, int Capacity, int Used, IReadOnlyList<Lead> Leads);
