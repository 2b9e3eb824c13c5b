using LeadScoring.Funnel.FollowUps;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>A message to one address, filled in. The address is not printed with it.</summary>
public sealed record OutgoingMail(string Address, RenderedMail Mail, MailLinks Links)
{
    public override string ToString() => $"{nameof(OutgoingMail)} {{ {Mail.Subject} }}";
}

/// <summary>What sending asks of others.</summary>
/// <param name="MaySend">The policy's word: consent, caps, quiet hours. A follow-up that goes is reserved by it.</param>
/// <param name="ConsentedAfter">Whether a contact agreed to messages after an instant (UTC); only that outweighs a stop.</param>
/// <param name="Write">The message and where it goes, null when no address is known.</param>
/// <param name="Settle">Settles a follow-up, with the cause of <see cref="SettleCause"/> when there is one; one that is settled stays so.</param>
/// <param name="Later">A follow-up was not taken this time: it is planned again.</param>
public sealed record SendSeams(
    Func<FollowUp, SendVerdict> MaySend,
    Func<ContactId, DateTime, bool> ConsentedAfter,
    Func<FollowUp, OutgoingMail?> Write,
    Func<string, FollowUpState, string?, bool> Settle,
    Action<FollowUp, Delivery> Later
);

/// <summary>Fixed words for why sending itself settled a follow-up; they are stored.</summary>
public static class SettleCause
{
    /// <summary>The contact asked for no more messages.</summary>
    public const string Stopped = "stopped";

    /// <summary>No address, or one that is known to lead nowhere.</summary>
    public const string NoAddress = "no_address";

    /// <summary>The server will never take it.</summary>
    public const string Refused = "refused";

    /// <summary>Sent, or not: nobody can tell, and it is not repeated.</summary>
    public const string Uncertain = "uncertain";
}

/// <summary>What became of the messages that were due.</summary>
/// <param name="Recovered">Found sent by a run that did not live to say so; counted as sent too.</param>
/// <param name="Uncertain">May have arrived; settled as sent and never repeated; counted as sent too.</param>
/// <param name="Unreachable">Not taken by the server; they stay planned. After one to which no server answers the others are not tried.</param>
public sealed record SendFigures(int Sent, int Lapsed, int Waiting, int Unreachable, int Recovered, int Uncertain);
