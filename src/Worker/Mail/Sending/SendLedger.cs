using System.Globalization;
using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>How far the sending of one message has come.</summary>
public enum SendingState
{
    /// <summary>Never begun, or not taken and free to be tried again.</summary>
    Open,

    /// <summary>About to be handed over; whoever finds it so has come after a crash.</summary>
    Begun,
    Sent,
    Refused,

    /// <summary>It may have arrived; never tried again.</summary>
    Unknown,
}

/// <summary>What was about to be sent and what came of it, in <c>mail/sendings.ndjson</c>, by the names of messages.</summary>
public sealed class SendLedger(string home, TimeProvider time)
{
    readonly Journal<Entry> _journal = new(Path.Combine(home, "mail", "sendings.ndjson"), time);
    readonly Dictionary<string, SendingState> _states = new(StringComparer.Ordinal);
    int _read;

    public SendingState StateOf(MessageName name)
    {
        foreach (var entry in _journal.EntriesFrom(_read))
        {
            _states[entry.Name] = entry.State;
            _read++;
        }
        return _states.GetValueOrDefault(name.Hex);
    }

    public void Note(MessageName name, SendingState state) =>
        _journal.Append(
            new Entry(
                name.Hex,
                state,
                time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            )
        );

    /// <summary>Forgets that messages were ever begun; their follow-ups have to be gone, or they would be sent again.</summary>
    /// <returns>Entries that went.</returns>
    public int Forget(IReadOnlySet<MessageName> names) => _journal.Blank(entry => names.Contains(new(entry.Name)));

    sealed record Entry(string Name, SendingState State, string At);
}
