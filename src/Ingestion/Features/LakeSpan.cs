using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>From when to when a lake knows of anything.</summary>
/// <param name="First">The first instant (UTC).</param>
/// <param name="Last">The last instant (UTC) at which something happened or became known.</param>
public sealed record LakeSpan(DateTime First, DateTime Last)
{
    static readonly (LakeTable Table, string Query)[] _queries =
    [
        (LakeTable.Traces, "Span"),
        (LakeTable.Outcomes, "Span"),
        (LakeTable.Contacts, "RegisterSpan"),
        (LakeTable.Consents, "RegisterSpan"),
    ];

    /// <summary>The span of the facts known strictly before an instant, or null when there are none.</summary>
    public static LakeSpan? Read(Lake lake, DateTime asOf, CancellationToken cancellation = default)
    {
        using var database = FeatureSql.OpenDatabase();
        using var connection = database.Connect();
        LakeSpan? span = null;
        foreach (var (table, query) in _queries)
        {
            var files = lake.Files(table);
            if (files.Count == 0)
                continue;
            using var result = FeatureSql.Query(connection, query, files, cancellation, ("as_of", asOf));
            if (result.Next() is not { } chunk || chunk.IsNull(0, 0))
                continue;
            var first = Time.Instant(chunk.Span<long>(0)[0]);
            var last = Time.Instant(chunk.Span<long>(1)[0]);
            span = span is null ? new(first, last) : new(Min(span.First, first), Max(span.Last, last));
        }
        return span;
    }

    static DateTime Min(DateTime a, DateTime b) => a < b ? a : b;

    static DateTime Max(DateTime a, DateTime b) => a > b ? a : b;
}
