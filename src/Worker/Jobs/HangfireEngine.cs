using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dapper;
using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.States;
using LeadScoring.Worker.Store;
using Npgsql;

namespace LeadScoring.Worker.Jobs;

/// <summary>Hangfire behind the seam: its own schema in the store's PostgreSQL, and as many servers as there are workers.</summary>
/// <remarks>
/// A beat that nobody heard is called for once when a server is there again, like Quartz's misfires. A call that was in
/// the hands of a server that died is another's after <see cref="CallTimeout"/>, and one that fails is tried again.
/// </remarks>
sealed class HangfireEngine : IJobEngine
{
    /// <summary>Calls heard at once; a call takes milliseconds, since it carries no work.</summary>
    const int Threads = 2;

    /// <summary>Between two looks for calls whose time has come.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Without a sign of life of its server for so long, a call is another's.</summary>
    static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A lock of a server that died goes after this time. It is less than the 15 seconds for which a worker that starts
    /// waits for it, and far more than the milliseconds that a lock is held by the living.
    /// </summary>
    static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    readonly TimeProvider _time;
    Func<string?, CancellationToken, Task>? _heard;
    BackgroundJobServer? _server;

    HangfireEngine(JobStorage storage, TimeProvider time) => (Storage, _time) = (storage, time);

    /// <summary>Its tables, for the dashboard.</summary>
    public JobStorage Storage { get; }

    /// <summary>Makes its tables, or brings those of an earlier release of it up to date; one worker after the other.</summary>
    /// <exception cref="WorkerException">The database is out of reach, or the role may not make the schema.</exception>
    public static HangfireEngine Open(PostgresDialect store, TimeProvider time) =>
        store.Told(() =>
        {
            using var connection = store.Connect();
            using var transaction = connection.BeginTransaction();
            var options = new PostgreSqlStorageOptions
            {
                SchemaName = connection.ExecuteScalar<string>(
                    WorkerSql.Of("Jobs.hangfire_schema"),
                    transaction: transaction
                ),
                EnableLongPolling = true,
                UseSlidingInvisibilityTimeout = true,
                InvisibilityTimeout = CallTimeout,
                DistributedLockTimeout = LockTimeout,
                // What is wrong with the database is said at once.
                StartupConnectionMaxRetries = 0,
                AllowDegradedModeWithoutStorage = false,
            };
            try
            {
                return new HangfireEngine(
                    new PostgreSqlStorage(new NpgsqlConnectionFactory(store.Connection, options), options),
                    time
                );
            }
            catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new WorkerException(
                    WorkerException.Told(
                        store.Where,
                        $"the role may not make the schema {options.SchemaName}",
                        "a role that may, or that schema made for it",
                        $"let its owner run: create schema {options.SchemaName} authorization the_role"
                    ),
                    fault
                );
            }
        });

    public Task StartAsync(
        IReadOnlyList<Recurrence> recurrences,
        Func<string?, CancellationToken, Task> heard,
        CancellationToken cancellation
    )
    {
        _heard = heard;
        var schedule = new RecurringJobManager(Storage);
        foreach (var recurrence in recurrences)
            schedule.AddOrUpdate(
                recurrence.Job,
                Job.FromExpression<Call>(call => call.BeatAsync(recurrence.Job, CancellationToken.None)),
                Cron(recurrence),
                new RecurringJobOptions { TimeZone = recurrence.Zone, MisfireHandling = MisfireHandlingMode.Relaxed }
            );
        _server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                WorkerCount = Threads,
                SchedulePollingInterval = Look,
                Activator = new Calls(this),
            },
            Storage
        );
        return Task.CompletedTask;
    }

    public Task CallAsync(JobUnit unit, DateTimeOffset at, CancellationToken cancellation)
    {
        var words = unit.Words;
        new BackgroundJobClient(Storage).Create(
            Job.FromExpression<Call>(call => call.UnitAsync(words, CancellationToken.None)),
            at > _time.GetUtcNow() ? new ScheduledState(at.UtcDateTime) : new EnqueuedState()
        );
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is not { } server)
            return;
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
        server.Dispose();
    }

    /// <summary>Minutes, hours, day of month, month, day of week.</summary>
    internal static string Cron(Recurrence recurrence) =>
        recurrence.Minutes is { } minutes
            ? string.Create(CultureInfo.InvariantCulture, $"{(minutes == 60 ? "0" : $"*/{minutes}")} * * * *")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{recurrence.At.Minute} {recurrence.At.Hour} {recurrence.DayOfMonth?.ToString(CultureInfo.InvariantCulture) ?? "*"} * *"
            );

    /// <summary>What lies in the database by name, and is shown by it: passes a call on to whoever the engine was started for.</summary>
    [AutomaticRetry(
        Attempts = 6,
        DelaysInSeconds = [2, 10, 30, 60, 300, 900],
        OnAttemptsExceeded = AttemptsExceededAction.Delete
    )]
    internal sealed class Call(HangfireEngine engine)
    {
        [JobDisplayName("{0}")]
        public Task BeatAsync(string job, CancellationToken cancellation) => engine._heard!(job, cancellation);

        [JobDisplayName("{0}")]
        [SuppressMessage("Style", "IDE0060:Unused parameter", Justification = "It is what the dashboard shows.")]
        public Task UnitAsync(string unit, CancellationToken cancellation) => engine._heard!(null, cancellation);
    }

    sealed class Calls(HangfireEngine engine) : JobActivator
    {
        public override object ActivateJob(Type jobType) => new Call(engine);
    }
}
