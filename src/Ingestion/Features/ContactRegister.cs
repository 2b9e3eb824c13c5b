using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>The contacts of one bucket that may be profiled, with what the register and the municipalities say of them.</summary>
static class ContactRegister
{
    /// <summary>Reads a bucket, in the order of the ids' UTF-8 bytes.</summary>
    /// <param name="asOf">The run's instant: consents and outcomes as known then.</param>
    public static IReadOnlyList<RegisteredContact> Read(
        Connection connection,
        Lake lake,
        int bucket,
        DateTime asOf,
        CancellationToken cancellation
    )
    {
        var consents = lake.Files(LakeTable.Consents, bucket);
        var consenting = Consents.Read(connection, consents, "profiling", asOf, cancellation);
        RegisteredContact[] contacts = [.. consenting.Select(c => new RegisteredContact(c.Id, c.Key))];
        if (contacts.Length == 0)
            return contacts;
        Join(
            connection,
            "FirstConsents",
            consents,
            contacts,
            (contact, chunk, row) => contact.FirstConsent = chunk.Span<long>(1)[row],
            cancellation
        );
        var versions = lake.Files(LakeTable.Contacts, bucket);
        Join(connection, "ContactVersions", versions, contacts, AddVersion, cancellation);
        var outcomes = lake.Files(LakeTable.Outcomes, bucket);
        Join(connection, "Outcomes", outcomes, contacts, AddOutcome, cancellation, ("as_of", asOf));
        return contacts;
    }

    static void AddVersion(RegisteredContact contact, Chunk chunk, int row) =>
        contact.Versions.Add(
            new ContactVersion(
                chunk.Span<long>(1)[row],
                TextOf(chunk, 2, row),
                TextOf(chunk, 3, row),
                chunk.IsNull(4, row) ? null : chunk.Span<int>(4)[row],
                chunk.IsNull(5, row) ? null : chunk.Span<int>(5)[row],
                chunk.Span<long>(6)[row]
            )
        );

    static void AddOutcome(RegisteredContact contact, Chunk chunk, int row) =>
        contact.Outcomes.Add(
            new ContactOutcome(chunk.Span<long>(1)[row], chunk.Span<long>(2)[row], chunk.Text(3, row) ?? "")
        );

    static string? TextOf(Chunk chunk, int column, int row) =>
        chunk.Text(column, row) is { Length: > 0 } text ? text : null;

    // Both sides ascend by contact: one walk over the query's rows meets every contact's own.
    static void Join(
        Connection connection,
        string query,
        IReadOnlyList<string> files,
        RegisteredContact[] contacts,
        Action<RegisteredContact, Chunk, int> add,
        CancellationToken cancellation,
        params (string, object?)[] parameters
    )
    {
        if (files.Count == 0)
            return;
        using var result = FeatureSql.Query(connection, query, files, cancellation, parameters);
        var next = 0;
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                var key = chunk.TextBytes(0, row);
                while (next < contacts.Length && contacts[next].Key.AsSpan().SequenceCompareTo(key) < 0)
                    next++;
                if (next < contacts.Length && key.SequenceEqual(contacts[next].Key))
                    add(contacts[next], chunk, row);
            }
        }
    }
}
