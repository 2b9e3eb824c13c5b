using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Mail.Templates;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Dispatch;

/// <summary>One municipality's turn: what is due, what holds of its contacts, and what is decided on each.</summary>
sealed class DispatchTurn
{
    /// <summary>A message that a server put off is tried again after so long.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>An answer that the funnel has not taken in after so long holds up nothing more.</summary>
    static readonly TimeSpan AnswerHolds = TimeSpan.FromDays(3);

    /// <summary>So many are looked up in the lake together: a long dispatch learns of what was ingested while it goes on.</summary>
    const int AtOnce = 500;

    readonly int _municipality;
    readonly LeadStore _store;
    readonly Sendings _sendings;
    readonly Home _home;
    readonly Policy _policy;
    readonly int _seed;
    readonly MailLedgers _ledgers;
    readonly TimeProvider _time;
    readonly AnswerInbox _answers;
    readonly WriteMessage _write;
    readonly AddressBook _addresses;
    readonly Dictionary<FollowUpKind, VariantCounts> _counts = [];
    readonly Dictionary<string, (MailTemplate Template, string Address)> _chosen = new(StringComparer.Ordinal);
    readonly HashSet<string> _left = new(StringComparer.Ordinal);
    readonly Tally _waiting = new();
    readonly Tally _lapsed = new();
    IReadOnlyDictionary<ContactId, DueContact> _contacts = new Dictionary<ContactId, DueContact>();
    int _messages;
    int _seen;
    int _done;

    public DispatchTurn(
        int municipality,
        Home home,
        LeadStore store,
        Policy policy,
        int seed,
        MailSettings settings,
        TemplateSet templates,
        LinkSecret secret,
        MailLedgers ledgers,
        TimeProvider time,
        TimeSpan answerTime
    )
    {
        (_municipality, _home, _store, _policy, _seed) = (municipality, home, store, policy, seed);
        (_ledgers, _time, _answers) = (ledgers, time, new AnswerInbox(home.Path, time));
        (_sendings, _addresses) = (new Sendings(store), new AddressBook(store));
        _write = new WriteMessage(settings, new LinkSigner(secret), templates, policy, Counts, seed);
        Seams = new SendSeams(Decide, HasAgreedSince, Write, Settle, Later);

        VariantCounts Counts(FollowUpKind kind)
        {
            if (!_counts.TryGetValue(kind, out var counts))
                _counts[kind] = counts = _sendings.Counts(
                    kind,
                    StockholmTime.Instant(StockholmTime.Day(Now()), 0),
                    answerTime
                );
            return counts;
        }
    }

    /// <summary>Runs that may be given the same follow-up have the same name.</summary>
    public string Name => Steps.Words.Text($"sending-{_municipality}");

    public SendSeams Seams { get; }

    /// <summary>No server answered, or none that takes mail as things are.</summary>
    public bool IsServerAway { get; private set; }

    /// <summary>Messages that are due, first those that a run before did not live to end; read when the first is asked for.</summary>
    public IEnumerable<FollowUp> Due(CancellationToken cancellation)
    {
        var left = _sendings.OnTheirWay(_municipality);
        _left.UnionWith(left.Select(step => step.Key));
        List<FollowUp> due = [.. left, .. _sendings.Due(_municipality, Now())];
        _messages = due.Count(step => step.Kind != FollowUpKind.Call);
        foreach (var some in due.Chunk(AtOnce))
        {
            _contacts = DueContacts.Read(Lake.Open(_home.Path), some, _municipality, Now(), cancellation);
            foreach (var step in some)
            {
                if (step.Kind == FollowUpKind.Call)
                {
                    LookAtCall(step);
                    continue;
                }
                _seen++;
                yield return step;
            }
        }
    }

    public DispatchFigures Figures(SendFigures sent) =>
        new(
            _municipality,
            sent.Sent,
            _done,
            _waiting.Counts,
            _lapsed.Counts,
            sent.Unreachable,
            sent.Recovered,
            sent.Uncertain,
            _messages - _seen
        );

