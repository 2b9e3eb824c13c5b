using System.Globalization;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail.Returns;

/// <summary>How an address has taken our messages so far.</summary>
/// <param name="HardSince">Since when (UTC) it is known not to exist; no more messages go there.</param>
/// <param name="Soft">Messages in a row that came back although the address may be right.</param>
public readonly record struct AddressStanding(DateTime? HardSince, int Soft)
{
    /// <summary>Soft returns after which an address counts as dead.</summary>
    public const int SoftLimit = 5;

    public bool IsClosed => HardSince is not null || Soft >= SoftLimit;
}

/// <summary>What came back, in <c>mail/returns.ndjson</c>: under keyed hashes, without an address.</summary>
public sealed class ReturnLedger
{
    readonly Journal<Entry> _journal;
    readonly Lock _lock = new();
    readonly Pseudonym _pseudonym;
    readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    readonly Dictionary<string, AddressStanding> _standings = new(StringComparer.Ordinal);
    readonly TimeProvider _time;
    int _read;

    public ReturnLedger(string home, LinkSecret secret, TimeProvider time)
    {
        _pseudonym = new Pseudonym(secret);
        _time = time;
        _journal = new Journal<Entry>(Path.Combine(home, "mail", "returns.ndjson"), time);
    }

    /// <summary>Asked before each message to an address.</summary>
    public AddressStanding StandingOf(string address)
    {
        lock (_lock)
        {
            ReadOn();
            return _standings.GetValueOrDefault(_pseudonym.OfAddress(address));
        }
    }

    /// <summary>Notes a return once, however often its file is read.</summary>
    /// <param name="id">Hash of the returned message.</param>
    /// <returns>Whether it was new.</returns>
    public bool Note(string id, MailReturn returned)
    {
        ArgumentNullException.ThrowIfNull(returned);
        lock (_lock)
        {
            ReadOn();
            if (_seen.Contains(id))
                return false;
            _journal.Append(
                new Entry(
                    id,
                    returned.Kind,
                    returned.Name?.Hex,
                    returned.Claim is { } claim ? _pseudonym.Of(claim.Contact) : null,
                    returned.Address is { } address ? _pseudonym.OfAddress(address) : null,
                    returned.Status,
                    _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                )
            );
            ReadOn();
            return true;
        }
    }

    /// <summary>Forgets what came back from contacts, or of messages.</summary>
    /// <returns>Entries that went.</returns>
    public int Forget(IEnumerable<ContactId> contacts, IReadOnlySet<MessageName> names)
    {
        var theirs = contacts.Select(_pseudonym.Of).ToHashSet(StringComparer.Ordinal);
        return _journal.Blank(entry =>
            (entry.Contact is { } contact && theirs.Contains(contact))
            || (entry.Name is { } name && names.Contains(new(name)))
        );
    }

    void ReadOn()
    {
        foreach (var entry in _journal.EntriesFrom(_read))
        {
            _read++;
            if (!_seen.Add(entry.Id) || entry.Address is not { } address)
                continue;
            var standing = _standings.GetValueOrDefault(address);
            _standings[address] = entry.Kind switch
            {
                ReturnKind.Hard => standing with { HardSince = standing.HardSince ?? entry.Instant },
                ReturnKind.Soft => standing with { Soft = standing.Soft + 1 },
                ReturnKind.Complaint or ReturnKind.Stop => standing,
            };
        }
    }

    sealed record Entry(
        string Id,
        ReturnKind Kind,
        string? Name,
        string? Contact,
        string? Address,
        string Status,
        string At
    )
    {
        public DateTime Instant =>
            DateTime.Parse(
                At,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            );
    }
}
