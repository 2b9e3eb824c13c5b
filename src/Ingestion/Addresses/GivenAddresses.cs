using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Addresses;

/// <summary>Hands on the addresses that the new rows give.</summary>
static class GivenAddresses
{
    const string Any = "select exists (select 1 from given_addresses)";

    /// <summary>Nothing happens when nobody keeps addresses, or no row gives one.</summary>
    public static void Hand(Connection connection, AddressKeeping? keeping, CancellationToken cancellation)
    {
        if (keeping is not null && connection.Scalar<bool>("given addresses", Any))
            keeping.Take(Read(connection, cancellation));
    }

    static IEnumerable<GivenAddress> Read(Connection connection, CancellationToken cancellation)
    {
        using var result = connection.Query(
            "GivenAddresses.sql",
            EmbeddedSql.Read("Addresses.GivenAddresses.sql"),
            cancellation
        );
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                yield return new(
                    chunk.Text(0, row)!,
                    chunk.Text(1, row)!,
                    chunk.Text(2, row),
                    Time.Instant(chunk.Span<long>(3)[row])
                );
        }
    }
}
