using System.Collections.Concurrent;
using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;
using Npgsql;

namespace LeadScoring.Worker.Tests.Jobs;

/// <summary>Hangfire over a real PostgreSQL: what a home schedules, on one server and on several.</summary>
[Category("Hangfire")]
public sealed class HangfireEngineTests
{
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
    static readonly JobUnit Unit = new("score", new(2026, 3, 1), "07");
    static readonly Recurrence Night = new("night", new(2, 30), null, Stockholm, TimeSpan.FromHours(25));
    static readonly Recurrence Training = new("train", new(4, 0), 1, Stockholm, TimeSpan.FromDays(7));

    readonly StoreHome _home = new(StoreKind.Postgres);

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public async Task What_comes_round_is_registered_with_its_time_and_zone()
    {
        using var home = new StoreHome(StoreKind.Postgres);
        await using var engine = Open(home);
        var recurrences = JobSchedule.Recurrences(new Home(home.Path), new JobSettings(), Stockholm);
        await engine.StartAsync(recurrences, (_, _) => Task.CompletedTask, CancellationToken.None);
        await engine.StartAsync(recurrences, (_, _) => Task.CompletedTask, CancellationToken.None);
        Assert.That(
            Scheduled(engine).OrderBy(job => job.Id).Select(job => $"{job.Id}: {job.Cron} {job.TimeZoneId}"),
            Is.EqualTo(
                new[]
                {
                    "ahead: */5 * * * * UTC",
                    "bounces: */10 * * * * UTC",
                    "dispatch: */5 * * * * UTC",
                    "night: 30 2 * * * Europe/Stockholm",
                    "retain: 30 1 * * * Europe/Stockholm",
                    "train: 0 4 1 * * Europe/Stockholm",
                }
            )
        );
    }

