namespace LeadScoring.Architecture.Tests;

/// <summary>What a later project takes from an earlier one is what that one hands on, not its inner rooms.</summary>
/// <remarks>
/// Scoring sees a <c>FeatureTable</c> (and what the names of its columns mean), never the lake or the engine under it; Funnel sees a <c>LeadScore</c>, never a
/// feature or a tree. Read from compiled metadata, so a fully qualified name or an alias is seen as well.
/// </remarks>
public sealed class NamespaceUseTests
{
    static readonly string[] ScoringMayUse =
    [
        "LeadScoring.Ingestion.Vocabulary",
        "LeadScoring.Ingestion.Features.Feature",
        "LeadScoring.Ingestion.Features.FeatureTable",
        "LeadScoring.Ingestion.Features.FeatureDefinition",
        "LeadScoring.Ingestion.Features.Measure",
        "LeadScoring.Ingestion.Features.Dimension",
        "LeadScoring.Ingestion.Features.FeatureType",
        // Decides what features count, and is kept with the model like them.
        "LeadScoring.Ingestion.Machines.ClickRule",
    ];

    static readonly string[] FunnelMayUse =
    [
        "LeadScoring.Ingestion.Vocabulary",
        "LeadScoring.Scoring.LeadScore",
        "LeadScoring.Scoring.Explaining",
    ];

    [Test]
    public void Scoring_knows_the_feature_table_and_the_vocabulary_only() =>
        Assert.That(Strange(CompiledAssembly.OfProject("Scoring").ReferencedTypes, ScoringMayUse), Is.Empty);

    [Test]
    public void Funnel_knows_the_lead_score_and_the_vocabulary_only() =>
        Assert.That(Strange(CompiledAssembly.OfProject("Funnel").ReferencedTypes, FunnelMayUse), Is.Empty);

    [Test]
    public void A_type_of_the_lake_in_Scoring_is_found() =>
        Assert.That(
            Strange(
                ["System.String", "LeadScoring.Ingestion.Features.FeatureTable", "LeadScoring.Ingestion.Lake.Manifest"],
                ScoringMayUse
            ),
            Is.EqualTo(new[] { "LeadScoring.Ingestion.Lake.Manifest" })
        );

    [Test]
    public void A_type_whose_name_only_begins_like_an_allowed_one_is_found() =>
        Assert.That(
            Strange(["LeadScoring.Ingestion.Features.FeatureBuild"], ScoringMayUse),
            Is.EqualTo(new[] { "LeadScoring.Ingestion.Features.FeatureBuild" })
        );

    static IEnumerable<string> Strange(IEnumerable<string> types, string[] allowed) =>
        types
            .Where(type => type.StartsWith("LeadScoring.", StringComparison.Ordinal))
            .Where(type => !allowed.Any(room => IsWithin(type, room)));

    static bool IsWithin(string type, string room) =>
        type.StartsWith(room, StringComparison.Ordinal)
        && (type.Length == room.Length || type[room.Length] is '.' or '+' or '`');
}
