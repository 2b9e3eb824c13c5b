using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;
using Quartz;

namespace LeadScoring.Worker.Tests.Jobs;

public class QuartzEngineTests
{
    static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    [TestCase(StoreKind.Sqlite), CancelAfter(60_000)]
    [TestCase(StoreKind.Postgres)]
    public async Task A_call_asked_for_is_heard(StoreKind kind, CancellationToken cancellation)
    {
        using var home = new StoreHome(kind);
        var postgres = (StoreDialect.Of(home.Path, patienceSeconds: 5) as PostgresDialect)?.Connection;
        await using var engine = new QuartzEngine(postgres, TimeProvider.System);
        var heard = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Recurrence[] never = [new("train", new(4, 0), 1, Stockholm, TimeSpan.Zero)];
        await engine.StartAsync(
            never,
            (job, _) =>
            {
                heard.TrySetResult(job);
                return Task.CompletedTask;
            },
            cancellation
        );
        await engine.CallAsync(new("score", new(2026, 3, 1), "07"), TimeProvider.System.GetUtcNow(), cancellation);
        Assert.That(await heard.Task.WaitAsync(cancellation), Is.Null, "a call for nothing in particular");
    }

    /// <summary>The schedule that Quartz keeps and the beats that units are named after have to be the same.</summary>
    [Test]
    public void Quartz_calls_when_a_recurrence_says()
    {
        Recurrence[] recurrences =
        [
            new("night", new(2, 30), null, Stockholm, TimeSpan.Zero),
            new("train", new(4, 0), 1, Stockholm, TimeSpan.Zero),
        ];
        foreach (var recurrence in recurrences)
        {
            var cron = new CronExpression(QuartzEngine.Cron(recurrence), Stockholm);
            var units = new HashSet<JobUnit>();
            var calls = 0;
            for (
                var at = cron.GetNextValidTimeAfter(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
                at is { Year: 2026 } call;
                at = cron.GetNextValidTimeAfter(call), calls++
            )
            {
                var latest = recurrence.Latest(call.UtcDateTime);
                Assert.That(units.Add(latest.Unit), Is.True, $"{latest.Unit} is called twice");
                Assert.That(
                    call.UtcDateTime - latest.At,
                    Is.LessThanOrEqualTo(TimeSpan.FromHours(1)),
                    $"{latest.Unit}"
                );
            }
            Assert.That(calls, Is.EqualTo(recurrence.DayOfMonth is null ? 365 : 12));
        }
    }

    [TestCase(1, 1440)]
    [TestCase(5, 288)]
    [TestCase(30, 48)]
    [TestCase(60, 24)]
    public void Quartz_calls_every_few_minutes_when_a_recurrence_says(int minutes, int beats)
    {
        var recurrence = Recurrence.Every(minutes, "dispatch", (_, _) => []);
        var cron = new CronExpression(QuartzEngine.Cron(recurrence), recurrence.Zone);
        var units = new HashSet<JobUnit>();
        // The day on which clocks are put back in Stockholm.
        var begin = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);
        for (
            var at = cron.GetNextValidTimeAfter(begin.AddSeconds(-1));
            at is { } call && call < begin.AddDays(1);
            at = cron.GetNextValidTimeAfter(call)
        )
        {
            var latest = recurrence.Latest(call.UtcDateTime);
            Assert.That(units.Add(latest.Unit), Is.True, $"{latest.Unit} is called twice");
            Assert.That(latest.At, Is.EqualTo(call.UtcDateTime));
        }
        Assert.That(units, Has.Count.EqualTo(beats));
    }
}
