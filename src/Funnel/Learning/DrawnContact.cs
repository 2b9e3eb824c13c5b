using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Learning;

/// <summary>A contact for whom a place was at stake on a night, and what chance made of it: a row of the trial.</summary>
/// <remarks>
/// The held out are those who would have got a place had they not been held out; so both groups are chosen by the same rule,
/// and only the draw tells them apart (Johnson, Lewis and Nubbemeyer, Ghost Ads, Journal of Marketing Research 54, 2017).
/// </remarks>
/// <param name="Municipality">The one that carried the dialogue, for which the contact was drawn.</param>
/// <param name="Part">Usual or explored: got the place; held out: did not.</param>
/// <param name="Likelihood">What it was ranked by.</param>
public sealed record DrawnContact(
    ContactId Contact,
    int Municipality,
    Stage Stage,
    Part Part,
    DateOnly DrawnOn,
    double Likelihood
)
{
    /// <summary>As the effect is measured from it.</summary>
    public TrialContact Trial(DateOnly? movedOn) =>
        new(Contact, Municipality, Stage, Part == Part.HeldOut, DrawnOn, movedOn, Likelihood);
}
