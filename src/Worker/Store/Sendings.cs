using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>What is due to go out, what is on its way, and what has gone: the store's side of a dispatch.</summary>
/// <remarks>
/// planned -> sending -> sent, or lapsed from either, or back to planned when it could not be handed over. A follow-up on
/// its way is nobody else's: a run of the funnel lapses only planned ones.
/// </remarks>
public sealed class Sendings(LeadStore store)
{
    /// <summary>Municipalities (0 for none) that have something to look at now.</summary>
    public IReadOnlyList<int> MunicipalitiesDue(DateTime now) =>
        store.Rows<int, int>("municipalities_due", code => code, new { now = StoreText.Instant(now) });

    /// <summary>What a municipality has planned and is due or has waited long enough, by due time and key.</summary>
    public IReadOnlyList<FollowUp> Due(int municipality, DateTime now) =>
        store.Rows<FollowUpRow, FollowUp>(
            "follow_ups_to_look_at",
            r => r.FollowUp().FollowUp,
            new { municipality, now = StoreText.Instant(now) }
        );

    /// <summary>What was reserved and has not ended.</summary>
    public IReadOnlyList<FollowUp> OnTheirWay(int municipality) =>
        store.Rows<FollowUpRow, FollowUp>("follow_ups_on_their_way", r => r.FollowUp().FollowUp, new { municipality });

    /// <summary>Decides on one follow-up by what has gone out so far, and writes what was decided, in one transaction.</summary>
    /// <returns>The decision; null when the follow-up is not planned any more.</returns>
    public SendDecision? Decide(SendQuestion question, DateTime now) =>
        store.Sending(
            (dialect, connection, transaction) =>
                new SendingTransaction(dialect, connection, transaction).Decide(question, now)
        );

    /// <summary>A follow-up on its way has not gone: it is planned again and looked at from an instant on.</summary>
    public bool Release(string key, DateTime lookAt, string? why) =>
        store.Sending(
            (dialect, connection, transaction) =>
                new SendingTransaction(dialect, connection, transaction).Release(key, lookAt, why)
        );

    /// <summary>A follow-up has gone out.</summary>
    /// <param name="isCertain">False when it may have arrived or not.</param>
    public bool Sent(string key, bool isCertain) =>
        store.Sending(
            (dialect, connection, transaction) =>
                new SendingTransaction(dialect, connection, transaction).Sent(key, isCertain)
        );

    /// <summary>A follow-up will not go out.</summary>
    public bool Lapse(string key, string why) => End(key, FollowUpState.Lapsed, why);

    /// <summary>A person has done it.</summary>
    public bool Done(string key) => End(key, FollowUpState.Done, why: null);

    /// <summary>Messages that went to a contact, oldest first.</summary>
    public IReadOnlyList<SentMessage> Of(ContactId contact) =>
        store.Rows<SentMessageRow, SentMessage>("sendings_of", r => r.Message(), new { contact = contact.Value });

    /// <summary>What came of each variant of one kind of message.</summary>
    /// <param name="known">Answers from this instant (UTC) on are not known yet, so that a day's choices rest on the same.</param>
    /// <param name="within">Time for which an answer is waited for.</param>
    public VariantCounts Counts(FollowUpKind kind, DateTime known, TimeSpan within) =>
        new(
            store.Rows<VariantCountRow, VariantCount>(
                "variant_counts",
                r => r.Count(),
                new
                {
                    kind = StoreText.Word(kind),
                    known = StoreText.Instant(known),
                    awaited = StoreText.Instant(known - within),
                }
            )
        );

    /// <summary>Messages sent after an instant (UTC) that are not answered, each with the contact's later changes of stage.</summary>
    public IReadOnlyList<AwaitedMessage> Unanswered(DateTime since) =>
        store.Rows<AwaitedRow, AwaitedMessage>(
            "sendings_unanswered",
            r => r.Message(),
            new { since = StoreText.Instant(since) }
        );

    /// <summary>Notes a message's first answer; false when it had one.</summary>
    public bool Answered(string key, DateTime at) =>
        store.Execute("note_answer", new { key, answered_at = StoreText.Instant(at) }) == 1;

    bool End(string key, FollowUpState state, string? why) =>
        store.Sending(
            (dialect, connection, transaction) =>
                new SendingTransaction(dialect, connection, transaction).End(key, state, why)
        );
}
