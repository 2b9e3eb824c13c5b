using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class AlarmBookTests(StoreKind kind)
{
    static readonly DateTime At = new(2026, 3, 2, 1, 30, 0, DateTimeKind.Utc);
    static readonly TimeSpan Silence = TimeSpan.FromHours(30);

    [Test]
    public void Silence_is_told_after_thirty_hours_and_ended_by_a_night_by_hand()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AlarmBook(store);
        Assert.That(book.Standing(At.AddYears(1), Silence), Is.Empty, "no night was ever scheduled");

        new JobUnits(store).Put(new("night", Commits.Day), At, "schedule", 3, At);
        Assert.That(book.Standing(At + Silence, Silence), Is.Empty);
        var told = book.Standing(At + Silence + TimeSpan.FromSeconds(1), Silence).Single();
        Assert.That(told.Words, Does.StartWith("no successful night for 30 hours; there has not been any yet"));

        store.RunEnded(store.RunStarted(Commits.Day, "run", At.AddHours(31)), RunState.Failed, At.AddHours(31));
        Assert.That(book.Standing(At.AddHours(31), Silence), Is.EqualTo(new[] { told }), "a failed one does not count");
        store.RunEnded(store.RunStarted(Commits.Day, "run", At.AddHours(32)), RunState.Done, At.AddHours(32));
        Assert.That(book.Standing(At.AddHours(62), Silence), Is.Empty);
        Assert.That(
            book.Standing(At.AddHours(63), Silence).Single().Words,
            Does.Contain("the last one ended 2026-03-03T09:30Z")
        );
    }

    [Test]
    public void An_alarm_is_told_once_by_each_way_and_again_when_the_first_try_failed()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AlarmBook(store);
        var alarm = new Alarm("dead:7", "night was given up");
        book.Raise(alarm, ["webhook", "mail"], At);
        book.Raise(alarm, ["webhook", "mail"], At.AddMinutes(5));

        Assert.That(book.Claim("webhook", At, At.AddMinutes(1)), Is.EqualTo(alarm));
        Assert.That(book.Claim("webhook", At, At.AddMinutes(1)), Is.Null, "another is at it");
        Assert.That(book.Claim("webhook", At.AddMinutes(1), At.AddMinutes(2)), Is.EqualTo(alarm));
        book.Told(alarm, "webhook", At.AddMinutes(1));
        book.Raise(alarm, ["webhook", "mail"], At.AddMinutes(6));
        Assert.That(book.Claim("webhook", At.AddDays(1), At.AddDays(1)), Is.Null);
        Assert.That(book.Claim("mail", At.AddDays(1), At.AddDays(2)), Is.EqualTo(alarm), "no way speaks for another");
    }

    [Test]
    public void A_way_that_is_added_later_tells_what_still_stands_and_nothing_older()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AlarmBook(store);
        Alarm past = new("dead:1", "over"),
            standing = new("dead:2", "still so");
        book.Raise(past, ["log"], At);
        book.Raise(standing, ["log"], At);
        book.Raise(standing, ["log", "mail"], At.AddDays(1));
        Assert.That(book.Claim("mail", At.AddDays(1), At.AddDays(2)), Is.EqualTo(standing));
        Assert.That(book.Claim("mail", At.AddDays(1), At.AddDays(2)), Is.Null);
        Assert.That(book.Claim("log", At, At.AddDays(2)), Is.EqualTo(past), "in the order they were raised");
    }

    [Test]
    public void What_a_webhook_was_told_by_the_release_before_is_not_told_again()
    {
        using var home = new StoreHome(kind);
        var dialect = StoreDialect.Of(home.Path, patienceSeconds: 5);
        LeadStore.Open(home.Path, [.. StoreSql.Migrations(dialect.Name).Where(m => m.Number <= 2)]).Dispose();
        const string Then = "'2026-03-01T01:30:00.000000Z'";
        home.Ask($"insert into alarms values ('a','told',{Then},{Then},{Then}), ('b','untold',{Then},{Then},null)");
        home.Ask(
            $"insert into runs (job, as_of, part, state, step, counts, attempts, max_attempts, started_by, worker, lease_until, queued_at) values ('night','2026-03-01','all','running','score','{{}}',2,5,'schedule','w',{Then},{Then})"
        );
        using var store = LeadStore.Open(home.Path);
        Assert.That(new AlarmBook(store).Claim("webhook", At, At.AddHours(1)), Is.EqualTo(new Alarm("b", "untold")));
        Assert.That(new AlarmBook(store).Claim("webhook", At, At.AddHours(1)), Is.Null);
        var unit = new JobUnits(store).Claim("night", "x", At, TimeSpan.FromMinutes(1))!;
        Assert.That((unit.Attempts, unit.Step, unit.StartedBy), Is.EqualTo((3, "", "schedule")));
    }
}
