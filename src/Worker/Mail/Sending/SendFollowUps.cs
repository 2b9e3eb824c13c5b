using LeadScoring.Funnel.FollowUps;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Templates;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Sends the messages that are due, each exactly once, and settles their follow-ups.</summary>
/// <remarks>
/// "About to send" is on the disk before a message is handed over, and what came of it afterwards. Who finds the first
/// without the second comes after a crash: a folder can say whether it has the message; a server cannot, and then the
/// message counts as sent, since a lost message harms less than a double one. One run at a time holds the turn: of the
/// whole home, or of the municipality whose follow-ups it is given.
/// </remarks>
/// <param name="ledgers">Kept from run to run by who runs often; null reads them anew.</param>
/// <param name="turn">Names the turn; runs that may be given the same follow-up have the same.</param>
public sealed class SendFollowUps(
    string home,
    LinkSecret secret,
    ComposeMail compose,
    IMailTransport transport,
    SendSeams seams,
    TimeProvider time,
    MailLedgers? ledgers = null,
    string turn = "sending-home"
)
{
    static readonly HeldTurn _sending = new(
        "another run is sending, or an erasure is under way",
        "one at a time",
        "nothing is lost; it is tried again with the next dispatch"
    );

    readonly MailLedgers _ledgers = ledgers ?? MailLedgers.Open(home, secret, time);
    bool _isServerAway;

    /// <param name="due">Follow-ups whose time has come, read when the turn is held; those that are no messages are left alone.</param>
    /// <exception cref="WorkerException">Another run has the turn and keeps it.</exception>
    public async Task<SendFigures> Run(IEnumerable<FollowUp> due, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(home, "mail"));
        using var held = FileTurn.Wait(Path.Combine(home, "mail", $"{turn}.lock"), time, _sending);
        _isServerAway = false;
        var figures = new SendFigures(0, 0, 0, 0, 0, 0);
        foreach (var followUp in due.Where(step => TemplateName.Kinds.Contains(step.Kind)))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = MessageName.Of(followUp.Key, secret);
            // An erasure takes this turn alone: it waits for the message at hand, and no other begins before it is over.
            using var beside = FileTurn.WaitBeside(Path.Combine(home, "mail", "sending.lock"), time, _sending);
            figures = Recovered(followUp, name, figures) ?? await Send(followUp, name, figures, cancellation);
            if (_isServerAway)
                break;
        }
        return figures;
    }

    /// <summary>Settles what an earlier run had sent; null when there is nothing of that kind and it is to be sent.</summary>
    SendFigures? Recovered(FollowUp followUp, MessageName name, SendFigures figures)
    {
        switch (_ledgers.Sendings.StateOf(name))
        {
            case SendingState.Refused:
                return Lapse(followUp, SettleCause.Refused, figures);
            case SendingState.Sent:
            case SendingState.Begun when transport.WasSent(name) == true:
                seams.Settle(followUp.Key, FollowUpState.Sent, null);
                return figures with { Sent = figures.Sent + 1, Recovered = figures.Recovered + 1 };
            case SendingState.Unknown:
            case SendingState.Begun when transport.WasSent(name) is null:
                return Uncertain(followUp, name, figures);
            default:
                return null;
        }
    }

    async Task<SendFigures> Send(
        FollowUp followUp,
        MessageName name,
        SendFigures figures,
        CancellationToken cancellation
    )
    {
        if (_ledgers.Stops.Since(followUp.Contact) is { } stopped && !seams.ConsentedAfter(followUp.Contact, stopped))
            return Lapse(followUp, SettleCause.Stopped, figures);
        switch (seams.MaySend(followUp))
        {
            case SendVerdict.Wait:
                return figures with { Waiting = figures.Waiting + 1 };
            case SendVerdict.Lapse:
                return Lapse(followUp, null, figures);
            case SendVerdict.Send:
                break;
        }
        if (seams.Write(followUp) is not { } mail || _ledgers.Returns.StandingOf(mail.Address).IsClosed)
            return Lapse(followUp, SettleCause.NoAddress, figures);
        var envelope = compose.Of(followUp, mail.Mail, mail.Links, mail.Address, time.GetUtcNow());
        using (envelope.Message)
        {
            _ledgers.Sendings.Note(name, SendingState.Begun);
            return Settled(followUp, name, await HandOver(followUp, envelope, cancellation), figures);
        }
    }

    async Task<Delivery> HandOver(FollowUp followUp, MailEnvelope envelope, CancellationToken cancellation)
    {
        try
        {
            return await transport.Send(envelope, cancellation);
        }
        catch (Exception problem)
        {
            // A transport that throws has not handed the message over; without this it would count as uncertain.
            _ledgers.Sendings.Note(envelope.Name, SendingState.Open);
            var isStopped = problem is OperationCanceledException && cancellation.IsCancellationRequested;
            seams.Later(followUp, new Delivery(isStopped ? DeliveryState.Stopped : DeliveryState.Later));
            throw;
        }
    }

    SendFigures Settled(FollowUp followUp, MessageName name, Delivery delivery, SendFigures figures)
    {
        switch (delivery.State)
        {
            case DeliveryState.Sent:
            case DeliveryState.AlreadySent:
                _ledgers.Sendings.Note(name, SendingState.Sent);
                seams.Settle(followUp.Key, FollowUpState.Sent, null);
                return figures with { Sent = figures.Sent + 1 };
            case DeliveryState.Refused:
                _ledgers.Sendings.Note(name, SendingState.Refused);
                return Lapse(followUp, SettleCause.Refused, figures);
            case DeliveryState.Later:
                _ledgers.Sendings.Note(name, SendingState.Open);
                seams.Later(followUp, delivery);
                _isServerAway = delivery.Code == 0;
                return figures with { Unreachable = figures.Unreachable + 1 };
            case DeliveryState.Unknown:
                return Uncertain(followUp, name, figures);
            default:
                throw new InvalidOperationException($"an unknown delivery {delivery.State}");
        }
    }

    SendFigures Uncertain(FollowUp followUp, MessageName name, SendFigures figures)
    {
        _ledgers.Sendings.Note(name, SendingState.Unknown);
        seams.Settle(followUp.Key, FollowUpState.Sent, SettleCause.Uncertain);
        return figures with { Sent = figures.Sent + 1, Uncertain = figures.Uncertain + 1 };
    }

    SendFigures Lapse(FollowUp followUp, string? cause, SendFigures figures)
    {
        seams.Settle(followUp.Key, FollowUpState.Lapsed, cause);
        return figures with { Lapsed = figures.Lapsed + 1 };
    }
}
