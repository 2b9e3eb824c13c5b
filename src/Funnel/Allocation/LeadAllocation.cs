using LeadScoring.Funnel.Learning;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Allocation;

/// <summary>One contact offered to one municipality.</summary>
/// <param name="ExpectedMovers">Likelihood times share.</param>
/// <param name="Part">Explored when the likelihood alone would not have made the offer.</param>
public sealed record Offer(ContactId Contact, int Municipality, double ExpectedMovers, Part Part = Part.Usual);

/// <summary>What the allocation came to in one municipality.</summary>
/// <param name="Used">Places of the week given before.</param>
/// <param name="Filled">Places given now.</param>
/// <param name="SlotPrice">Expected movers that one more place would add, over all municipalities.</param>
/// <param name="FloorPrice">Expected movers that its floor costs: what one place less of it would add.</param>
/// <param name="Explored">Of the places given now, those for contacts whom the likelihood alone would give none.</param>
public sealed record MunicipalityAllocation(
    int Municipality,
    int Capacity,
    int Floor,
    int Used,
    int Filled,
    double ExpectedMovers,
    double SlotPrice,
    double FloorPrice,
    int Explored = 0
);

/// <summary>Who is offered to whom.</summary>
/// <param name="ByMunicipality">All 14, in the order of the codes.</param>
/// <param name="Offers">By municipality, then by expected movers, then by contact.</param>
public sealed record LeadAllocation(
    IReadOnlyList<MunicipalityAllocation> ByMunicipality,
    IReadOnlyList<Offer> Offers,
    double ExpectedMovers
);

/// <summary>Why a contact is offered to its municipality, or to nobody.</summary>
public enum AllocationCause
{
    /// <summary>Offered now.</summary>
    Offered,

    /// <summary>Offered now though unlikely: drawn for one of the places that are kept for finding out.</summary>
    Explored,

    /// <summary>Has a place of this week already.</summary>
    HasPlace,

    /// <summary>Another of the household has a place or is offered now.</summary>
    SameHousehold,

    /// <summary>Every municipality has handed the contact back.</summary>
    Declined,

    /// <summary>Had a place not long ago.</summary>
    Resting,

    /// <summary>Left alone by chance, so that the effect of being contacted can be measured.</summary>
    HeldOut,

    /// <summary>Too unlikely for every list that is open to it.</summary>
    Unlikely,

    /// <summary>Every place it could have goes to somebody who adds more, or there is none.</summary>
    NoCapacity,

    /// <summary>No consent to being profiled and shared, or no score, or the dialogue is not open.</summary>
    NotProposed,
}

/// <summary>A municipality as seen by one contact.</summary>
/// <param name="ExpectedMovers">What offering the contact here would add if places were free.</param>
/// <param name="Price">What a place here is worth to others; negative where a floor asks for contacts.</param>
/// <param name="Net">The difference, by which municipalities compete for the contact.</param>
public sealed record Bid(int Municipality, double ExpectedMovers, double Price, double Net);

/// <summary>Why one contact is where it is.</summary>
/// <param name="Municipality">Where it is offered or has its place, 0 for nowhere.</param>
/// <param name="StoodFor">Whoever of the household is offered or has a place instead, null when nobody is.</param>
/// <param name="Chosen">Null when it is not offered.</param>
/// <param name="RunnerUp">The best of the others; of all, when it is not offered. Null when there is none.</param>
public sealed record AllocationReason(
    ContactId Contact,
    AllocationCause Cause,
    int Municipality,
    ContactId? StoodFor,
    Bid? Chosen,
    Bid? RunnerUp
);
