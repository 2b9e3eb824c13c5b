using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Learning;

/// <summary>A contact of whom chance decided whether the municipality would carry on the dialogue.</summary>
/// <param name="IsHeldOut">
/// The group as drawn, whatever came of it: a contact meant to be called and never reached counts as contacted. Only so do
/// the groups differ by nothing but the draw (intention to treat).
/// </param>
/// <param name="EnteredOn">Day of the draw; the horizon begins on the day after it.</param>
/// <param name="Stage">The stage on that day.</param>
/// <param name="MovedOn">Null when the contact is not known to have moved.</param>
/// <param name="Score">What the contacts were ranked by on that day, null when they were not.</param>
public sealed record TrialContact(
    ContactId Contact,
    int Municipality,
    Stage Stage,
    bool IsHeldOut,
    DateOnly EnteredOn,
    DateOnly? MovedOn = null,
    double? Score = null
)
{
    /// <summary>Whether the contact moved by the horizon; null when the horizon had not ended before the as-of day.</summary>
    /// <remarks>
    /// A mover whose horizon is still open does not count either: in a group that is watched for a shorter time only
    /// movers would have an outcome.
    /// </remarks>
    public bool? HasMoved(int horizonDays, DateOnly asOf)
    {
        var end = EnteredOn.AddDays(horizonDays);
        return end >= asOf ? null : MovedOn > EnteredOn && MovedOn <= end;
    }

    /// <summary>Whether the contact had moved when it was drawn, so that nothing could be learnt from it.</summary>
    public bool HadMoved => MovedOn <= EnteredOn;
}
