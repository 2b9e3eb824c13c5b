using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Ingestion.Features;

/// <summary>Who consents to what.</summary>
public static class Consents
{
    /// <summary>The contacts that may be used for a purpose.</summary>
    /// <remarks>
    /// The latest consent before <paramref name="asOf"/> must be granted, it must not have been withdrawn since, and no
    /// objection may stand: what a contact takes back holds at once, also for a run of an earlier day.
    /// </remarks>
    public static IReadOnlySet<string> Granted(
        Lake lake,
        Purpose purpose,
        DateTime asOf,
        CancellationToken cancellation = default
    )
    {
        var granted = new HashSet<string>(StringComparer.Ordinal);
        for (var bucket = 0; bucket < lake.Buckets; bucket++)
            granted.UnionWith(Granted(lake, bucket, purpose, asOf, cancellation));
        return granted;
    }

    /// <summary>Those of one bucket.</summary>
    /// <inheritdoc cref="Granted(Lake, Purpose, DateTime, CancellationToken)"/>
    public static IReadOnlySet<string> Granted(
        Lake lake,
        int bucket,
        Purpose purpose,
        DateTime asOf,
        CancellationToken cancellation = default
    )
    {
        var word = purpose switch
        {
            Purpose.Profiling => "profiling",
            Purpose.Marketing => "marketing",
            Purpose.Sharing => "sharing",
        };
        var granted = new HashSet<string>(StringComparer.Ordinal);
        using var database = FeatureSql.OpenDatabase();
        var files = lake.Files(LakeTable.Consents, bucket);
        using var contacts = new ConsentStatements(database, files, word, Time.Microseconds(asOf), cancellation);
        while (contacts.Next())
        {
            if (contacts.Consents)
                granted.Add(Encoding.UTF8.GetString(contacts.Contact));
        }
        return granted;
    }
}
