using LeadScoring.Funnel.FollowUps;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail;
using LeadScoring.Worker.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadScoring.Worker.Tests.Jobs;

/// <summary>Dispatches every five minutes, called by hand. Two follow-ups are due on 4 March at 08:00 UTC.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class JobScheduleTests(StoreKind kind)
{
    static readonly DateTime Due = Commits.FollowUp("k1", Commits.Day).DueAt;

    [Test, CancelAfter(60_000)]
    public async Task A_beat_queues_what_is_due_and_not_what_an_earlier_one_is_still_at(CancellationToken cancellation)
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(
            Commits.Of("k1", "k2") with
            {
                FollowUps =
                [
                    Commits.FollowUp("k1", Commits.Day),
                    Commits.FollowUp("k2", Commits.Day) with
                    {
                        Municipality = 2505,
                    },
                ],
            }
        );
        var time = new SettableTime(new(Due.AddMinutes(-3)));
        await using var engine = new HandEngine();
        var schedule = Schedule(home, engine, time);
        await schedule.StartAsync(cancellation);
        Assert.That(Units(store), Is.Empty, "nothing is due");

        await BeatAsync(Due);
        Assert.That(Units(store), Is.EqualTo(new[] { "08:00Z 2505", "08:00Z 2582" }));
        await BeatAsync(Due);
        Assert.That(Units(store), Has.Count.EqualTo(2), "any worker may hear a call, and more than one");

        // One municipality is through with its unit, and its call to wait is over at 08:05; the other is still at work.
        var queue = new JobUnits(store);
        var first = queue.Claim(DispatchJob.JobName, "w", Due, TimeSpan.FromMinutes(2))!;
        Assert.That(first.Part, Is.EqualTo("08:00Z 2505"));
        queue.Done(first, RunState.Done, "{}", Due);
        await BeatAsync(Due.AddMinutes(5));
        Assert.That(Units(store), Is.EqualTo(new[] { "08:00Z 2505", "08:00Z 2582", "08:05Z 2505" }));

        // Beats that nobody heard are not made up for one by one.
        while (queue.Claim(DispatchJob.JobName, "w", Due.AddHours(3), TimeSpan.FromMinutes(2)) is { } unit)
            queue.Done(unit, RunState.Done, "{}", Due.AddHours(3));
        new Sendings(store).Lapse(Commits.FollowUp("k1", Commits.Day).Key, SendCause.TooLate);
        await BeatAsync(Due.AddHours(3));
        Assert.That(Units(store).Skip(3), Is.EqualTo(new[] { "11:00Z 2505" }));

        Assert.That(queue.ForgetDone([DispatchJob.JobName], Due.AddHours(4)), Is.EqualTo(3));
        Assert.That(Units(store), Is.EqualTo(new[] { "11:00Z 2505" }));
        await engine.Heard("a job that was switched off", cancellation);

        Task BeatAsync(DateTime at)
        {
            time.Now = new(at);
            return engine.Heard(DispatchJob.JobName, cancellation);
        }
    }

    static JobSchedule Schedule(StoreHome home, IJobEngine engine, TimeProvider time) =>
        new(
            new Home(home.Path),
            new JobSettings(),
            [Recurrence.Every(5, DispatchJob.JobName, DispatchJob.Pieces)],
            engine,
            new WakeSignal(),
            time,
            NullLogger<JobSchedule>.Instance
        );

    static List<string> Units(LeadStore store) => [.. store.Runs(100).Select(run => run.Part).Reverse()];

    /// <summary>Calls when the test says so.</summary>
    sealed class HandEngine : IJobEngine
    {
        public Func<string?, CancellationToken, Task> Heard { get; private set; } = (_, _) => Task.CompletedTask;

        public Task StartAsync(
            IReadOnlyList<Recurrence> recurrences,
            Func<string?, CancellationToken, Task> heard,
            CancellationToken cancellation
        )
        {
            Heard = heard;
            return Task.CompletedTask;
        }

        public Task CallAsync(JobUnit unit, DateTimeOffset at, CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
