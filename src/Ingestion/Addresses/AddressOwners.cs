using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Addresses;

/// <summary>Whose an address is by the lake as it stands, and whether it may be kept.</summary>
/// <remarks>
/// It is of the contact that it was tied to last, or of whom that one counts for by now. It is not kept when more than
/// four contacts have it, when that contact has withdrawn from marketing or objected, or when nothing was said on
/// marketing for half a year after the address was last given.
/// </remarks>
public sealed class AddressOwners
{
    const int MonthsWithoutAWord = 6;

    static readonly LakeTable[] _tables = [LakeTable.Links, LakeTable.Identities, LakeTable.Consents];

    readonly Lake _lake;
    readonly DateOnly _today;

    internal AddressOwners(Lake lake, TimeProvider time)
    {
        _lake = lake;
        _today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var files = lake
            .Manifest.Files.Where(file => file.Table is { } table && _tables.Contains(table))
            .Select(file => $"{file.Path} {file.Sha256}")
            .Order(StringComparer.Ordinal)
            .Append(_today.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        State = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
    }

    /// <summary>Names what the owners depend on: when it is the same, so are they. It changes at least once a month.</summary>
    public string State { get; }

    /// <summary>Those of the kept addresses that are another's now, or nobody's.</summary>
    /// <param name="kept">Gone through once.</param>
    public IReadOnlyList<OwnedAddress> Changes(IEnumerable<KeptAddress> kept, CancellationToken cancellation)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, _lake, bucket: null);
        connection.Execute("kept", "create temp table kept (subject varchar, contact varchar, taken_on date)");
        using (var rows = connection.Appender("kept"))
        {
            foreach (var address in kept)
                rows.Append(address.Subject).Append(address.Contact).Append(address.TakenOn).EndRow();
        }
        cancellation.ThrowIfCancellationRequested();
        return connection.Rows(
            "AddressOwners.sql",
            EmbeddedSql.Read("Addresses.AddressOwners.sql"),
            (chunk, row) => new OwnedAddress(chunk.Text(0, row)!, chunk.Text(1, row)),
            ("silent_from", _today.AddMonths(-MonthsWithoutAWord))
        );
    }
}
