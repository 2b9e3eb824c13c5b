using System.Diagnostics;
using System.Globalization;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>Workers that are killed at any instant, and a database that falls over, leave what one undisturbed process leaves.</summary>
[TestFixture("quartz")]
#if WITH_HANGFIRE
[TestFixture("hangfire", Category = "Hangfire")]
#endif
public sealed class TwoWorkersTests(string engine)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    readonly Random _chance = new(20260501);

    [Test, CancelAfter(600_000)]
    public Task Two_nights_with_four_kills_are_those_of_one_undisturbed_process(CancellationToken cancellation) =>
        NightsAsync(nights: 2, kills: 4, cancellation);

    [Test, Category("Endurance"), CancelAfter(840_000)]
    public Task Five_nights_with_twenty_kills_are_those_of_one_undisturbed_process(CancellationToken cancellation) =>
        NightsAsync(nights: 5, kills: 20, cancellation);

    async Task NightsAsync(int nights, int kills, CancellationToken cancellation)
    {
        // Later than today, so that no worker has a night of its own in the way.
        var first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2);
        DateOnly[] days = [.. Enumerable.Range(0, nights).Select(first.AddDays)];
        using var alone = ServeHome.Trained();
        using var shared = alone.Twin();
        foreach (var day in days)
            Leads.Done("run", "--home", alone.Path, "--as-of", Text(day));

        ServeHome.Configure(shared, PostgresServer.NewSchema(), attempts: 30, engine: engine);
        ServeHome.SettleToday(shared);
        var workers = new[] { new Worker(shared.Path), new Worker(shared.Path) };
        try
        {
            // Both work, not one alone.
            foreach (var worker in workers)
                await ServeHome.UntilAsync(() => worker.Address, () => worker.Said, cancellation);
            foreach (var (nth, day) in days.Index())
            {
                Put(shared, day);
                for (var kill = 0; kill < kills / nights; kill++)
                {
                    var worker = workers[kill % 2];
                    worker.HasEndedWithin(Milliseconds(200, 4000));
                    worker.Dispose();
                    workers[kill % 2] = new Worker(shared.Path);
                }
                if (nth == 0)
                    PostgresServer.Crash();
                WaitFor(shared, day, workers);
            }
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
        using var store = LeadStore.Open(shared.Path);
        using var expected = LeadStore.Open(alone.Path);
        Assert.That(store.Dump(), Is.EqualTo(expected.Dump()));
        foreach (var day in days)
        {
            var units = store.Runs(1000).Where(run => run.AsOf == day).ToList();
            Assert.That(units.Select(unit => unit.State), Is.All.EqualTo(RunState.Done), Text(day));
            Assert.That(
                units.Count(unit => string.Equals(unit.Job, NightJob.JobName, StringComparison.Ordinal)),
                Is.EqualTo(1)
            );
            Assert.That(
                units
                    .Where(unit => string.Equals(unit.Job, ScoreJob.JobName, StringComparison.Ordinal))
                    .Select(unit => unit.Part)
                    .Order(),
                Is.EqualTo(Enumerable.Range(0, 16).Select(bucket => $"{bucket:00}"))
            );
        }
    }

    /// <summary>Waits for the end of a night; an attempt that failed while the database was away is tried again by itself.</summary>
    static void WaitFor(SampleHome home, DateOnly day, Worker[] workers)
    {
        var clock = Stopwatch.StartNew();
        using var tick = new ManualResetEventSlim();
        while (true)
        {
            // One that found no database at its start has ended, and is started again as a supervisor would.
            foreach (var (at, worker) in workers.Index().Where(worker => worker.Item.HasEnded).ToList())
            {
                worker.Dispose();
                workers[at] = new Worker(home.Path);
            }
            using var store = LeadStore.Open(home.Path);
            var night = store
                .Runs(1000)
                .Single(run => run.AsOf == day && string.Equals(run.Job, NightJob.JobName, StringComparison.Ordinal));
            if (night.State is RunState.Done or RunState.Warned)
                return;
            Assert.That(night.State, Is.Not.EqualTo(RunState.Dead), night.Error);
            Assert.That(clock.Elapsed, Is.LessThan(Patience), $"{night}");
            tick.Wait(200);
        }
    }

    static void Put(SampleHome home, DateOnly day)
    {
        using var store = LeadStore.Open(home.Path);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        new JobUnits(store).Put(new(NightJob.JobName, day), now, "test", maxAttempts: 30, now);
    }

    TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(_chance.Next(from, to));

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
