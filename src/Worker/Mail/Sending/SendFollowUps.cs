using LeadScoring.Funnel.FollowUps;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Mail.Templates;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Sends the messages that are due, each exactly once, and settles their follow-ups.</summary>
/// <remarks>
/// "About to send" is on the disk before a message is handed over, and what came of it afterwards. Who finds the first
/// without the second comes after a crash: a folder can say whether it has the message; a server cannot, and then the
/// message counts as sent, since a lost message harms less than a double one. One run at a time holds the home's turn.
/// </remarks>
public sealed class SendFollowUps(
    string home,
    LinkSecret secret,
    ComposeMail compose,
    IMailTransport transport,
    SendSeams seams,
    TimeProvider time
)
{
    readonly SendLedger _ledger = new(home, time);
    readonly ReturnLedger _returns = new(home, secret, time);
    readonly StopList _stops = new(home, secret, time);

    /// <param name="due">Planned follow-ups whose time has come; those that are no messages are left alone.</param>
    public async Task<SendFigures> Run(IEnumerable<FollowUp> due, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(home, "mail"));
        using var turn = FileTurn.Wait(Path.Combine(home, "mail", "sending.lock"), time);
        var figures = new SendFigures(0, 0, 0, 0, 0, 0);
        foreach (var followUp in due.Where(step => TemplateName.Kinds.Contains(step.Kind)))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = MessageName.Of(followUp.Key, secret);
            figures = Recovered(followUp, name, figures) ?? await Send(followUp, name, figures, cancellation);
        }
        return figures;
    }

    /// <summary>Settles what an earlier run had sent; null when there is nothing of that kind and it is to be sent.</summary>
    SendFigures? Recovered(FollowUp followUp, MessageName name, SendFigures figures)
    {
        switch (_ledger.StateOf(name))
        {
            case SendingState.Refused:
                return Lapse(followUp, figures);
            case SendingState.Sent:
            case SendingState.Begun when transport.WasSent(name) == true:
                seams.Settle(followUp.Key, FollowUpState.Sent);
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
        if (_stops.Since(followUp.Contact) is { } stopped && !seams.ConsentedAfter(followUp.Contact, stopped))
            return Lapse(followUp, figures);
        switch (seams.MaySend(followUp))
        {
            case SendVerdict.Wait:
                return figures with { Waiting = figures.Waiting + 1 };
            case SendVerdict.Lapse:
                return Lapse(followUp, figures);
            case SendVerdict.Send:
                break;
        }
        if (seams.Write(followUp) is not { } mail || _returns.StandingOf(mail.Address).IsClosed)
            return Lapse(followUp, figures);
        var envelope = compose.Of(followUp, mail.Mail, mail.Links, mail.Address, time.GetUtcNow());
        using (envelope.Message)
        {
            _ledger.Note(name, SendingState.Begun);
            return Settled(followUp, name, await HandOver(envelope, cancellation), figures);
        }
    }

    async Task<Delivery> HandOver(MailEnvelope envelope, CancellationToken cancellation)
    {
        try
        {
            return await transport.Send(envelope, cancellation);
        }
        catch
        {
            // A transport that throws has not handed the message over; without this it would count as uncertain.
            _ledger.Note(envelope.Name, SendingState.Open);
            throw;
        }
    }

    SendFigures Settled(FollowUp followUp, MessageName name, Delivery delivery, SendFigures figures)
    {
        switch (delivery.State)
        {
            case DeliveryState.Sent:
            case DeliveryState.AlreadySent:
                _ledger.Note(name, SendingState.Sent);
                seams.Settle(followUp.Key, FollowUpState.Sent);
                return figures with { Sent = figures.Sent + 1 };
            case DeliveryState.Refused:
                _ledger.Note(name, SendingState.Refused);
                return Lapse(followUp, figures);
            case DeliveryState.Later:
                _ledger.Note(name, SendingState.Open);
                return figures with { Unreachable = figures.Unreachable + 1 };
            case DeliveryState.Unknown:
                return Uncertain(followUp, name, figures);
            default:
                throw new InvalidOperationException($"an unknown delivery {delivery.State}");
        }
    }

    SendFigures Uncertain(FollowUp followUp, MessageName name, SendFigures figures)
    {
        _ledger.Note(name, SendingState.Unknown);
        seams.Settle(followUp.Key, FollowUpState.Sent);
        return figures with { Sent = figures.Sent + 1, Uncertain = figures.Uncertain + 1 };
    }

    SendFigures Lapse(FollowUp followUp, SendFigures figures)
    {
        seams.Settle(followUp.Key, FollowUpState.Lapsed);
        return figures with { Lapsed = figures.Lapsed + 1 };
    }
}
