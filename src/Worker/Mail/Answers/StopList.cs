using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail.Answers;

/// <summary>How a contact asked for no more messages.</summary>
public enum StopWay
{
    /// <summary>The button on the page.</summary>
    Page,

    /// <summary>The mail program's own button (RFC 8058).</summary>
    OneClick,

    /// <summary>A message to the stop address.</summary>
    Address,

    /// <summary>Reported as unwanted at the mail provider.</summary>
    Complaint,
}

/// <summary>Who asked for no more messages: looked at before each message, so a stop holds from the instant it is given.</summary>
/// <remarks>
/// It is kept beside the lake, in <c>mail/stops.ndjson</c>, under keyed hashes, and so outlives a rebuild. The same
/// statement goes into <c>inbox/consents</c> as a withdrawal from marketing, so that the funnel learns of it.
/// </remarks>
public sealed class StopList
{
    readonly string _home;
    readonly Journal<Entry> _journal;
    readonly Lock _lock = new();
    readonly Pseudonym _pseudonym;
    readonly Dictionary<string, DateTime> _since = new(StringComparer.Ordinal);
    readonly TimeProvider _time;
    int _read;

    public StopList(string home, LinkSecret secret, TimeProvider time)
    {
        _home = home;
        _time = time;
        _pseudonym = new Pseudonym(secret);
        _journal = new Journal<Entry>(Path.Combine(home, "mail", "stops.ndjson"), time);
    }

    /// <summary>Since when (UTC) a contact wants no messages, the latest statement; null when it never said so.</summary>
    /// <remarks>Only a consent to marketing given after that instant outweighs it.</remarks>
    public DateTime? Since(ContactId contact)
    {
        lock (_lock)
        {
            foreach (var entry in _journal.EntriesFrom(_read))
            {
                _since[entry.Contact] = entry.Instant;
                _read++;
            }
            return _since.TryGetValue(_pseudonym.Of(contact), out var since) ? since : null;
        }
    }

    /// <summary>Stops further messages to a contact; when this returns, it holds.</summary>
    public void Stop(ContactId contact, StopWay way)
    {
        var at = _time.GetUtcNow().UtcDateTime;
        var text = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _journal.Append(new Entry(_pseudonym.Of(contact), text, way.ToString()));
        // Of an erased contact there is nobody whose consent could be withdrawn.
        if (!ErasedContacts.Of(_home).Contains(contact.Value))
            WithdrawalFile.Write(_home, _pseudonym.Of(contact), contact, text, way);
    }

    sealed record Entry(string Contact, string At, string Way)
    {
        public DateTime Instant =>
            DateTime.Parse(
                At,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            );
    }
}
