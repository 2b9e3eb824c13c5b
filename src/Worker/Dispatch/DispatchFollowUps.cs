using LeadScoring.Funnel;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Mail.Templates;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Dispatch;

/// <summary>Does what a municipality has planned and is due: sends messages, leaves calls to its officers, lets lapse what is late.</summary>
/// <remarks>
/// What holds of a contact is looked up at this instant, not taken from the plan: its stage in the store, consents,
/// objection and household in the lake, stops and bounces in the mail folder. One instance serves one thread and is kept
/// by who runs often, since what it has read of the mail folder it need not read again.
/// </remarks>
public sealed class DispatchFollowUps(Home home, TimeProvider time, TimeSpan answerTime)
{
    static readonly TimeSpan BetweenLessons = TimeSpan.FromHours(1);

    readonly LinkSecret _secret = LinkSecret.Of(home.Path);
    MailLedgers? _ledgers;
    DateTime _learned;

    /// <param name="municipality">Its code, 0 for contacts that no municipality carries.</param>
    /// <exception cref="WorkerException">Settings or templates are wrong, another run is sending, or the mail server refuses as things are.</exception>
    public DispatchFigures Run(int municipality, CancellationToken cancellation)
    {
        var settings = MailSettings.Load(home.Path);
        _ledgers ??= MailLedgers.Open(home.Path, _secret, time);
        using var store = LeadStore.Open(home.Path);
        Learn(store);
        var turn = new DispatchTurn(
            municipality,
            home,
            store,
            ReadPolicies.Run(home).For(municipality),
            HomeSettings.Load(home.Path).Seed,
            settings,
            TemplateSet.Load(home.Path),
            _secret,
            _ledgers,
            time,
            answerTime
        );
        return SendAsync(turn, settings, store, cancellation).GetAwaiter().GetResult();
    }

    async Task<DispatchFigures> SendAsync(
        DispatchTurn turn,
        MailSettings settings,
        LeadStore store,
        CancellationToken cancellation
    )
    {
        await using var transport = settings.Transport(home.Path, time);
        var signature = settings.Dkim is { } key ? new MailSignature(key) : null;
        var send = new SendFollowUps(
            home.Path,
            _secret,
            new ComposeMail(settings, _secret, signature),
            transport,
            turn.Seams,
            time,
            _ledgers,
            turn.Name
        );
        try
        {
            var figures = turn.Figures(await send.Run(turn.Due(cancellation), cancellation));
            if (turn.IsServerAway)
                MailTrouble.Raise(store, Away(settings), Now());
            else if (figures.Sent > figures.Recovered + figures.Uncertain)
                MailTrouble.End(store);
            return figures;
        }
        catch (WorkerException problem) when (turn.IsServerAway)
        {
            MailTrouble.Raise(store, problem.Message, Now());
            throw;
        }
    }

    /// <summary>Today's choices rest on what was known when the day began, so it is enough to look now and then.</summary>
    void Learn(LeadStore store)
    {
        if (Now() - _learned < BetweenLessons && StockholmTime.Day(_learned) == StockholmTime.Day(Now()))
            return;
        LearnAnswers.Run(store, new AnswerInbox(home.Path, time), answerTime, Now());
        _learned = Now();
    }

    static string Away(MailSettings settings) =>
        WorkerException.Told(
            "mail.json smtp",
            Words.Text($"{settings.Smtp!.Host}:{settings.Smtp.Port} does not answer"),
            "a mail server",
            "start it, or mend mail.json; nothing is lost"
        );

    DateTime Now() => time.GetUtcNow().UtcDateTime;
}
