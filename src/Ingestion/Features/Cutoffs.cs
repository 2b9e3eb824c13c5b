using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>The instants (UTC) as of which a contact gets a row.</summary>
public sealed class Cutoffs
{
    readonly Func<string, long?, long[]> _of;

    Cutoffs(Func<string, long?, long[]> of, long? earliest, int most) => (_of, Earliest, Most) = (of, earliest, most);

    /// <summary>One instant for everyone: tonight.</summary>
    public static Cutoffs At(DateTime asOf) => AtAll([asOf]);

    /// <summary>Several instants for everyone: snapshots.</summary>
    public static Cutoffs AtAll(IReadOnlyList<DateTime> instants)
    {
        long[] all = [.. instants.Select(Time.Microseconds).Distinct().Order()];
        return new Cutoffs((_, _) => all, all.Length == 0 ? null : all[0], all.Length);
    }

    /// <summary>Each contact's own instants; a contact that is not named has no row.</summary>
    public static Cutoffs PerContact(IEnumerable<(string Contact, DateTime At)> instants)
    {
        var byContact = instants
            .GroupBy(i => i.Contact, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(i => Time.Microseconds(i.At)).Distinct().Order().ToArray(),
                StringComparer.Ordinal
            );
        var earliest = byContact.Count == 0 ? (long?)null : byContact.Values.Min(own => own[0]);
        return new Cutoffs(
            (contact, _) => byContact.GetValueOrDefault(contact, []),
            earliest,
            byContact.Values.Select(own => own.Length).DefaultIfEmpty().Max()
        );
    }

    /// <summary>So long after a contact's first trace; a contact without traces has no row.</summary>
    public static Cutoffs AfterFirstTrace(TimeSpan wait)
    {
        var microseconds = wait.Ticks / TimeSpan.TicksPerMicrosecond;
        return new Cutoffs((_, first) => first is { } at ? [at + microseconds] : [], earliest: null, most: 1);
    }

    /// <summary>Those of a share of the contacts, told by their ids: who is in a small share is in every larger one.</summary>
    /// <param name="share">0 to 1.</param>
    public Cutoffs OfShare(double share) =>
        share >= 1
            ? this
            : new((contact, first) => PlaceOf(contact) < share ? _of(contact, first) : [], Earliest, Most);

    /// <summary>Instants of a contact, at most.</summary>
    internal int Most { get; }

    // evenly from 0 to 1; other bytes of the hash than those that choose the bucket
    static double PlaceOf(string contact)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(contact), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash[^4..]) / (double)(1L << 32);
    }

    /// <summary>The earliest of all instants in µs since 1970, null when that is not known before the traces are.</summary>
    internal long? Earliest { get; }

    /// <summary>A contact's instants in µs since 1970, ascending.</summary>
    internal long[] Of(string contact, long? firstTrace) => _of(contact, firstTrace);
}
