using LeadScoring.Ingestion.DuckDb;

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
)
{
    /// <summary>Reads the words of a lake; of countries and languages the most frequent ones before an instant (UTC).</summary>
    public static FeatureVocabulary Read(Lake lake, DateTime asOf, CancellationToken cancellation = default)
    {
        using var database = FeatureSql.OpenDatabase();
        using var connection = database.Connect();
        var levels = LevelsOf(connection, lake.Files(LakeTable.Contacts), asOf, cancellation);
        var kinds = lake.Dictionary.Kinds;
        return new FeatureVocabulary(
            kinds,
            lake.Dictionary.Channels,
            lake.Dictionary.Themes,
            [.. ValuedCodes(connection, lake.Files(LakeTable.Traces), cancellation).Select(code => kinds[code])],
            [.. levels["country"].Order(StringComparer.Ordinal)],
            [.. levels["language"].Order(StringComparer.Ordinal)]
        );
    }

    static List<ushort> ValuedCodes(Connection connection, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        List<ushort> codes = [];
        if (files.Count == 0)
            return codes;
        using var result = FeatureSql.Query(connection, "ValuedKinds", files, cancellation);
        while (result.Next() is { } chunk)
            codes.AddRange(chunk.Span<ushort>(0));
        return codes;
    }

    static ILookup<string, string> LevelsOf(
        Connection connection,
        IReadOnlyList<string> files,
        DateTime asOf,
        CancellationToken cancellation
    )
    {
        List<(string Field, string Level)> levels = [];
        if (files.Count > 0)
        {
            using var result = FeatureSql.Query(
                connection,
                "Levels",
                files,
                cancellation,
                ("as_of", asOf),
                ("most", FeatureCatalog.MostLevels)
            );
            while (result.Next() is { } chunk)
            {
                for (var row = 0; row < chunk.Count; row++)
                    levels.Add((chunk.Text(0, row) ?? "", chunk.Text(1, row) ?? ""));
            }
        }
        return levels.ToLookup(l => l.Field, l => l.Level, StringComparer.Ordinal);
    }
}
