using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class JobUnitsTests(StoreKind kind)
{
    static readonly DateTime At = new(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    static readonly JobUnit Night = new("night", Commits.Day);

    StoreHome _home = null!;
    LeadStore _store = null!;
    JobUnits _queue = null!;

    [SetUp]
    public void Open()
    {
        _home = new StoreHome(kind);
        _store = LeadStore.Open(_home.Path);
        _queue = new JobUnits(_store);
    }

    [TearDown]
    public void Close()
    {
        _store.Dispose();
        _home.Dispose();
    }

    [Test]
    public void A_unit_is_queued_once_and_claimed_once()
    {
        Assert.That(Put(Night), Is.True);
        Assert.That(Put(Night), Is.False);
        Assert.That(Put(Night with { Part = "7" }), Is.True, "another part is another unit");

        var first = _queue.Claim("night", "a", At, Lease)!;
        Assert.That(
            (first.Part, first.State, first.Worker, first.Attempts),
            Is.EqualTo(("all", RunState.Running, "a", 1))
        );
        Assert.That(first.LeaseUntil, Is.EqualTo(At + Lease));
        Assert.That(_queue.Claim("night", "b", At, Lease)?.Part, Is.EqualTo("7"));
        Assert.That(_queue.Claim("night", "b", At, Lease), Is.Null);
        Assert.That(_queue.Done(first, RunState.Done, """{"scored":3}""", At), Is.True);
        Assert.That(Put(Night), Is.False, "what is done is not done again");
        Assert.That(_store.Runs(9).Single(r => r.Id == first.Id).Counts, Is.EqualTo("""{"scored":3}"""));
    }

    [Test]
    public void A_unit_waits_for_its_time_and_other_jobs_are_left_alone()
    {
        _queue.Put(Night, At.AddSeconds(1), "schedule", 3, At);
        Assert.That(_queue.Claim("night", "a", At, Lease), Is.Null);
        Assert.That(_queue.Claim("train", "a", At.AddHours(1), Lease), Is.Null);
        Assert.That(_queue.Claim("night", "a", At.AddSeconds(1), Lease), Is.Not.Null);
    }

    [Test]
    public void A_dead_workers_unit_is_taken_over_after_its_lease_and_the_dead_one_has_no_say()
    {
        Put(Night);
        var first = _queue.Claim("night", "a", At, Lease)!;
        Assert.That(_queue.Renew(first, At + Lease + Lease), Is.True);
        Assert.That(_queue.Claim("night", "b", At + Lease, Lease), Is.Null, "the lease was renewed");

        var second = _queue.Claim("night", "b", At + Lease + Lease, Lease)!;
        Assert.That((second.Id, second.Attempts), Is.EqualTo((first.Id, 2)));
        Assert.That(_queue.Renew(first, At.AddHours(1)), Is.False);
        Assert.That(_queue.Step(first, "score"), Is.False);
        Assert.That(_queue.Done(first, RunState.Done, "{}", At), Is.False);
        Assert.That(_queue.Failed(first, "late", At, At), Is.False);
        Assert.That(_queue.Release(first, At), Is.False);
        Assert.That(_queue.Done(second, RunState.Done, "{}", At.AddHours(1)), Is.True);
    }

    [Test]
    public void One_that_takes_over_its_own_unit_is_another_holder()
    {
        Put(Night);
        var first = _queue.Claim("night", "a", At, Lease)!;
        var second = _queue.Claim("night", "a", At + Lease, Lease)!;
        Assert.That(_queue.Done(first, RunState.Done, "{}", At), Is.False);
        Assert.That(_queue.Done(second, RunState.Done, "{}", At), Is.True);
    }

    [Test]
    public void A_failing_unit_is_tried_again_when_due_then_dead_then_restarted()
    {
        _queue.Put(Night, At, "schedule", 2, At);
        _queue.Failed(_queue.Claim("night", "a", At, Lease)!, "no policy", At.AddMinutes(1), At);
        Assert.That(_queue.Claim("night", "a", At, Lease), Is.Null);
        Assert.That(_queue.Dead(), Is.Empty);

        var last = _queue.Claim("night", "a", At.AddMinutes(1), Lease)!;
        _queue.Failed(last, "no policy", At.AddMinutes(5), At.AddMinutes(1));
        Assert.That(_queue.Claim("night", "a", At.AddDays(1), Lease), Is.Null);
        Assert.That(_queue.Dead().Single().Error, Is.EqualTo("no policy"));

        Assert.That(_queue.Restart(last.Id + 1, At), Is.False);
        Assert.That(_queue.Restart(last.Id, At), Is.True);
        Assert.That(_queue.Restart(last.Id, At), Is.False, "it is not dead any more");
        Assert.That(_queue.Claim("night", "b", At, Lease)?.Attempts, Is.EqualTo(1));
    }

    [Test]
    public void A_unit_that_kills_every_worker_is_given_up()
    {
        _queue.Put(Night, At, "schedule", 2, At);
        _queue.Claim("night", "a", At, Lease);
        Assert.That(_queue.BuryLost(At + Lease), Is.Zero, "one attempt is left");
        _queue.Claim("night", "b", At + Lease, Lease);
        Assert.That(_queue.BuryLost(At + Lease), Is.Zero, "the lease holds");
        Assert.That(_queue.Claim("night", "c", At.AddDays(1), Lease), Is.Null);
        Assert.That(_queue.BuryLost(At.AddDays(1)), Is.EqualTo(1));
        Assert.That(_queue.Dead().Single().Error, Does.Contain("without a word"));
    }

    [Test]
    public void A_unit_given_back_loses_no_attempt()
    {
        Put(Night);
        _queue.Release(_queue.Claim("night", "a", At, Lease)!, At);
        Assert.That(_queue.Claim("night", "b", At, Lease)?.Attempts, Is.EqualTo(1));
    }

    [Test]
    public void Many_workers_claim_each_unit_once()
    {
        const int Units = 40;
        for (var part = 0; part < Units; part++)
            Put(Night with { Part = $"{part}" });
        var claimed = new System.Collections.Concurrent.ConcurrentBag<long>();
        var workers = Enumerable.Range(0, 4).Select(w => new Thread(() => ClaimAll($"w{w}"))).ToArray();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        Assert.That(claimed, Has.Count.EqualTo(Units).And.Unique);

        void ClaimAll(string worker)
        {
            using var store = LeadStore.Open(_home.Path);
            var queue = new JobUnits(store);
            while (queue.Claim("night", worker, At, Lease) is { } unit)
                claimed.Add(unit.Id);
        }
    }

    [Test]
    public void A_store_of_the_first_release_is_brought_up_with_all_it_holds()
    {
        using var home = new StoreHome(kind);
        var dialect = StoreDialect.Of(home.Path, patienceSeconds: 5);
        LeadStore.Open(home.Path, [.. StoreSql.Migrations(dialect.Name).Take(1)]).Dispose();
        string[] old =
        [
            "insert into positions values ('k1','interest','2026-03-01',null,2582,0,'likelihood',null,'2026-03-02',null,null)",
            "insert into runs (as_of, command, step, state, started_at, ended_at, counts, error) values ('2026-03-01','run','score','failed','2026-03-01T01:30:00.000000Z','2026-03-01T01:31:00.000000Z','{\"scored\":3}','interrupted')",
            "insert into runs (as_of, command, step, state, started_at, counts) values ('2026-03-02','run','','running','2026-03-02T01:30:00.000000Z','{}')",
        ];
        foreach (var row in old)
            home.Ask(row);

        using var store = LeadStore.Open(home.Path);
        Assert.That(store.Positions(), Has.Count.EqualTo(1));
        Assert.That(
            store.Runs(9)[1],
            Is.EqualTo(
                new StoreRun(
                    1,
                    new(2026, 3, 1),
                    "run",
                    "score",
                    RunState.Failed,
                    At.AddDays(-1),
                    At.AddDays(-1).AddMinutes(1),
                    """{"scored":3}""",
                    "interrupted"
                )
                {
                    QueuedAt = At.AddDays(-1),
                }
            )
        );
        Assert.That(store.Runs(9)[0].State, Is.EqualTo(RunState.Running));
        Assert.That(
            new JobUnits(store).Claim("run", "a", At.AddDays(1), Lease),
            Is.Null,
            "a run by hand is nobody else's"
        );
        Assert.That(store.RunStarted(new(2026, 3, 3), "run", At), Is.EqualTo(3));
    }

    [Test]
    public void Progress_is_that_of_the_step_and_ends_with_it()
    {
        Put(Night);
        var unit = _queue.Claim("night", "a", At, Lease)!;
        _queue.Step(unit, "ingest");
        Assert.That(_queue.Progress(unit, "ingest", 0.25, "files"), Is.True);
        Assert.That(Far(), Is.EqualTo((0.25, "files")));
        Assert.That(_queue.Progress(unit, "score", 0.5, "late"), Is.False, "the step before or after");
        Assert.That(_queue.Progress(unit, "ingest", null, "who knows"), Is.True);
        Assert.That(Far(), Is.EqualTo(((double?)null, "who knows")));
        _queue.Step(unit, "score");
        Assert.That(Far(), Is.EqualTo(((double?)null, (string?)null)));
        _queue.Progress(unit, "score", 1, "buckets");
        _queue.Done(unit, RunState.Done, "{}", At);
        Assert.That(Far(), Is.EqualTo(((double?)null, (string?)null)));
        Assert.That(_queue.Progress(unit, "score", 1, "buckets"), Is.False);

        (double?, string?) Far() => _store.Runs(1).Select(run => (run.Share, run.Doing)).Single();
    }

    bool Put(JobUnit unit) => _queue.Put(unit, At, "schedule", 3, At);
}
