using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>Workers that are killed at any instant, and a database that falls over, leave what one undisturbed process leaves.</summary>
public sealed class TwoWorkersTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    readonly Random _chance = new(20260501);

    [Test, CancelAfter(600_000)]
    public void Two_nights_with_four_kills_are_those_of_one_undisturbed_process() => Nights(nights: 2, kills: 4);

    [Test, Category("Endurance"), CancelAfter(840_000)]
    public void Five_nights_with_twenty_kills_are_those_of_one_undisturbed_process() => Nights(nights: 5, kills: 20);

    void Nights(int nights, int kills)
    {
        // Later than today, so that no worker has a night of its own in the way.
        var first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2);
        DateOnly[] days = [.. Enumerable.Range(0, nights).Select(first.AddDays)];
        using var alone = Trained();
        using var shared = alone.Twin();
        foreach (var day in days)
            Leads.Done("run", "--home", alone.Path, "--as-of", Text(day));

        File.WriteAllText(Path.Combine(shared.Path, "serve.json"), Settings(PostgresServer.NewSchema()));
        SettleToday(shared);
        var workers = new[] { Start(shared), Start(shared) };
        try
        {
            foreach (var (nth, day) in days.Index())
            {
                Put(shared, day);
                for (var kill = 0; kill < kills / nights; kill++)
                {
                    workers[kill % 2].WaitForExit(TimeSpan.FromMilliseconds(_chance.Next(200, 4000)));
                    Kill(workers[kill % 2]);
                    workers[kill % 2] = Start(shared);
                }
                if (nth == 0)
                    PostgresServer.Crash();
                WaitFor(shared, day);
            }
        }
        finally
        {
            foreach (var worker in workers)
                Kill(worker);
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
    static void WaitFor(SampleHome home, DateOnly day)
    {
        var clock = Stopwatch.StartNew();
        using var tick = new ManualResetEventSlim();
        while (true)
        {
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

    /// <summary>Nights and the like that a worker would make up for at its start are done already.</summary>
    static void SettleToday(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var back in Enumerable.Range(-1, 10))
        foreach (var job in JobBodies.Askable)
        {
            queue.Put(new(job, DateOnly.FromDateTime(now).AddDays(-back)), now, "test", maxAttempts: 1, now);
            queue.Done(queue.Claim(job, "test", now, TimeSpan.FromMinutes(1))!, RunState.Done, "{}", now);
        }
    }

    static void Put(SampleHome home, DateOnly day)
    {
        using var store = LeadStore.Open(home.Path);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        new JobUnits(store).Put(new(NightJob.JobName, day), now, "test", maxAttempts: 30, now);
    }

    static Process Start(SampleHome home)
    {
        var worker = Leads.Start("serve", "--home", home.Path);
        worker.OutputDataReceived += static (_, _) => { };
        worker.ErrorDataReceived += static (_, _) => { };
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        return worker;
    }

    static void Kill(Process worker)
    {
        worker.Kill(entireProcessTree: true);
        worker.WaitForExit();
        worker.Dispose();
    }

    /// <summary>Port 0 takes a free one, a short lease makes a dead worker's units free soon.</summary>
    static string Settings(string postgres) =>
        JsonSerializer.Serialize(
            new
            {
                ConnectionStrings = new { Leads = postgres },
                Jobs = new
                {
                    Urls = "http://127.0.0.1:0",
                    LeaseSeconds = 5,
                    PollSeconds = 1,
                    BackOffSeconds = 1,
                    Attempts = 30,
                },
            }
        );

    /// <summary>The sample after its first training, without scores, lists and store.</summary>
    static SampleHome Trained()
    {
        var home = FinishedRun.Home.Twin();
        foreach (var folder in (string[])["scores", "exports"])
            Directory.Delete(Path.Combine(home.Path, folder), recursive: true);
        foreach (var file in Directory.GetFiles(home.Path, "leads.db*"))
            File.Delete(file);
        return home;
    }

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
