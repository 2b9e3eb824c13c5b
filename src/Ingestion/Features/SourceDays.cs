using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Features;

/// <summary>When what a source reports happened.</summary>
/// <param name="Last">The last instant (UTC).</param>
/// <param name="Days">Local days on which something happened, each once, in order.</param>
public sealed record SourceDays(DateTime Last, IReadOnlyList<DateOnly> Days)
{
    /// <summary>By source, what happened strictly before an instant; sources of which the lake cannot tell are not in it.</summary>
    /// <remarks>
    /// Traces say which source they are from. The register, consents and outcomes do not: they count for a source when
    /// no other source of the lake yields them.
    /// </remarks>
    public static IReadOnlyDictionary<string, SourceDays> Read(
        Lake lake,
        SourceCatalog catalog,
        LocalCalendar calendar,
        DateTime asOf,
        CancellationToken cancellation = default
    )
    {
        var found = new SortedDictionary<string, List<DateTime>>(StringComparer.Ordinal);
        using var database = FeatureSql.OpenDatabase();
        using var connection = database.Connect();
        foreach (var table in (LakeTable[])[LakeTable.Traces, LakeTable.Visitors])
        {
            foreach (var (source, latest) in Hours(connection, "SourceHours", lake.Files(table), asOf, cancellation))
                Add(lake.Dictionary.Sources[source], latest);
        }
        foreach (var (table, source) in OnlyYielders(lake, catalog))
        {
            foreach (var (_, latest) in Hours(connection, "TableHours", lake.Files(table), asOf, cancellation))
                Add(source, latest);
        }
        return found.ToDictionary(
            pair => pair.Key,
            pair => new SourceDays(pair.Value.Max(), [.. pair.Value.Select(calendar.DateOf).Distinct().Order()]),
            StringComparer.Ordinal
        );

        void Add(string source, DateTime latest)
        {
            if (!found.TryGetValue(source, out var instants))
                found[source] = instants = [];
            instants.Add(latest);
        }
    }

    /// <summary>One instant an hour in which something happened: enough for local days, whatever the zone.</summary>
    static IEnumerable<(int Source, DateTime Latest)> Hours(
        Connection connection,
        string query,
        IReadOnlyList<string> files,
        DateTime asOf,
        CancellationToken cancellation
    )
    {
        if (files.Count == 0)
            yield break;
        using var result = FeatureSql.Query(connection, query, files, cancellation, ("as_of", asOf));
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                yield return (chunk.Span<ushort>(0)[row], Time.Instant(chunk.Span<long>(1)[row]));
        }
    }

    /// <summary>Tables without a column for the source, and the one source of the lake that fills each.</summary>
    static IEnumerable<(LakeTable, string)> OnlyYielders(Lake lake, SourceCatalog catalog)
    {
        var sources = lake.Manifest.Batches.Select(batch => batch.Source).Distinct(StringComparer.Ordinal).ToArray();
        foreach (
            var (table, yield) in new[]
            {
                (LakeTable.Contacts, Yield.Contacts),
                (LakeTable.Consents, Yield.Consents),
                (LakeTable.Outcomes, Yield.Outcomes),
            }
        )
        {
            var yielders = sources
                .Where(source => catalog.Find(source) is not { } known || Gives(known, yield))
                .ToArray();
            if (yielders.Length == 1)
                yield return (table, yielders[0]);
        }
    }

    static bool Gives(Source source, Yield yield) => source.Derived.Prepend(source).Any(part => part.Yields == yield);
}
