using System.Data.Common;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class OpenStoreTests(StoreKind kind)
{
    static readonly Migration First = Migration.Of("0001_first", "create table one (a integer);");
    static readonly Migration Second = Migration.Of("0002_second", "create table two (a integer);");

    [Test]
    public void Opening_again_applies_nothing_twice()
    {
        using var home = new StoreHome(kind);
        LeadStore.Open(home.Path, [First]).Dispose();
        LeadStore.Open(home.Path, [First, Second]).Dispose();
        LeadStore.Open(home.Path, [First, Second]).Dispose();
        Assert.That(
            home.Ask("select string_agg(name, ',') from schema_migrations"),
            Is.EqualTo("0001_first,0002_second")
        );
        Assert.That(home.Ask("select count(*) from one, two"), Is.Zero);
    }

    [Test]
    public void A_migration_that_was_edited_after_it_was_applied_is_refused()
    {
        using var home = new StoreHome(kind);
        LeadStore.Open(home.Path, [First]).Dispose();
        var edited = Migration.Of("0001_first", "create table one (a text);");
        Assert.That(
            () => LeadStore.Open(home.Path, [edited]),
            Throws.TypeOf<WorkerException>().With.Message.Contains("0001_first").And.Message.Contains("checksum")
        );
    }

    [Test]
    public void Line_ends_do_not_make_a_migration_another() =>
        Assert.That(
            Migration.Of("0001_a", "select 1;\r\nselect 2;\r\n").Checksum,
            Is.EqualTo(Migration.Of("0001_a", "select 1;\nselect 2;\n").Checksum)
        );

    [Test]
    public void A_store_of_a_newer_release_is_refused()
    {
        using var home = new StoreHome(kind);
        LeadStore.Open(home.Path, [First, Second]).Dispose();
        Assert.That(
            () => LeadStore.Open(home.Path, [First]),
            Throws.TypeOf<WorkerException>().With.Message.Contains("newer release").And.Message.Contains("0002_second")
        );
    }

    [Test]
    public void A_migration_that_fails_leaves_the_store_as_it_was()
    {
        using var home = new StoreHome(kind);
        LeadStore.Open(home.Path, [First]).Dispose();
        var broken = Migration.Of("0002_broken", "create table two (a integer); create table one (a integer);");
        Assert.That(() => LeadStore.Open(home.Path, [First, broken]), Throws.InstanceOf<DbException>());
        Assert.That(Tables(home), Has.No.Member("two"));
        Assert.That(() => LeadStore.Open(home.Path, [First, Second]).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Many_may_open_a_new_store_at_once()
    {
        using var home = new StoreHome(kind);
        Parallel.For(
            0,
            8,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                using var store = LeadStore.Open(home.Path);
                store.CommitFunnel(Commits.Of($"k{i}"));
            }
        );
        using var all = LeadStore.Open(home.Path);
        Assert.That(all.Positions(), Has.Count.EqualTo(8));
        Assert.That(home.Ask("select count(*) from schema_migrations"), Is.EqualTo(StoreSql.Migrations(Dialect).Count));
    }

    [Test]
    public void A_store_that_another_process_writes_is_waited_for_and_then_told()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path, patienceSeconds: 1);
        var dialect = StoreDialect.Of(home.Path, patienceSeconds: 1);
        using var other = dialect.Connect();
        using var writing = dialect.BeginWriting(other);

        Assert.That(
            () => store.CommitFunnel(Commits.Of("k1")),
            Throws.TypeOf<WorkerException>().With.Message.Contains("another process is writing")
        );
        Assert.That(store.Positions(), Is.Empty, "reading goes on");
        writing.Rollback();
        Assert.That(store.CommitFunnel(Commits.Of("k1")).Positions, Is.EqualTo(1));
    }

    [Test]
    public void The_schema_steps_are_numbered_from_one_without_gaps() =>
        Assert.That(
            StoreSql.Migrations(Dialect).Select(m => m.Number),
            Is.EqualTo(Enumerable.Range(1, StoreSql.Migrations(Dialect).Count))
        );

    [Test]
    public void The_dump_shows_every_column_of_every_business_table()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        store.CommitFunnel(
            new(store.Watermark()!)
            {
                Look = new(Commits.Day, 1, Commits.Day, 1, 1, ""),
                Ahead = [new(new("k1"), 0, null)],
            }
        );
        store.Erase(new("nobody"), "5a17ed", Commits.Day);
        new Sendings(store).Decide(Commits.Sending("k1"), Commits.FollowUp("k1", Commits.Day).DueAt);
        var shown = store
            .Dump()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ', 2))
            .ToDictionary(l => l[0], l => System.Text.Json.JsonDocument.Parse(l[1]).RootElement.GetArrayLength());

        // Addresses stand nowhere but in their table.
        // What looks between nights have seen is no decision.
        // stage_changes.id is shown as the change's number within its contact; watermark.id is always 1.
        string[] elsewhere =
        [
            "schema_migrations",
            "runs",
            "alarms",
            "alarm_tellings",
            "mail_trouble",
            "contact_addresses",
            "addresses_settled",
            "users",
            "ahead_look",
            "leaning",
        ];
        foreach (var table in Tables(home).Except(elsewhere))
        {
            var columns = Columns(home, table);
            Assert.That(shown[table], Is.EqualTo(table is "watermark" ? columns - 1 : columns), table);
        }
    }

    [Test]
    public void A_run_is_told_from_its_start_to_its_end()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var at = new DateTime(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
        var id = store.RunStarted(Commits.Day, "run", at);
        store.RunStep(id, "score");
        Assert.That(store.Runs(5).Single().State, Is.EqualTo(RunState.Running));
        store.RunEnded(id, RunState.Failed, at.AddMinutes(1), """{"scored":3}""", "disk full");
        var second = store.RunStarted(Commits.Day, "train", at);

        Assert.That(
            store.Runs(5)[1],
            Is.EqualTo(
                new StoreRun(
                    id,
                    Commits.Day,
                    "run",
                    "score",
                    RunState.Failed,
                    at,
                    at.AddMinutes(1),
                    """{"scored":3}""",
                    "disk full"
                )
                {
                    QueuedAt = at,
                }
            )
        );
        Assert.That(store.Runs(1).Single().Id, Is.EqualTo(second));
    }

    [Test]
    public void A_run_that_was_killed_is_told_as_interrupted_when_its_command_begins_again()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var at = new DateTime(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
        var killed = store.RunStarted(Commits.Day, "run", at);
        var other = store.RunStarted(Commits.Day, "train", at);
        store.RunStarted(Commits.Day, "run", at.AddHours(1));

        var runs = store.Runs(5).ToDictionary(run => run.Id);
        Assert.That((runs[killed].State, runs[killed].Error), Is.EqualTo((RunState.Failed, "interrupted")));
        Assert.That(runs[other].State, Is.EqualTo(RunState.Running));
    }

    [Test]
    public void A_run_whose_process_is_gone_is_told_as_failed_by_whoever_looks_next()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var at = new DateTime(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
        var own = RunProcess.Name();
        var began = own[(own.LastIndexOf(':') + 1)..];
        var machine = Environment.MachineName;
        // No process has so high a number; this one's number, an hour before this one began, was another's.
        var gone = store.RunStarted(Commits.Day, "run", at, $"{machine}:{int.MaxValue}:{began}");
        var before = store.RunStarted(Commits.Day, "train", at, $"{machine}:{Environment.ProcessId}:20200101T000000Z");
        var elsewhere = store.RunStarted(Commits.Day, "retain", at, $"not-{machine}:{int.MaxValue}:{began}");
        var lives = store.RunStarted(Commits.Day, "dispatch", at, own);
        var nameless = store.RunStarted(Commits.Day, "ahead", at);
        var unit = new JobUnit("night", Commits.Day);
        new JobUnits(store).Put(unit, at, "schedule", 2, at);
        new JobUnits(store).Claim("night", $"{machine}:{int.MaxValue}:{began}", at, TimeSpan.FromMinutes(2));

        HandRun.CloseGone(store, at.AddHours(1));

        var runs = store.Runs(9).ToLookup(run => run.State, run => run.Id);
        Assert.That(runs[RunState.Failed], Is.EquivalentTo(new[] { gone, before }));
        Assert.That(runs[RunState.Running], Is.SupersetOf(new[] { elsewhere, lives, nameless }).And.Exactly(4).Items);
        var told = store.Runs(9).Single(run => run.Id == gone);
        Assert.That((told.EndedAt, told.Worker), Is.EqualTo((at.AddHours(1), $"{machine}:{int.MaxValue}:{began}")));
        Assert.That(told.Error, Does.StartWith("the process ended and could not note why"));
    }

    string Dialect => kind is StoreKind.Sqlite ? "sqlite" : "postgres";

    string[] Tables(StoreHome home) =>
        $"{home.Ask(kind is StoreKind.Sqlite ? "select string_agg(name, ',') from sqlite_master where type = 'table'" : "select string_agg(table_name::text, ',') from information_schema.tables where table_schema = current_schema()")}".Split(
            ','
        );

    long Columns(StoreHome home, string table) =>
        (long)
            home.Ask(
                kind is StoreKind.Sqlite
                    ? $"select count(*) from pragma_table_info('{table}')"
                    : $"select count(*) from information_schema.columns where table_schema = current_schema() and table_name = '{table}'"
            )!;
}
