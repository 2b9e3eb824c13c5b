using System.Data.Common;
using Dapper;
using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Ingestion.Vocabulary;
using Npgsql;

namespace LeadScoring.Worker.Store;

/// <summary>Writes a funnel's commit inside one transaction; each statement is prepared once and run for all its rows.</summary>
sealed class CommitWriter(StoreDialect dialect, DbConnection connection, DbTransaction transaction)
{
    public CommittedRows Write(FunnelCommit commit)
    {
        // Positions first: the other tables refer to them.
        var positions = Put("position", "positions", commit.Positions.Select(Parameters));
        var changes = Put("stage_change", "stage_changes", commit.Changes.Select(Parameters));
        var overtaken = LapseOvertaken(commit.Changes);
        var followUps = Put("follow_up", "follow_ups", commit.FollowUps.Select(Parameters));
        var places = Run("put_list_place", commit.Places.Select(Parameters));
        Run("put_drawn_contact", commit.Drawn.Select(Parameters));
        var (withdrawn, unshared) = WithSomethingLeft(commit);
        var (left, lapsed) = Withdraw(withdrawn);
        var (unlisted, calls) = Unshare(unshared);
        // Before the watermark, which tells whether another run came in between.
        new AheadBook(dialect, connection, transaction).Write(commit, this);
        Run("put_watermark", [Parameters(commit.Watermark)]);
        return new(positions, changes, followUps, places, left + unlisted, overtaken + lapsed + calls);
    }

    /// <summary>Many rows for one table: a statement each in the home's own file, a COPY and one statement on a server.</summary>
    int Put<T>(string row, string table, IEnumerable<T> rows) =>
        connection is NpgsqlConnection server
            ? CopiedRows.Put(server, transaction, dialect, table, rows)
            : Run($"put_{row}", rows);

    /// <summary>
    /// Of those who leave, the few who have something to leave. On a server they are told by one statement; in the home's
    /// own file asking would cost as much as doing.
    /// </summary>
    (IReadOnlyCollection<ContactId> Withdrawn, IReadOnlyCollection<ContactId> Unshared) WithSomethingLeft(
        FunnelCommit commit
    )
    {
        if (connection is not NpgsqlConnection server)
            return (commit.Withdrawn, commit.Unshared);
        var leaving = commit
            .Withdrawn.Select(contact => new { contact = contact.Value, calls_only = 0 })
            .Concat(commit.Unshared.Select(contact => new { contact = contact.Value, calls_only = 1 }));
        CopiedRows.Stage(server, transaction, dialect, "leaving", leaving);
        var told = connection
            .Query<(string Contact, int CallsOnly)>(
                dialect.Sql("leaving_with_something"),
                new { kind = StoreText.Word(FollowUpKind.Call) },
                transaction
            )
            .ToLookup(row => row.CallsOnly == 1, row => new ContactId(row.Contact));
        return ([.. told[false]], [.. told[true]]);
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
    int LapseOvertaken(IReadOnlyCollection<StageChange> changes)
    {
        var staged = connection is NpgsqlConnection ? PlannedForStaged() : null;
        List<string> overtaken =
        [
            .. changes.SelectMany(change =>
                (staged?[change.Contact.Value] ?? PlannedFor(change.Contact))
                    .Where(row => PlanFollowUps.IsOvertaken(row.FollowUp().FollowUp, change))
                    .Select(row => row.Key)
            ),
        ];
        var lapsed = StoreText.Word(FollowUpState.Lapsed);
        return Run(
            "settle_follow_up",
            overtaken.Distinct(StringComparer.Ordinal).Select(key => new { key, state = lapsed })
        );
    }

    IEnumerable<FollowUpRow> PlannedFor(ContactId contact) =>
        connection.Query<FollowUpRow>(
            dialect.Sql("follow_ups_planned_for"),
            new { contact = contact.Value },
            transaction
        );

    /// <summary>What is still planned for those who have changed their stage, who are staged on the server already.</summary>
    ILookup<string, FollowUpRow> PlannedForStaged() =>
        connection
            .Query<FollowUpRow>(dialect.Sql("follow_ups_planned_for_staged"), null, transaction)
            .ToLookup(row => row.Contact, StringComparer.Ordinal);

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
            part = StoreText.Word(place.Part),
        };

    static object Parameters(DrawnContact drawn) =>
        new
        {
            contact = drawn.Contact.Value,
            municipality = drawn.Municipality,
            stage = StoreText.Word(drawn.Stage),
            part = StoreText.Word(drawn.Part),
            drawn_on = StoreText.Day(drawn.DrawnOn),
            likelihood = drawn.Likelihood,
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
