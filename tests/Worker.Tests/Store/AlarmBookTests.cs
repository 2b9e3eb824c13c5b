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
    public void An_alarm_is_told_once_and_again_when_the_first_try_failed()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        var book = new AlarmBook(store);
        var alarm = new Alarm("dead:7", "night was given up");
        book.Raise(alarm, At);
        book.Raise(alarm, At.AddMinutes(5));

        Assert.That(book.Claim(At, At.AddMinutes(1)), Is.EqualTo(alarm));
        Assert.That(book.Claim(At, At.AddMinutes(1)), Is.Null, "another is at it");
        Assert.That(book.Claim(At.AddMinutes(1), At.AddMinutes(2)), Is.EqualTo(alarm));
        book.Told(alarm, At.AddMinutes(1));
        book.Raise(alarm, At.AddMinutes(6));
        Assert.That(book.Claim(At.AddDays(1), At.AddDays(1)), Is.Null);
    }
}
