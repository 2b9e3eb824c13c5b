namespace LeadScoring.Funnel.Matching;

/// <summary>What a contact has shown about where it would go.</summary>
/// <param name="Places">Any number of municipalities, each at most once; codes outside the 14 are passed over.</param>
/// <param name="Drivers">Reasons for moving that it declared, such as <c>quiet</c>; each once.</param>
public sealed record ContactEvidence(IReadOnlyList<MunicipalityEvidence> Places, IReadOnlyList<string> Drivers)
{
    public static ContactEvidence None { get; } = new([], []);

    public static ContactEvidence Of(params MunicipalityEvidence[] places) => new(places, []);

    public MunicipalityEvidence At(int municipality) =>
        Places.FirstOrDefault(place => place.Municipality == municipality);
}
