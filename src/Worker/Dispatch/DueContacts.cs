using System.Text.Json;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Dispatch;

/// <summary>What the lake says now of a contact that something is due for.</summary>
/// <param name="MarketingAt">When it last agreed to messages (UTC), null when it never did; a stop is outweighed only by a later one.</param>
/// <param name="Household">Opaque key, null when unknown.</param>
/// <param name="Language">ISO 639-1, null when unknown.</param>
/// <param name="CalledAt">When the municipality last talked to it, null when it did not or nothing is to be called.</param>
public sealed record DueContact(
    bool Objected,
    bool MayProfile,
    bool MayMarket,
    bool MayShare,
    DateTime? MarketingAt,
    string? Household,
    string? Language,
    DateTime? CalledAt = null
)
{
    /// <summary>Nobody that the lake knows: nothing was ever agreed to.</summary>
    public static DueContact Unknown { get; } = new(false, false, false, false, null, null, null);
}

/// <summary>Looks up some contacts in the lake as it is now, without reading the others.</summary>
/// <remarks>The rule of consent is that of <see cref="Ingestion.Features.Consents"/>: what is taken back holds at once.</remarks>
public static class DueContacts
{
    /// <param name="municipality">Whose calls are due.</param>
    /// <param name="now">Instant (UTC); nothing of it or after it counts, what restricts does.</param>
    public static IReadOnlyDictionary<ContactId, DueContact> Read(
        Lake lake,
        IReadOnlyCollection<FollowUp> due,
        int municipality,
        DateTime now,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<ContactId, DueContact>();
        if (due.Count == 0)
            return found;
        var calls = due.Where(step => step.Kind == FollowUpKind.Call).Select(step => step.Contact).ToHashSet();
        using var database = Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        using var connection = database.Connect();
        var contacts = due.Select(step => step.Contact.Value).Distinct(StringComparer.Ordinal);
        foreach (var bucket in contacts.GroupBy(lake.BucketOf))
        {
            LakeViews.Create(connection, lake, bucket.Key);
            ReadBucket(connection, Ids(bucket), now, found, cancellation);
            if (bucket.Any(id => calls.Contains(new(id))))
                ReadCalls(connection, Ids(bucket), municipality, now, found, cancellation);
        }
        return found;
    }

    static void ReadBucket(
        Connection connection,
        string ids,
        DateTime now,
        Dictionary<ContactId, DueContact> found,
        CancellationToken cancellation
    )
    {
        using var rows = connection.Query(
            "due_contacts.sql",
            WorkerSql.Of("Dispatch.due_contacts"),
            cancellation,
            ("contacts", ids),
            ("now", now)
        );
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                found[new(chunk.Text(0, row)!)] = new(
                    chunk.Span<byte>(1)[row] != 0,
                    chunk.Span<byte>(2)[row] != 0,
                    chunk.Span<byte>(3)[row] != 0,
                    chunk.Span<byte>(4)[row] != 0,
                    chunk.IsNull(5, row) ? null : Time.Instant(chunk.Span<long>(5)[row]),
                    chunk.Text(6, row),
                    chunk.Text(7, row)
                );
        }
    }

    static void ReadCalls(
        Connection connection,
        string ids,
        int municipality,
        DateTime now,
        Dictionary<ContactId, DueContact> found,
        CancellationToken cancellation
    )
    {
        using var rows = connection.Query(
            "due_calls.sql",
            WorkerSql.Of("Dispatch.due_calls"),
            cancellation,
            ("contacts", ids),
            ("municipality", municipality),
            ("now", now)
        );
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                var contact = new ContactId(chunk.Text(0, row)!);
                found[contact] = found[contact] with { CalledAt = Time.Instant(chunk.Span<long>(1)[row]) };
            }
        }
    }

    /// <summary>Ids may hold anything, so they go in as JSON.</summary>
    static string Ids(IEnumerable<string> ids) => JsonSerializer.Serialize(ids.Order(StringComparer.Ordinal));
}
