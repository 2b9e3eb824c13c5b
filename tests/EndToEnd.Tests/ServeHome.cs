using System.Text.Json;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A finished home for workers, whose night of today is still to be done, and no training is.</summary>
static class ServeHome
{
    static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>A copy of the finished home whose lake, scores and lists have to be made anew.</summary>
    public static SampleHome Unread() => Without("lake", "scores", "exports");

    /// <summary>The finished home after its training: with its lake, but without scores, lists and store.</summary>
    public static SampleHome Trained() => Without("scores", "exports");

    static SampleHome Without(params string[] folders)
    {
        var home = FinishedRun.Home.Twin();
        foreach (var folder in folders)
            Directory.Delete(Path.Combine(home.Path, folder), recursive: true);
        foreach (var file in Directory.GetFiles(home.Path, "leads.db*"))
            File.Delete(file);
        return home;
    }

    /// <summary>Writes its <c>serve.json</c>: short leases and pauses, a free port.</summary>
    /// <param name="dispatchMinutes">0 sends nothing, so that the store is that of the nights alone.</param>
    public static void Configure(
        SampleHome home,
        string? postgres,
        Uri? webhook = null,
        int attempts = 5,
        Uri? telemetry = null,
        string? protocol = null,
        int dispatchMinutes = 0,
        string engine = "quartz"
    ) =>
        File.WriteAllText(
            Path.Combine(home.Path, "serve.json"),
            JsonSerializer.Serialize(
                new
                {
                    ConnectionStrings = new { Leads = postgres },
                    Urls = "http://127.0.0.1:0",
                    Alarms = new { Webhook = webhook?.ToString() },
                    Telemetry = new { Endpoint = telemetry?.ToString(), Protocol = protocol },
                    Jobs = new
                    {
                        Engine = engine,
                        LeaseSeconds = 8,
                        PollSeconds = 1,
                        BackOffSeconds = 1,
                        Attempts = attempts,
                        DispatchMinutes = dispatchMinutes,
                        TrainOn = DayLongAgo(),
                    },
                }
            )
        );

    /// <summary>Nights and the like that a worker would make up for at its start are done already.</summary>
    public static void SettleToday(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        var now = Clock.GetUtcNow().UtcDateTime;
        foreach (var back in Enumerable.Range(-1, 10))
        foreach (var job in JobBodies.Askable)
        {
            queue.Put(new(job, DateOnly.FromDateTime(now).AddDays(-back)), now, "test", maxAttempts: 1, now);
            queue.Done(queue.Claim(job, "test", now, TimeSpan.FromMinutes(1))!, RunState.Done, "{}", now);
        }
    }

    /// <summary>The latest run of a job, null when there is none.</summary>
    public static StoreRun? Unit(SampleHome home, string job)
    {
        using var store = LeadStore.Open(home.Path);
        return store
            .Runs(50)
            .FirstOrDefault(run => string.Equals(run.Job, job, StringComparison.Ordinal) && run.Part.Length > 0);
    }

    /// <summary>Looks until something is so. The test's own time limit ends it.</summary>
    public static async Task<T> UntilAsync<T>(Func<T?> look, Func<string> otherwise, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            if (look() is { } seen)
                return seen;
            Assert.That(cancellation.IsCancellationRequested, Is.False, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(50), Clock, CancellationToken.None);
        }
    }

    /// <summary>A day of the month that is too long ago for its training to be made up for, and exists in every month.</summary>
    static int DayLongAgo()
    {
        var today = Clock.GetUtcNow();
        return today.AddDays(-10).Day is var day && day <= 28 ? day : today.AddDays(-14).Day;
    }
}
