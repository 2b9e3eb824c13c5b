using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>The instants (UTC) as of which a contact gets a row.</summary>
public sealed class Cutoffs
{
    readonly Func<string, long?, long[]> _of;

    Cutoffs(Func<string, long?, long[]> of, long? earliest = null) => (_of, Earliest) = (of, earliest);

    /// <summary>One instant for everyone: tonight.</summary>
    public static Cutoffs At(DateTime asOf) => AtAll([asOf]);

    /// <summary>Several instants for everyone: snapshots.</summary>
    public static Cutoffs AtAll(IReadOnlyList<DateTime> instants)
    {
        long[] all = [.. instants.Select(Time.Microseconds).Distinct().Order()];
        return new Cutoffs((_, _) => all, all.Length == 0 ? null : all[0]);
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
        return new Cutoffs((contact, _) => byContact.GetValueOrDefault(contact, []), earliest);
    }

    /// <summary>So long after a contact's first trace; a contact without traces has no row.</summary>
    public static Cutoffs AfterFirstTrace(TimeSpan wait)
    {
        var microseconds = wait.Ticks / TimeSpan.TicksPerMicrosecond;
        return new Cutoffs((_, first) => first is { } at ? [at + microseconds] : []);
    }

    /// <summary>The earliest of all instants in µs since 1970, null when that is not known before the traces are.</summary>
    internal long? Earliest { get; }

    /// <summary>A contact's instants in µs since 1970, ascending.</summary>
    internal long[] Of(string contact, long? firstTrace) => _of(contact, firstTrace);
}