    [Test, CancelAfter(60_000)]
    public async Task A_call_asked_for_is_heard_now_or_later(CancellationToken cancellation)
    {
        using var home = new StoreHome(StoreKind.Postgres);
        await using var engine = Open(home);
        var heard = new Heard(2);
        await engine.StartAsync([Training], heard.HearAsync, cancellation);
        await engine.CallAsync(Unit, TimeProvider.System.GetUtcNow().AddSeconds(3), cancellation);
        await engine.CallAsync(Unit, TimeProvider.System.GetUtcNow(), cancellation);
        await heard.All.WaitAsync(cancellation);
        Assert.That(heard.Jobs, Is.EqualTo(new string?[] { null, null }), "calls for nothing in particular");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_call_that_fails_is_tried_again(CancellationToken cancellation)
    {
        using var home = new StoreHome(StoreKind.Postgres);
        await using var engine = Open(home);
        var heard = new Heard(2, failures: 1);
        await engine.StartAsync([Training], heard.HearAsync, cancellation);
        await engine.CallAsync(Unit, TimeProvider.System.GetUtcNow(), cancellation);
        await heard.All.WaitAsync(cancellation);
        Assert.That(heard.Jobs, Has.Count.EqualTo(2));
    }

    /// <summary>Three nights are missed while no server is there: like Quartz, it calls once, and once for two servers.</summary>
    [Test, CancelAfter(60_000)]
    public async Task Nights_that_nobody_heard_are_called_for_once_however_many_servers_come(
        CancellationToken cancellation
    )
    {
        using var home = new StoreHome(StoreKind.Postgres);
        await using HangfireEngine first = Open(home),
            second = Open(home);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Manager(first, now.AddDays(-3))
            .AddOrUpdate(
                Night.Job,
                Job.FromExpression<HangfireEngine.Call>(call => call.BeatAsync("night", CancellationToken.None)),
                HangfireEngine.Cron(Night),
                new RecurringJobOptions { TimeZone = Stockholm }
            );
        Assert.That(Scheduled(first).Single().NextExecution, Is.LessThan(now));

        var heard = new Heard(1);
        await first.StartAsync([Night], heard.HearAsync, cancellation);
        await second.StartAsync([Night], heard.HearAsync, cancellation);
        await heard.All.WaitAsync(cancellation);
        Assert.That(Scheduled(first).Single().NextExecution, Is.GreaterThan(now), "the next call is the next night's");
        Assert.That(
            AskHangfire(home, "select count(*) from {0}.job where invocationdata::text like '%BeatAsync%'"),
            Is.EqualTo(1)
        );
        Assert.That(heard.Jobs, Is.EqualTo(new[] { "night" }));
    }

    /// <summary>A call that was taken and neither done nor given back is what a server leaves that is killed in the middle.</summary>
    [Test, CancelAfter(120_000)]
    public async Task A_beat_in_the_hands_of_a_dead_server_is_heard_by_another(CancellationToken cancellation)
    {
        using var home = new StoreHome(StoreKind.Postgres);
        await using HangfireEngine dead = Open(home),
            other = Open(home);
        var schedule = Manager(dead, TimeProvider.System.GetUtcNow().UtcDateTime);
        schedule.AddOrUpdate(
            Night.Job,
            Job.FromExpression<HangfireEngine.Call>(call => call.BeatAsync("night", CancellationToken.None)),
            HangfireEngine.Cron(Night),
            new RecurringJobOptions { TimeZone = Stockholm }
        );
        schedule.TriggerJob(Night.Job);
        var connection = dead.Storage.GetConnection();
        Assert.That(connection.FetchNextJob(["default"], cancellation).JobId, Is.Not.Empty);

        var heard = new Heard(1);
        await other.StartAsync([Night], heard.HearAsync, cancellation);
        await heard.All.WaitAsync(cancellation);
        Assert.That(heard.Jobs, Is.EqualTo(new[] { "night" }));
    }

    /// <summary>The schedule that Hangfire keeps and the beats that units are named after have to be the same.</summary>
    [TestCase("2026-03-27", 5, Description = "the night of 29 March has no 02:30")]
    [TestCase("2026-10-23", 5, Description = "the night of 25 October has two")]
    [TestCase("2026-12-30", 4)]
    public void Hangfire_calls_when_a_recurrence_says(string from, int nights)
    {
        using var engine = new Disposed(Open(_home));
        foreach (var recurrence in (Recurrence[])[Night, Training])
        {
            var at = DateTime.Parse($"{from}T12:00:00Z", CultureInfo.InvariantCulture).ToUniversalTime();
            var units = new HashSet<JobUnit>();
            for (var call = 0; call < (recurrence.DayOfMonth is null ? nights : 1); call++)
            {
                at = Next(engine.Engine, recurrence, at);
                var (unit, beat) = recurrence.Latest(at);
                Assert.That(units.Add(unit), Is.True, $"{unit} is called twice");
                Assert.That(at - beat, Is.LessThanOrEqualTo(TimeSpan.FromHours(1)), $"{unit}");
            }
            var days = units.Select(unit => unit.Day).Order().ToList();
            if (recurrence.DayOfMonth is null)
                Assert.That(days[^1].DayNumber - days[0].DayNumber, Is.EqualTo(nights - 1), "no night is left out");
        }
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(30)]
    [TestCase(60)]
    public void Hangfire_calls_every_few_minutes_when_a_recurrence_says(int minutes)
    {
        using var engine = new Disposed(Open(_home));
        var recurrence = Recurrence.Every(minutes, "dispatch", (_, _) => []);
        // Around the hour that comes twice in Stockholm.
        var at = new DateTime(2026, 10, 24, 23, 59, 30, DateTimeKind.Utc);
        for (var call = 0; call < 4; call++)
        {
            var next = Next(engine.Engine, recurrence, at);
            Assert.That(next, Is.EqualTo(recurrence.Latest(next).At));
            Assert.That(next - at, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(minutes)));
            at = next.AddSeconds(1);
        }
    }

    [Test]
    public void Its_tables_lie_beside_the_stores_in_a_schema_of_their_own()
    {
        using var home = new StoreHome(StoreKind.Postgres);
        var before = home.Ask(Tables);
        using var engine = new Disposed(Open(home));
        Assert.That(home.Ask(Tables), Is.EqualTo(before), "nothing comes to the store's own");
        Assert.That(AskHangfire(home, "select count(*) from {0}.jobqueue"), Is.Zero);
        Assert.That(home.Ask("select to_regclass('hangfire.job')::text"), Is.EqualTo(DBNull.Value), "not in another's");
    }

