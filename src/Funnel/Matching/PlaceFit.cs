namespace LeadScoring.Funnel.Matching;

/// <summary>Why a contact stands on this municipality's list, and which would come next, in plain words.</summary>
/// <param name="Why">In English, no trailing full stop.</param>
/// <param name="WhySwedish">The same in Swedish.</param>
/// <param name="Next">The best fit of all others, 0 when every other one handed the contact back.</param>
/// <param name="NextWhy">Why that one.</param>
/// <param name="NextWhySwedish">The same in Swedish.</param>
/// <param name="NextFitsBetter">Whether it fits better by what the contact has shown.</param>
public sealed record PlaceFit(
    int Municipality,
    string Why,
    string WhySwedish,
    int Next,
    string NextWhy,
    string NextWhySwedish,
    bool NextFitsBetter
);