    void LookAtCall(FollowUp call)
    {
        var contact = Of(call);
        if (
            contact.CalledAt is { } at
            && at >= StockholmTime.Instant(StockholmTime.Day(call.DueAt), 0)
            && _sendings.Done(call.Key)
        )
            _done++;
        else
            Count(_sendings.Decide(new(call, contact.Household, CallRule, Variant: ""), Now()));

        SendDecision CallRule(Stage stage, SentBefore before) =>
            MaySend.Of(call, Recipient(call, contact, stage, null), before, _policy, Now()) is var decision
            && decision.Verdict == SendVerdict.Send
                ? SendDecision.Later(Tomorrow(), DispatchCause.WithOfficer)
                : decision;
    }

    SendVerdict Decide(FollowUp followUp)
    {
        if (_left.Remove(followUp.Key))
            _sendings.Release(followUp.Key, followUp.DueAt, why: null);
        var contact = Of(followUp);
        var address = _addresses.Of(followUp.Contact);
        var template = _write.Template(followUp, address?.Language ?? contact.Language);
        var isAnswered = IsAnswered(followUp.Contact);
        var question = new SendQuestion(followUp, contact.Household, Rule, template.Name);
        var decision = _sendings.Decide(question, Now());
        if (decision is { Verdict: SendVerdict.Send })
            _chosen[followUp.Key] = (template, address!.Address);
        Count(decision);
        return decision?.Verdict ?? SendVerdict.Wait;

        SendDecision Rule(Stage stage, SentBefore before) =>
            MaySend.Of(followUp, Recipient(followUp, contact, stage, address), before, _policy, Now()) is var rule
            && rule.Verdict == SendVerdict.Send
            && isAnswered
                ? SendDecision.Later(Now().AddHours(1), DispatchCause.Answered)
                : rule;
    }

    Recipient Recipient(FollowUp followUp, DueContact contact, Stage stage, ContactAddress? address) =>
        new(
            stage,
            contact.Objected,
            contact.MayProfile,
            contact.MayMarket,
            contact.MayShare,
            // Numbers are the officers'; whether there is one they know.
            address is null
                ? [MessageChannel.Phone]
                : [MessageChannel.Phone, MessageChannel.Email],
            address is not null && _ledgers.Returns.StandingOf(address.Address).IsClosed ? [MessageChannel.Email] : [],
            Draw.IsHeldOut(followUp.Contact, stage, _policy, _seed)
        );

    /// <summary>Whether the contact has answered something that the funnel has yet to take in.</summary>
    bool IsAnswered(ContactId contact)
    {
        if (_sendings.Of(contact).Select(sent => _answers.AnsweredAt(sent.Key)?.Last).Max() is not { } answered)
            return false;
        var position = _store.PositionOf(contact);
        var isTakenIn = position?.LastSignal >= answered || position?.LastWord?.At >= answered;
        return !isTakenIn && Now() - answered < AnswerHolds;
    }

    bool HasAgreedSince(ContactId contact, DateTime stop) => _contacts.GetValueOrDefault(contact)?.MarketingAt > stop;

    OutgoingMail? Write(FollowUp followUp) =>
        _chosen.Remove(followUp.Key, out var chosen)
            ? _write.Of(followUp, chosen.Template, chosen.Address, Now())
            : null;

    bool Settle(string key, FollowUpState state, string? cause)
    {
        if (state == FollowUpState.Sent)
            return _sendings.Sent(key, isCertain: cause is null);
        // A decision has lapsed it already, and has been counted.
        if (cause is null || !_sendings.Lapse(key, cause))
            return false;
        _lapsed.Add(cause);
        return true;
    }

    void Later(FollowUp followUp, Delivery delivery)
    {
        if (delivery.State == DeliveryState.Stopped)
        {
            _sendings.Release(followUp.Key, Now(), why: null);
            return;
        }
        IsServerAway |= delivery.Code == 0;
        _sendings.Release(followUp.Key, Now() + Pause, DispatchCause.Unreachable);
    }

    void Count(SendDecision? decision)
    {
        if (decision is { Verdict: SendVerdict.Wait, Cause: { } waits })
            _waiting.Add(waits);
        if (decision is { Verdict: SendVerdict.Lapse, Cause: { } lapses })
            _lapsed.Add(lapses);
    }

    DueContact Of(FollowUp followUp) => _contacts.GetValueOrDefault(followUp.Contact) ?? DueContact.Unknown;

    DateTime Tomorrow() => StockholmTime.Instant(StockholmTime.Day(Now()).AddDays(1), 0);

    DateTime Now() => _time.GetUtcNow().UtcDateTime;
}
