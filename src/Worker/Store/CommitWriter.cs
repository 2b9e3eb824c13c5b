using System.Data.Common;
using Dapper;
using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>Writes a funnel's commit inside one transaction; each statement is prepared once and run for all its rows.</summary>
sealed class CommitWriter(StoreDialect dialect, DbConnection connection, DbTransaction transaction)
{
    public CommittedRows Write(FunnelCommit commit)
    {
        // Positions first: the other tables refer to them.
        var positions = Run("put_position", commit.Positions.Select(Parameters));
        var changes = Run("put_stage_change", commit.Changes.Select(Parameters));
        var overtaken = LapseOvertaken(commit.Changes);
        var followUps = Run("put_follow_up", commit.FollowUps.Select(Parameters));
        var places = Run("put_list_place", commit.Places.Select(Parameters));
        var (left, lapsed) = Withdraw(commit.Withdrawn);
        var (unlisted, calls) = Unshare(commit.Unshared);
        Run("put_watermark", [Parameters(commit.Watermark)]);
        return new(positions, changes, followUps, places, left + unlisted, overtaken + lapsed + calls);
    }

    /// <summary>Takes contacts off all lists and lets what is planned for them lapse; says how many places and follow-ups that were.</summary>
    public (int PlacesLeft, int FollowUpsLapsed) Withdraw(IEnumerable<ContactId> contacts)
    {
        var withdrawn = contacts.Select(c => new { contact = c.Value }).ToArray();
        return (Run("leave_lists", withdrawn), Run("lapse_follow_ups", withdrawn));
    }

    /// <summary>Takes contacts off all lists and lets the calls to them lapse; says how many places and calls that were.</summary>
    (int PlacesLeft, int CallsLapsed) Unshare(IReadOnlyCollection<ContactId> contacts) =>
        (
            Run("leave_lists", contacts.Select(c => new { contact = c.Value })),
            Run(
                "lapse_calls",
                contacts.Select(c => new { contact = c.Value, kind = StoreText.Word(FollowUpKind.Call) })
            )
        );

    /// <summary>Forgets a contact with its addresses; the other tables follow by cascade.</summary>
    /// <returns>Whether the store knew the contact.</returns>
    public bool Erase(ContactId contact, string saltedHash, DateOnly on)
    {
        Run("put_suppression", [new { hash = saltedHash, on_day = StoreText.Day(on) }]);
        Run("forget_addresses", [new { contact = contact.Value }]);
        return Run("erase_contact", [new { contact = contact.Value }]) == 1;
    }

    /// <summary>Lapses what a change of stage overtakes; the rule is the funnel's.</summary>
    int LapseOvertaken(IEnumerable<StageChange> changes)
    {
        var lapsed = 0;
        foreach (var change in changes)
        {
            var planned = connection.Query<FollowUpRow>(
                dialect.Sql("follow_ups_planned_for"),
                new { contact = change.Contact.Value },
                transaction
            );
            lapsed += Run(
                "settle_follow_up",
                planned
                    .Where(row => PlanFollowUps.IsOvertaken(row.FollowUp().FollowUp, change))
                    .Select(row => new { key = row.Key, state = StoreText.Word(FollowUpState.Lapsed) })
            );
        }
        return lapsed;
    }

    static object Parameters(FunnelPosition position) =>
        new
        {
            contact = position.Contact.Value,
            stage = StoreText.Word(position.Stage),
            since = StoreText.Day(position.Since),
            last_signal = position.LastSignal is { } at ? StoreText.Instant(at) : null,
            municipality = position.Municipality,
            runner_up = position.RunnerUp,
            cause = position.Cause,
            model_id = position.ModelId,
            as_of = StoreText.Day(position.AsOf),
            last_word = position.LastWord is { } word ? StoreText.Word(word.Kind) : null,
            last_word_at = position.LastWord is { } said ? StoreText.Instant(said.At) : null,
        };

    static object Parameters(StageChange change) =>
        new
        {
            contact = change.Contact.Value,
            as_of = StoreText.Day(change.AsOf),
            from_stage = change.From is { } from ? StoreText.Word(from) : null,
            to_stage = StoreText.Word(change.To),
            since = StoreText.Day(change.Since),
            cause = change.Cause,
            evidence = change.Evidence is { } signal ? StoreText.Word(signal.Kind) : null,
            evidence_at = change.Evidence is { } seen ? StoreText.Instant(seen.At) : null,
            evidence_municipality = change.Evidence?.Municipality,
            lift = change.Lift,
            model_id = change.ModelId,
        };

    static object Parameters(FollowUp followUp) =>
        new
        {
            key = followUp.Key,
            contact = followUp.Contact.Value,
            municipality = followUp.Municipality,
            kind = StoreText.Word(followUp.Kind),
            stage = StoreText.Word(followUp.Stage),
            due_at = StoreText.Instant(followUp.DueAt),
            cause = followUp.Cause,
        };

    static object Parameters(ListPlace place) =>
        new
        {
            iso_week = place.IsoWeek,
            municipality = place.Municipality,
            contact = place.Contact.Value,
            rank = place.Rank,
            entered_on = StoreText.Day(place.EnteredOn),
            household = place.Household,
        };

    static object Parameters(Watermark watermark) =>
        new
        {
            as_of = StoreText.Day(watermark.AsOf),
            generation = watermark.Generation,
            model_id = watermark.ModelId,
            policy_hash = watermark.PolicyHash,
        };

    /// <summary>One statement for many rows.</summary>
    public int Run<T>(string name, IEnumerable<T> rows) =>
        connection.CanCreateBatch
            ? RowBatch.Run(connection, transaction, dialect.Sql(name), rows)
            : connection.Execute(dialect.Sql(name), rows, transaction);
}