    [Test]
    public void A_role_that_may_not_make_the_schema_is_told_what_to_do()
    {
        using var home = new StoreHome(StoreKind.Postgres);
        var schema = $"{home.Ask("select current_schema()")}";
        home.Ask($"create role weak_{schema} login; grant usage, create on schema {schema} to weak_{schema}");
        var connection = new NpgsqlConnectionStringBuilder(Dialect(home).Connection) { Username = $"weak_{schema}" };
        Assert.That(
            () => HangfireEngine.Open(new PostgresDialect(connection.ConnectionString, 5), TimeProvider.System),
            Throws
                .InstanceOf<WorkerException>()
                .With.Message.Contains($"the role may not make the schema {schema}_hangfire")
                .And.Message.Contains($"create schema {schema}_hangfire authorization")
        );
        home.Ask($"create schema {schema}_hangfire authorization weak_{schema}");
        HangfireEngine.Open(new PostgresDialect(connection.ConnectionString, 5), TimeProvider.System);
        Assert.That(AskHangfire(home, "select count(*) from {0}.jobqueue"), Is.Zero);
    }

    const string Tables = "select count(*) from information_schema.tables where table_schema = current_schema()";

    static PostgresDialect Dialect(StoreHome home) => (PostgresDialect)StoreDialect.Of(home.Path, patienceSeconds: 5);

    static HangfireEngine Open(StoreHome home) => HangfireEngine.Open(Dialect(home), TimeProvider.System);

    static RecurringJobManager Manager(HangfireEngine engine, DateTime now) =>
        new(engine.Storage, JobFilterProviders.Providers, new DefaultTimeZoneResolver(), () => now);

    /// <summary>When it calls next after an instant, by its own reckoning.</summary>
    static DateTime Next(HangfireEngine engine, Recurrence recurrence, DateTime after)
    {
        var schedule = Manager(engine, after.AddSeconds(1));
        schedule.RemoveIfExists(recurrence.Job);
        schedule.AddOrUpdate(
            recurrence.Job,
            Job.FromExpression<HangfireEngine.Call>(call => call.BeatAsync(recurrence.Job, CancellationToken.None)),
            HangfireEngine.Cron(recurrence),
            new RecurringJobOptions { TimeZone = recurrence.Zone }
        );
        var next = Scheduled(engine)
            .Single(job => string.Equals(job.Id, recurrence.Job, StringComparison.Ordinal))
            .NextExecution!.Value;
        schedule.RemoveIfExists(recurrence.Job);
        return next;
    }

    static List<RecurringJobDto> Scheduled(HangfireEngine engine)
    {
        using var connection = engine.Storage.GetConnection();
        return connection.GetRecurringJobs();
    }

    static object? AskHangfire(StoreHome home, string sql) =>
        home.Ask(string.Format(CultureInfo.InvariantCulture, sql, $"{home.Ask("select current_schema()")}_hangfire"));

    /// <summary>Ends an engine that a synchronous test opened.</summary>
    sealed class Disposed(HangfireEngine engine) : IDisposable
    {
        public HangfireEngine Engine { get; } = engine;

        public void Dispose() => Engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Keeps what is heard, and fails as often as it is told to.</summary>
    sealed class Heard(int expected, int failures = 0)
    {
        readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly ConcurrentQueue<string?> _jobs = new();
        int _failures = failures;

        public Task All => _all.Task;

        public IReadOnlyCollection<string?> Jobs => _jobs;

        public Task HearAsync(string? job, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            _jobs.Enqueue(job);
            if (_jobs.Count >= expected)
                _all.TrySetResult();
            return Interlocked.Decrement(ref _failures) >= 0
                ? Task.FromException(new WorkerException("the store does not answer"))
                : Task.CompletedTask;
        }
    }
}
