using System.Data.Common;
using Dapper;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Store;

/// <summary>One decision about one follow-up: what has gone out is read, and what is decided noted, before anybody else decides.</summary>
/// <remarks>
/// What two dispatchers could break together is locked first: the contact, its household, and the municipality's week.
/// In the embedded store that is the one writer's turn.
/// </remarks>
sealed class SendingTransaction(StoreDialect dialect, DbConnection connection, DbTransaction transaction)
{
    /// <summary>The longest window of the caps.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public SendDecision? Decide(SendQuestion question, DateTime now)
    {
        var planned = question.FollowUp;
        var stage = connection.QueryFirstOrDefault<string>(
            dialect.Sql("lock_recipient"),
            new { contact = planned.Contact.Value },
            transaction
        );
        // An erased contact's follow-ups are gone with it.
        if (stage is null)
            return null;
        dialect.LockLimits(connection, transaction, question.Household, $"{planned.Municipality}/{planned.Kind}");
        var decision = question.Rule(StoreText.Word<Stage>(stage), Before(planned, question.Household, now));
        return Write(question, decision, now) ? decision : null;
    }

    public bool Release(string key, DateTime lookAt, string? why)
    {
        var released = Run(
            "release_follow_up",
            new
            {
                key,
                look_at = StoreText.Instant(lookAt),
                why,
            }
        );
        Run("drop_sending", new { key });
        return released;
    }

    public bool Sent(string key, bool isCertain)
    {
        var state = isCertain ? SentState.Sent : SentState.Uncertain;
        Run("end_sending", new { key, state = StoreText.Word(state) });
        return Run(
            "end_follow_up",
            new
            {
                key,
                state = StoreText.Word(FollowUpState.Sent),
                why = (string?)null,
            }
        );
    }

    public bool End(string key, FollowUpState state, string? why)
    {
        Run("drop_sending", new { key });
        return Run(
            "end_follow_up",
            new
            {
                key,
                state = StoreText.Word(state),
                why,
            }
        );
    }

    bool Write(SendQuestion question, SendDecision decision, DateTime now)
    {
        var planned = question.FollowUp;
        switch (decision.Verdict)
        {
            case SendVerdict.Wait:
                return Run(
                    "postpone_follow_up",
                    new
                    {
                        key = planned.Key,
                        look_at = StoreText.Instant(decision.Until!.Value),
                        why = decision.Cause,
                    }
                );
            case SendVerdict.Lapse:
                return Run(
                    "end_follow_up",
                    new
                    {
                        key = planned.Key,
                        state = StoreText.Word(FollowUpState.Lapsed),
                        why = decision.Cause,
                    }
                );
            case SendVerdict.Send:
                return Run("reserve_follow_up", new { key = planned.Key })
                    && Run("put_sending", Row(question, decision, now));
            default:
                throw new InvalidOperationException($"an unknown verdict {decision.Verdict}");
        }
    }

    static object Row(SendQuestion question, SendDecision decision, DateTime now) =>
        new
        {
            key = question.FollowUp.Key,
            contact = question.FollowUp.Contact.Value,
            household = question.Household,
            municipality = question.FollowUp.Municipality,
            kind = StoreText.Word(question.FollowUp.Kind),
            stage = StoreText.Word(question.FollowUp.Stage),
            channel = StoreText.Word(decision.Channel!.Value),
            variant = question.Variant,
            reserved_at = StoreText.Instant(now),
        };

    SentBefore Before(FollowUp planned, string? household, DateTime now)
    {
        var rows = connection
            .Query<SentBeforeRow>(
                dialect.Sql("sent_before"),
                new
                {
                    contact = planned.Contact.Value,
                    household,
                    since = StoreText.Instant(now - Remembered),
                },
                transaction
            )
            .Select(row => (IsOwn: row.Contact.Equals(planned.Contact.Value, StringComparison.Ordinal), row.ReservedAt))
            .ToList();
        return new(
            [.. rows.Where(row => row.IsOwn).Select(row => StoreText.Instant(row.ReservedAt))],
            household is null ? [] : [.. rows.Select(row => StoreText.Instant(row.ReservedAt))],
            InWeek(planned, now)
        );
    }

    int InWeek(FollowUp planned, DateTime now)
    {
        var monday = IsoWeek.Monday(StockholmTime.Day(now));
        return connection.ExecuteScalar<int>(
            dialect.Sql("sent_in_week"),
            new
            {
                municipality = planned.Municipality,
                kind = StoreText.Word(planned.Kind),
                from = StoreText.Instant(StockholmTime.Instant(monday, 0)),
                until = StoreText.Instant(StockholmTime.Instant(monday.AddDays(7), 0)),
            },
            transaction
        );
    }

    bool Run(string name, object parameters) => connection.Execute(dialect.Sql(name), parameters, transaction) == 1;
}
