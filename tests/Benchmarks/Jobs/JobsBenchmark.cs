using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using LeadScoring.Benchmarks.FollowUps;
using LeadScoring.Benchmarks.Traces;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Worker;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LeadScoring.Benchmarks.Jobs;

/// <summary>What an engine of jobs costs while nothing is to be done, how late its calls are heard, and what nights of two workers take.</summary>
/// <remarks>Two workers in one process share a PostgreSQL of their own; CPU is told of both together and of the server.</remarks>
static class JobsBenchmark
{
    const int Calls = 50;

    static readonly TimeProvider Clock = TimeProvider.System;
    static readonly JobUnit Unit = new("score", new(2026, 5, 1), "00");

    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        var settings = new JobSettings
        {
            Engine = arguments.Text("--engine") ?? new JobSettings().Engine,
            Urls = "http://127.0.0.1:0",
            DispatchMinutes = 0,
        };
        Console.WriteLine(
            JsonSerializer.Serialize(MeasureAsync(settings, arguments).GetAwaiter().GetResult(), Part.Json)
        );
        return 0;
    }

    static async Task<object> MeasureAsync(JobSettings settings, Arguments arguments)
    {
        var home = DemoHome.Make(folder: null);
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(PostgresServer.NewSchema()) { Pooling = true };
            await File.WriteAllTextAsync(
                Path.Combine(home.Path, "serve.json"),
                JsonSerializer.Serialize(new { ConnectionStrings = new { Leads = connection.ConnectionString } })
            );
            var run = new NightlyRun(home, new Screen(Console.Error, Console.Error, json: false), Clock, default);
            run.Run(day: null, afterEverything: true);
            var server = ServerClock.Root(connection.ConnectionString);
            var minutes = arguments.Number("--minutes", 5);
            var idle = minutes > 0 ? await IdleAsync(home, settings, server, minutes) : null;
            var beats = minutes > 0 ? await BeatsAsync(home, settings, minutes) : [];
            var calls = await CallsAsync(home, settings);
            var nights = await NightsAsync(home, settings, server, arguments.Number("--nights", 4));
            return new
            {
                settings.Engine,
                Idle = idle,
                BeatsLateBySeconds = beats,
                CallsLateByMilliseconds = calls,
                Nights = nights,
            };
        }
        finally
        {
            Directory.Delete(home.Path, recursive: true);
        }
    }

    /// <summary>What comes round in a home by default, with nothing to do when it does.</summary>
    static async Task<object> IdleAsync(Home home, JobSettings settings, int server, int minutes)
    {
        var recurrences = JobSchedule.Recurrences(home, settings with { DispatchMinutes = 5 }, TimeZoneInfo.Utc);
        await using var pair = await Pair.StartAsync(home, settings, recurrences, static _ => { });
        await Task.Delay(TimeSpan.FromSeconds(20), Clock);
        var (own, servers) = (Meter.Now, ServerClock.Cpu(server));
        await Task.Delay(TimeSpan.FromMinutes(minutes), Clock);
        var spent = Meter.Now - own;
        return new
        {
            CpuMillisecondsAMinuteAndWorker = Math.Round(1000 * spent.Cpu / minutes / 2),
            ServerCpuMillisecondsAMinute = Math.Round(1000 * (ServerClock.Cpu(server) - servers) / minutes),
        };
    }

    /// <summary>From the full minute to the hearing.</summary>
    static async Task<double[]> BeatsAsync(Home home, JobSettings settings, int minutes)
    {
        var late = new ConcurrentQueue<double>();
        Recurrence[] everyMinute = [Recurrence.Every(1, "beat", static (_, _) => [])];
        await using var pair = await Pair.StartAsync(
            home,
            settings,
            everyMinute,
            job =>
            {
                if (job is not null)
                    late.Enqueue(Math.Round(Clock.GetUtcNow().TimeOfDay.TotalSeconds % 60, 2));
            }
        );
        await Task.Delay(TimeSpan.FromMinutes(minutes), Clock);
        return [.. late.Order()];
    }

    /// <summary>From the asking to the hearing, one call after the other.</summary>
    static async Task<object> CallsAsync(Home home, JobSettings settings)
    {
        var heard = new SemaphoreSlim(0);
        await using var pair = await Pair.StartAsync(home, settings, [], _ => heard.Release());
        await Task.Delay(TimeSpan.FromSeconds(10), Clock);
        List<double> late = [];
        for (var call = 0; call < Calls; call++)
        {
            var asked = Stopwatch.GetTimestamp();
            await pair.First.CallAsync(Unit, Clock.GetUtcNow(), default);
            await heard.WaitAsync();
            late.Add(Math.Round(Stopwatch.GetElapsedTime(asked).TotalMilliseconds, 1));
        }
        late.Sort();
        return new { Median = late[Calls / 2], Worst = late[^1] };
    }

    /// <summary>Nights of days to come by two whole workers, each from its call to its end.</summary>
    static async Task<object[]> NightsAsync(Home home, JobSettings settings, int server, int nights)
    {
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        foreach (var job in JobBodies.Askable)
        {
            foreach (var back in Enumerable.Range(-1, 34))
                queue.Put(new(job, today.AddDays(-back)), Now, "benchmark", maxAttempts: 1, Now);
            while (queue.Claim(job, "benchmark", Now, TimeSpan.FromMinutes(1)) is { } settled)
                queue.Done(settled, RunState.Done, "{}", Now);
        }
        var workers = Enumerable
            .Range(0, 2)
            .Select(_ => ServeHost.Build(home, settings, TextWriter.Null, Clock))
            .ToArray();
        foreach (var worker in workers)
            await worker.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(10), Clock);
        List<object> figures = [];
        for (var night = 0; night < nights; night++)
        {
            var unit = new JobUnit(NightJob.JobName, today.AddDays(night + 2));
            var (own, servers) = (Meter.Now, ServerClock.Cpu(server));
            queue.Put(unit, Now, "benchmark", maxAttempts: 1, Now);
            await workers[0].Services.GetRequiredService<IJobEngine>().CallAsync(unit, Clock.GetUtcNow(), default);
            while (queue.Unfinished().Any(left => left.State is not RunState.Dead))
                await Task.Delay(TimeSpan.FromMilliseconds(100), Clock);
            var spent = Meter.Now - own;
            var runs = store.Runs(100).Where(done => done.AsOf == unit.Day).ToList();
            figures.Add(
                new
                {
                    Cpu = Math.Round(spent.Cpu, 2),
                    ServerCpu = Math.Round(ServerClock.Cpu(server) - servers, 2),
                    Wall = Math.Round(spent.Wall, 2),
                    Done = runs.Count(done => done.State is RunState.Done or RunState.Warned),
                }
            );
        }
        foreach (var worker in workers)
        {
            await worker.StopAsync();
            await worker.DisposeAsync();
        }
        return [.. figures];
    }

    static DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Two engines over one database, as two workers have them.</summary>
    sealed class Pair(IJobEngine first, IJobEngine second) : IAsyncDisposable
    {
        public IJobEngine First => first;

        public static async Task<Pair> StartAsync(
            Home home,
            JobSettings settings,
            IReadOnlyList<Recurrence> recurrences,
            Action<string?> heard
        )
        {
            var store = StoreDialect.Of(home.Path, patienceSeconds: 30);
            var pair = new Pair(JobEngines.Of(settings, store, Clock), JobEngines.Of(settings, store, Clock));
            foreach (var engine in (IJobEngine[])[pair.First, pair.Second])
                await engine.StartAsync(
                    recurrences,
                    (job, _) =>
                    {
                        heard(job);
                        return Task.CompletedTask;
                    },
                    default
                );
            return pair;
        }

        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            await second.DisposeAsync();
        }

        IJobEngine Second => second;
    }
}
