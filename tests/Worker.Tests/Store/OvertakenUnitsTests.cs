using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>What becomes of units that time has passed: they lapse, and are forgotten.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class OvertakenUnitsTests(StoreKind kind)
{
    static readonly DateTime At = new(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
    static readonly TimeSpan Lease = TimeSpan.FromDays(1);
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
    public void A_night_that_the_contacts_have_passed_lapses_whatever_it_waited_for()
    {
        // Days 1 to 4 are queued, failed, dead, running; the contacts stand at day 5, and so does a queued night.
        foreach (var day in Enumerable.Range(0, 5))
            _queue.Put(
                Night with
                {
                    Day = Commits.Day.AddDays(day),
                },
                At.AddMinutes(day),
                "schedule",
                day == 2 ? 1 : 3,
                At
            );
        var later = At.AddMinutes(2);
        var first = _queue.Claim("night", "a", At, Lease)!;
        _queue.Failed(_queue.Claim("night", "a", later, Lease)!, "no policy", later.AddDays(9), later);
        _queue.Failed(_queue.Claim("night", "a", later, Lease)!, "bad policy", later, later);
        _queue.Release(first, At.AddDays(9));
        _queue.Claim("night", "a", At.AddMinutes(3), Lease);
        _queue.Put(new("score", Commits.Day, "07"), At, "night", 3, At);
        _queue.Put(new("send", Commits.Day), At, "schedule", 3, At);
        Assert.That(_queue.LapseOvertaken(At), Is.Zero, "the contacts have not been advanced at all");
        _store.CommitFunnel(Commits.Of(Commits.Day.AddDays(4), "k1"));

        Assert.That(_queue.LapseOvertaken(later), Is.EqualTo(4), "three nights and a bucket");
        Assert.That(
            _store.Runs(9).Reverse().Select(run => (run.Job, run.State)),
            Is.EqualTo(
                new[]
                {
                    ("night", RunState.Lapsed),
                    ("night", RunState.Lapsed),
                    ("night", RunState.Lapsed),
                    ("night", RunState.Running),
                    ("night", RunState.Queued),
                    ("score", RunState.Lapsed),
                    ("send", RunState.Queued),
                }
            )
        );
        const string Cause = "overtaken: the contacts stand as of 2026-03-06 already";
        Assert.That(
            _store.Runs(9).Reverse().Take(3).Select(run => run.Error),
            Is.EqualTo(new[] { Cause, $"{Cause}; before that: no policy", $"{Cause}; before that: bad policy" })
        );
        Assert.That(_queue.LapseOvertaken(later), Is.Zero);
        Assert.That(new AlarmBook(_store).Standing(later, TimeSpan.FromHours(30)), Is.Empty, "nothing to tell of");
        Assert.That(_queue.Restart(first.Id, later), Is.False, "it cannot be made up for");
        Assert.That(_queue.Claim("night", "b", At.AddDays(30), Lease)?.AsOf, Is.EqualTo(Commits.Day.AddDays(3)));
    }

    [Test]
    public void What_was_given_up_lapses_when_a_later_day_of_the_same_is_done()
    {
        var dead = new JobUnit("train", Commits.Day);
        foreach (var unit in (JobUnit[])[dead, dead with { Part = "b" }, dead with { Job = "retain" }])
        {
            _queue.Put(unit, At, "schedule", 1, At);
            _queue.Failed(_queue.Claim(unit.Job, "a", At, Lease)!, "thin data", At, At);
        }
        Done(dead with { Day = Commits.Day.AddDays(-1) });
        Assert.That(_queue.LapseOvertaken(At), Is.Zero, "an earlier day makes up for nothing");
        Done(dead with { Day = Commits.Day.AddDays(1) });
        Assert.That(_queue.LapseOvertaken(At), Is.EqualTo(1), "another part and another job stay");
        Assert.That(
            _store.Runs(9).Single(run => run.State is RunState.Lapsed).Error,
            Is.EqualTo("overtaken by the one of a later day; before that: thin data")
        );

        void Done(JobUnit unit)
        {
            _queue.Put(unit, At, "schedule", 1, At);
            _queue.Done(_queue.Claim(unit.Job, "a", At, Lease)!, RunState.Done, "{}", At);
        }
    }

    [Test]
    public void Old_runs_are_forgotten_but_what_is_open_and_the_last_good_night_stay()
    {
        var (old, limit) = (At.AddDays(-500), At.AddDays(-400));
        foreach (
            var (day, part) in ((int, string)[])
                [(0, "good"), (1, "better"), (2, "dead"), (3, "failed"), (4, "queued"), (5, "new")]
        )
            _queue.Put(
                new("night", Commits.Day.AddDays(day), part),
                old.AddSeconds(day),
                "schedule",
                part is "dead" ? 1 : 3,
                old
            );
        Over("good", old);
        Over("better", limit.AddSeconds(-1));
        _queue.Failed(Claim("dead"), "no policy", old, old);
        _queue.Failed(Claim("failed"), "no policy", At.AddDays(9), old);
        Over("new", limit, RunState.Warned);
        var alarms = new AlarmBook(_store);
        foreach (var unit in _store.Runs(9).Where(run => run.Part is "dead" or "good"))
            alarms.Raise(new($"dead:{unit.Id}:x", unit.Part), ["log"], old);

        Assert.That(_queue.Prune(limit), Is.EqualTo(2));
        Assert.That(
            _store.Runs(9).Select(run => run.Part).Order(),
            Is.EqualTo(new[] { "dead", "failed", "new", "queued" }),
            "the newest good one is of this year"
        );
        Assert.That(_queue.Prune(At.AddDays(1)), Is.Zero, "that one is kept for the count of silence");
        Assert.That(alarms.Claim("log", At, At.AddDays(1))?.Words, Is.EqualTo("dead"), "of a unit still given up");
        Assert.That(alarms.Claim("log", At, At.AddDays(1)), Is.Null);

        StoreRun Claim(string part)
        {
            while (_queue.Claim("night", part, At, Lease) is { } unit)
                if (string.Equals(unit.Part, part, StringComparison.Ordinal))
                    return unit;
            throw new InvalidOperationException(part);
        }
        void Over(string part, DateTime at, RunState state = RunState.Done)
        {
            _queue.Done(Claim(part), state, "{}", at);
            foreach (var other in _store.Runs(9).Where(run => run.State is RunState.Running))
                _queue.Release(other, old);
        }
    }
}
