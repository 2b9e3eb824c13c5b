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
        using var database = FeatureSql.OpenDatabase();
        using var connection = database.Connect();
        var word = purpose switch
        {
            Purpose.Profiling => "profiling",
            Purpose.Marketing => "marketing",
            Purpose.Sharing => "sharing",
        };
        var files = lake.Files(LakeTable.Consents);
        return Read(connection, files, word, asOf, cancellation)
            .Select(contact => contact.Id)
            .ToHashSet(StringComparer.Ordinal);
    }

    internal static List<(string Id, byte[] Key)> Read(
        Connection connection,
        IReadOnlyList<string> files,
        string purpose,
        DateTime asOf,
        CancellationToken cancellation
    )
    {
        List<(string, byte[])> contacts = [];
        if (files.Count == 0)
            return contacts;
        using var result = FeatureSql.Query(
            connection,
            "Consenting",
            files,
            cancellation,
            ("purpose", purpose),
            ("as_of", asOf)
        );
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                contacts.Add((chunk.Text(0, row) ?? "", chunk.TextBytes(0, row).ToArray()));
        }
        return contacts;
    }
}
