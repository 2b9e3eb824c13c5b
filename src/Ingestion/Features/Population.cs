using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>How many contacts a lake holds, and how many of them may be profiled.</summary>
/// <param name="Contacts">All that a trace, a register entry, a consent or an outcome names.</param>
/// <param name="Consenting">Those who may be profiled.</param>
public sealed record Population(int Contacts, int Consenting)
{
    /// <summary>Those who may not.</summary>
    public int WithoutConsent => Contacts - Consenting;

    /// <summary>Counts the contacts known as of an instant (UTC), bucket by bucket.</summary>
    public static Population Count(Lake lake, DateTime asOf, CancellationToken cancellation = default)
    {
        using var database = FeatureSql.OpenDatabase();
        using var connection = database.Connect();
        var (contacts, consenting) = (0L, 0);
        for (var bucket = 0; bucket < lake.Buckets; bucket++)
        {
            IReadOnlyList<string> files =
            [
                .. lake.Files(LakeTable.Traces, bucket),
                .. lake.Files(LakeTable.Contacts, bucket),
                .. lake.Files(LakeTable.Consents, bucket),
                .. lake.Files(LakeTable.Outcomes, bucket),
            ];
            if (files.Count == 0)
                continue;
            using (var result = FeatureSql.Query(connection, "Contacts", files, cancellation, ("as_of", asOf)))
                contacts += result.Next() is { Count: > 0 } chunk ? chunk.Span<long>(0)[0] : 0;
            var consents = lake.Files(LakeTable.Consents, bucket);
            using var statements = new ConsentStatements(
                database,
                consents,
                "profiling",
                Time.Microseconds(asOf),
                cancellation
            );
            while (statements.Next())
                consenting += statements.Consents ? 1 : 0;
        }
        return new Population((int)contacts, consenting);
    }
}
