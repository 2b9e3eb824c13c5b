namespace LeadScoring.Worker.Mail.Sending;

/// <summary>What came of an attempt to send.</summary>
public enum DeliveryState
{
    /// <summary>Taken over.</summary>
    Sent,

    /// <summary>The same message had been taken over before; nothing was sent again.</summary>
    AlreadySent,

    /// <summary>Never to be taken: there is no use in trying again.</summary>
    Refused,

    /// <summary>Not taken this time; it may be tried again.</summary>
    Later,

    /// <summary>Not handed over, since the run was stopped first; nothing speaks against the next one trying at once.</summary>
    Stopped,

    /// <summary>
    /// The connection broke after the message had gone out and before its receipt: it may have arrived. Trying again
    /// could double it.
    /// </summary>
    Unknown,
}

/// <param name="Code">The server's reply code, 0 without one; its words are left out, for they may hold addresses.</param>
/// <param name="Attempts">Tries that it took.</param>
public readonly record struct Delivery(DeliveryState State, int Code = 0, int Attempts = 1)
{
    public static Delivery Sent { get; } = new(DeliveryState.Sent);
}

/// <summary>Takes messages over, a server or a folder.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Hands a message over. Whatever it throws, the message was not handed over.</summary>
    /// <exception cref="WorkerException">Nothing can be sent as things are, whatever the message.</exception>
    Task<Delivery> Send(MailEnvelope envelope, CancellationToken cancellation);

    /// <summary>Whether a message is known to have been taken over, null when this way of sending cannot tell.</summary>
    bool? WasSent(Links.MessageName name);
}
