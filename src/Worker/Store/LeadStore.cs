using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Store;

/// <summary>A home's store, in its own file or in PostgreSQL: positions, their history, follow-ups, lists, the watermark and the runs.</summary>
/// <remarks>One instance serves one thread. Several processes may read while one writes.</remarks>
public sealed class LeadStore : IDisposable
{
    /// <summary>The store's file name in a home.</summary>
    public const string FileName = "leads.db";

    readonly StoreDialect _dialect;
    readonly DbConnection _connection;

    static LeadStore() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    LeadStore(StoreDialect dialect, DbConnection connection)
    {
        _dialect = dialect;
        _connection = connection;
    }

    /// <summary>Opens a home's store, made and brought up to this release when needed.</summary>
    /// <param name="patienceSeconds">How long a statement waits for another process's write.</param>
    /// <exception cref="WorkerException">Damaged, locked, not writable, out of reach, or of a newer release.</exception>
    public static LeadStore Open(string home, int patienceSeconds = 30) =>
        Open(home, migrations: null, patienceSeconds);

    internal static LeadStore Open(string home, IReadOnlyList<Migration>? migrations, int patienceSeconds = 30)
    {
        var dialect = StoreDialect.Of(home, patienceSeconds);
        return dialect.Told(() =>
        {
            var connection = dialect.Connect();
            try
            {
                Migrator.Apply(connection, migrations ?? StoreSql.Migrations(dialect.Name), dialect);
                return new LeadStore(dialect, connection);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });
    }

    /// <summary>Whether a home has a store already; one that is configured in PostgreSQL counts as there.</summary>
    public static bool Exists(string home) =>
        StoreDialect.Of(home, patienceSeconds: 0) is not SqliteDialect file || File.Exists(file.Where);

    /// <summary>Where every contact stands.</summary>
    public IReadOnlyDictionary<ContactId, FunnelPosition> Positions() => Positions(new ContactNumbers());

    /// <inheritdoc cref="Positions()"/>
    /// <param name="contacts">Whose numbers they are held by, so that ids of millions lie in memory once.</param>
    internal IReadOnlyDictionary<ContactId, FunnelPosition> Positions(ContactNumbers contacts) =>
        Told(() =>
        {
            var positions = new PackedPositions(contacts);
            using var command = _connection.CreateCommand();
            command.CommandText = _dialect.Sql("positions");
            using var reader = command.ExecuteReader();
            foreach (var position in PositionReader.All(reader))
                positions.Put(position);
            return positions;
        });

    /// <summary>Where one contact stands, null when the funnel has not met it.</summary>
    public FunnelPosition? PositionOf(ContactId contact) =>
        Rows<PositionRow, FunnelPosition>("position_of", r => r.Position(), new { contact = contact.Value })
            .FirstOrDefault();

    /// <summary>How many contacts stand in each stage, in the order of the stages; stages without any are left out.</summary>
    public IReadOnlyDictionary<Stage, int> Stages() =>
        Rows<(string Stage, long Contacts), (Stage Stage, long Contacts)>(
                "stages",
                row => (StoreText.Word<Stage>(row.Stage), row.Contacts)
            )
            .OrderBy(row => row.Stage)
            .ToDictionary(row => row.Stage, row => checked((int)row.Contacts));

    /// <summary>Everyone who has a position.</summary>
    public IEnumerable<ContactId> Contacts() => Rows<string, ContactId>("contacts_known", id => new(id));

    /// <summary>How many follow-ups are still to be done.</summary>
    public int Planned() => Told(() => checked((int)_connection.ExecuteScalar<long>(_dialect.Sql("planned"))));

    /// <summary>A contact's changes of stage, oldest first.</summary>
    public IReadOnlyList<StageChange> History(ContactId contact) =>
        Rows<StageChangeRow, StageChange>("history", r => r.Change(), new { contact = contact.Value });

    /// <summary>What the positions were last advanced with, null before the first run.</summary>
    public Watermark? Watermark() => Rows<WatermarkRow, Watermark>("watermark", r => r.Watermark()).FirstOrDefault();

    /// <summary>Who was moved since the last night, and from where.</summary>
    public IReadOnlyDictionary<ContactId, AheadStart> Ahead() => Told(() => Book().Starts());

    /// <summary>The last look between nights, null when there was none.</summary>
    public AheadLook? LastLook() => Told(() => Book().LastLook());

    /// <summary>How all contacts leaned towards the municipalities on the last night, null before the first.</summary>
    public RegionalPrior? Leaning() => Told(() => Book().Leaning());

    /// <summary>The places given out in one ISO week, by municipality and rank, those of contacts who have left included.</summary>
    public IReadOnlyList<ListPlace> ListPlaces(string isoWeek) =>
        Rows<ListPlaceRow, ListPlace>("list_places", r => r.Place(), new { iso_week = isoWeek });

    /// <summary>The latest place that each contact had in a week before this one.</summary>
    public IReadOnlyDictionary<ContactId, ListPlace> LastPlaces(string beforeIsoWeek) =>
        Rows<ListPlaceRow, ListPlace>("last_places", r => r.Place(), new { iso_week = beforeIsoWeek })
            .ToDictionary(p => p.Contact);

    /// <summary>For whom a place was at stake, by contact, and what chance made of it the first time.</summary>
    public IReadOnlyList<DrawnContact> DrawnContacts() =>
        Rows<DrawnContactRow, DrawnContact>("drawn_contacts", r => r.Drawn());

    /// <summary>Planned follow-ups due before an instant (UTC), by due time and key.</summary>
    public IReadOnlyList<StoredFollowUp> FollowUpsDue(DateTime before) =>
        Rows<FollowUpRow, StoredFollowUp>(
            "follow_ups_due",
            r => r.FollowUp(),
            new { before = StoreText.Instant(before) }
        );

    /// <summary>All follow-ups still to be done, by due time and key.</summary>
    public IReadOnlyList<StoredFollowUp> FollowUpsPlanned() =>
        Rows<FollowUpRow, StoredFollowUp>("follow_ups_planned", r => r.FollowUp());

    /// <summary>Everything ever planned for one contact, by due time and key.</summary>
    public IReadOnlyList<StoredFollowUp> FollowUpsOf(ContactId contact) =>
        Rows<FollowUpRow, StoredFollowUp>("follow_ups_of", r => r.FollowUp(), new { contact = contact.Value });

    /// <summary>The latest runs, newest first.</summary>
    public IReadOnlyList<StoreRun> Runs(int last) => Rows<RunRow, StoreRun>("runs", r => r.Run(), new { last });

    /// <summary>The salted hashes of erased contacts.</summary>
    public IReadOnlySet<string> Suppressions() =>
        Told(() => _connection.Query<string>(_dialect.Sql("suppressions")).ToHashSet(StringComparer.Ordinal));

    /// <summary>Writes what a run of the funnel decided, in one transaction with its watermark. The same commit again changes nothing.</summary>
    public CommittedRows CommitFunnel(FunnelCommit commit) => InTransaction(writer => writer.Write(commit));

    /// <summary>Takes contacts off all lists and lets what is planned for them lapse; their stage is the funnel's to change.</summary>
    public (int PlacesLeft, int FollowUpsLapsed) Withdraw(IEnumerable<ContactId> contacts) =>
        InTransaction(writer => writer.Withdraw(contacts));

    /// <summary>Marks a planned follow-up as sent, lapsed or done; false when it was settled already or is unknown.</summary>
    public bool Settle(string key, FollowUpState state) =>
        Execute("settle_follow_up", new { key, state = StoreText.Word(state) }) == 1;

    /// <summary>Forgets a contact with its history, follow-ups and places, and keeps a salted hash so that it does not come back.</summary>
    /// <returns>Whether the store knew the contact.</returns>
    public bool Erase(ContactId contact, string saltedHash, DateOnly on)
    {
        var known = InTransaction(writer => writer.Erase(contact, saltedHash, on));
        Forget();
        return known;
    }

    /// <summary>Notes that a run by hand has begun, and that earlier ones of the job that never ended were interrupted.</summary>
    /// <param name="worker">Its process, null when nobody is to look whether it still lives.</param>
    /// <returns>Its number.</returns>
    public long RunStarted(DateOnly asOf, string job, DateTime at, string? worker = null)
    {
        Execute("close_interrupted_runs", new { job, ended_at = StoreText.Instant(at) });
        return Told(() =>
            _connection.ExecuteScalar<long>(
                _dialect.Sql("start_run"),
                new
                {
                    as_of = StoreText.Day(asOf),
                    job,
                    worker,
                    started_at = StoreText.Instant(at),
                }
            )
        );
    }

    /// <summary>Runs by hand that have begun and not ended, by number, each with its process.</summary>
    public IReadOnlyList<(long Id, string? Worker)> RunsByHand() =>
        Rows<(long, string?), (long, string?)>("runs_by_hand", r => r);

    /// <summary>Notes that a run by hand has ended without saying how; one that has ended meanwhile stays as it is.</summary>
    public void RunGone(long id, DateTime at, string error) =>
        Execute(
            "close_gone_run",
            new
            {
                id,
                ended_at = StoreText.Instant(at),
                error,
            }
        );

    /// <summary>Notes the step that a run has come to.</summary>
    public void RunStep(long id, string step) => Execute("step_run", new { id, step });

    /// <summary>Notes the day that a run is as of, when that comes out later than its beginning.</summary>
    public void RunAsOf(long id, DateOnly asOf) => Execute("date_run", new { id, as_of = StoreText.Day(asOf) });

    /// <summary>Notes that a run has ended.</summary>
    /// <param name="counts">JSON object.</param>
    public void RunEnded(long id, RunState state, DateTime at, string counts = "{}", string? error = null) =>
        Execute(
            "end_run",
            new
            {
                id,
                state = StoreText.Word(state),
                ended_at = StoreText.Instant(at),
                counts,
                error,
            }
        );

    /// <summary>One decision about one message, in a transaction of its own that may run beside a run of the funnel.</summary>
    internal T Sending<T>(Func<StoreDialect, DbConnection, DbTransaction, T> work) =>
        Told(() =>
        {
            using var transaction = _dialect.BeginSending(_connection);
            var result = work(_dialect, _connection, transaction);
            transaction.Commit();
            return result;
        });

    /// <summary>All business tables as text, equal when two stores are; runs are left out.</summary>
    public string Dump() =>
        Told(() =>
            string.Concat(
                _connection
                    .Query<(string Table, string Line)>(_dialect.Sql("dump"), buffered: false)
                    .Select(r => $"{r.Table} {JsonNode.Parse(r.Line)!.ToJsonString()}\n")
            )
        );

    public void Dispose() => _connection.Dispose();

    internal List<TOut> Rows<TRow, TOut>(string name, Func<TRow, TOut> read, object? parameters = null) =>
        Told(() => _connection.Query<TRow>(_dialect.Sql(name), parameters, buffered: false).Select(read).ToList());

    internal int Execute(string name, object? parameters) =>
        Told(() => _connection.Execute(_dialect.Sql(name), parameters));

    /// <summary>One statement for many rows, in one transaction.</summary>
    internal int ExecuteAll<T>(string name, IEnumerable<T> rows) => InTransaction(writer => writer.Run(name, rows));

    /// <summary>Removes what was deleted from where it may still be read.</summary>
    internal void Forget() =>
        Told(() =>
        {
            _dialect.Forget(_connection);
            return true;
        });

    /// <summary>Goes through rows while they are read, without holding them all.</summary>
    internal T Reading<TRow, T>(string name, Func<IEnumerable<TRow>, T> use) =>
        Told(() => use(_connection.Query<TRow>(_dialect.Sql(name), buffered: false)));

    internal T InTransaction<T>(Func<CommitWriter, T> work) =>
        Told(() =>
        {
            using var transaction = _dialect.BeginWriting(_connection);
            var result = work(new CommitWriter(_dialect, _connection, transaction));
            transaction.Commit();
            return result;
        });

    AheadBook Book() => new(_dialect, _connection);

    T Told<T>(Func<T> work) => _dialect.Told(work);
}
