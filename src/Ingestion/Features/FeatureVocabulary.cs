namespace LeadScoring.Ingestion.Features;

/// <summary>The words of a lake that features are made of: codes are indexes, code 0 is "none".</summary>
/// <param name="Kinds">Trace kinds by code.</param>
/// <param name="Channels">Channels by code.</param>
/// <param name="Themes">Themes by code.</param>
/// <param name="ValuedKinds">The kinds whose traces carry values.</param>
/// <param name="Countries">Countries of the register, in ordinal order.</param>
/// <param name="Languages">Languages of the register, in ordinal order.</param>
public sealed record FeatureVocabulary(
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Channels,
    IReadOnlyList<string> Themes,
    IReadOnlyList<string> ValuedKinds,
    IReadOnlyList<string> Countries,
    IReadOnlyList<string> Languages
);
