using System.Data.Common;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace LeadScoring.Worker.Store;

/// <summary>A store in PostgreSQL, which several workers may share.</summary>
sealed class PostgresDialect : StoreDialect
{
    readonly NpgsqlConnectionStringBuilder _settings;

    public PostgresDialect(string connection, int patienceSeconds)
    {
        try
        {
            _settings = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException fault)
        {
            throw new WorkerException(
                WorkerException.Told(
                    "ConnectionStrings__Leads",
                    "the text is no PostgreSQL connection",
                    "Host=…;Database=…;Username=…",
                    "mend it, or leave it out to use the home's own file"
                ),
                fault
            );
        }
        // A lock that is waited for in vain ends as a fault of the statement, like SQLite's.
        _settings.Options = $"{_settings.Options} -c lock_timeout={patienceSeconds}s".TrimStart();
        Where = $"PostgreSQL {_settings.Host}:{_settings.Port}/{_settings.Database}";
    }

    public override string Name => "postgres";

    public override string Where { get; }

    /// <summary>The connection as the scheduler's own store needs it.</summary>
    public string Connection => _settings.ConnectionString;

    public override DbConnection Connect()
    {
        var connection = new NpgsqlConnection(_settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The lock is the transaction's and goes with it, whatever becomes of the process.</summary>
    public override DbTransaction BeginWriting(DbConnection connection)
    {
        var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute(Sql("lock_store"), transaction: transaction);
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <summary>Rows are locked one by one instead, so that messages go out while a run of the funnel is being written.</summary>
    public override DbTransaction BeginSending(DbConnection connection) => connection.BeginTransaction();

    public override void LockLimits(
        DbConnection connection,
        DbTransaction transaction,
        string? household,
        string week
    ) => connection.Execute(Sql("lock_limits"), new { household, week }, transaction);

    public override string? Explain(DbException fault) =>
        fault switch
        {
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => WorkerException.Told(
                Where,
                "another process is writing and did not finish in time",
                "one writer at a time",
                "wait for the other run, or end it, and run again"
            ),
            PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError } =>
                WorkerException.Told(
                    Where,
                    "the server's disk is full or failing",
                    "room for the database and its journal",
                    "make room; nothing of the interrupted step was kept, so run it again"
                ),
            PostgresException { SqlState: { } state } when LacksMeans(state) => WorkerException.Told(
                Where,
                $"the server lacks memory, or a limit set to it is reached (SQLSTATE {state})",
                "memory and temporary files enough for the statement",
                "give it more (work_mem, temp_file_limit), or less to do at once; nothing of the interrupted step was kept"
            ),
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => WorkerException.Told(
                Where,
                "the server has as many connections as it takes",
                "a connection left for every worker",
                "raise max_connections or the role's limit, or end what holds them, and run again"
            ),
            PostgresException { SqlState: { } state } when Refused(state) => WorkerException.Told(
                Where,
                $"the server refused the connection (SQLSTATE {state})",
                "a database and role that may connect and create tables",
                "mend ConnectionStrings__Leads, the role's rights or the server, and run again"
            ),
            PostgresException => null,
            NpgsqlException { InnerException: SocketException or IOException or TimeoutException } =>
                WorkerException.Told(
                    Where,
                    "the server does not answer",
                    "a running PostgreSQL that this machine reaches",
                    "start it, or mend ConnectionStrings__Leads; nothing of the interrupted step was kept"
                ),
            _ => null,
        };

    /// <summary>The rest of class 53: 53000, 53200 (memory), 53400 (a configured limit).</summary>
    static bool LacksMeans(string state) =>
        state
            is PostgresErrorCodes.InsufficientResources
                or PostgresErrorCodes.OutOfMemory
                or PostgresErrorCodes.ConfigurationLimitExceeded;

    /// <summary>Classes 28 (authorization), 3D (no such database), 57 (shutting down), 42501 (no right).</summary>
    static bool Refused(string state) =>
        state.StartsWith("28", StringComparison.Ordinal)
        || state.StartsWith("3D", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state is PostgresErrorCodes.InsufficientPrivilege;
}
