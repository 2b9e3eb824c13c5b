using LeadScoring.Worker.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>Queues what comes round and what is asked for, and has the workers called when it is due.</summary>
/// <remarks>A unit is put before anybody is called: what the engine forgets, the workers still find when they look.</remarks>
sealed class JobSchedule(
    Home home,
    JobSettings settings,
    IReadOnlyList<Recurrence> recurrences,
    IJobEngine engine,
    WakeSignal signal,
    TimeProvider time,
    ILogger<JobSchedule> log
) : IHostedService
{
    /// <summary>Calls may come a little before their time by this machine's clock.</summary>
    static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    /// <summary>What comes round for a home: night, retention, training.</summary>
    public static IReadOnlyList<Recurrence> Recurrences(JobSettings settings, TimeZoneInfo zone) =>
        [
            new(NightJob.JobName, settings.NightAt, DayOfMonth: null, zone, CatchUp: TimeSpan.FromHours(25)),
            new(RetentionJob.JobName, settings.RetainAt, DayOfMonth: null, zone, CatchUp: TimeSpan.FromHours(25)),
            new(TrainingJob.JobName, settings.TrainAt, settings.TrainOn, zone, CatchUp: TimeSpan.FromDays(7)),
        ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(recurrences, Heard, cancellationToken);
        foreach (var recurrence in recurrences)
            PutLatest(recurrence, recurrence.CatchUp);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await engine.DisposeAsync();

    /// <summary>Queues a unit, to be begun at an instant or at once; false when it is known already.</summary>
    public async Task<bool> EnqueueAsync(
        JobUnit unit,
        DateTimeOffset? at,
        string startedBy,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        using (var store = LeadStore.Open(home.Path))
            if (!new JobUnits(store).Put(unit, (at ?? now).UtcDateTime, startedBy, settings.Attempts, now.UtcDateTime))
                return false;
        await engine.CallAsync(at ?? now, cancellation);
        return true;
    }

    Task Heard(string? job, CancellationToken cancellation)
    {
        if (job is not null)
            PutLatest(recurrences.Single(r => string.Equals(r.Job, job, StringComparison.Ordinal)), TimeSpan.MaxValue);
        signal.Wake();
        return Task.CompletedTask;
    }

    /// <summary>Queues the unit of a recurrence's latest beat, unless it is known or too long ago.</summary>
    void PutLatest(Recurrence recurrence, TimeSpan atMost)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (unit, at) = recurrence.Latest(now + Early);
        if (now - at > atMost)
            return;
        using var store = LeadStore.Open(home.Path);
        if (new JobUnits(store).Put(unit, at < now ? at : now, "schedule", settings.Attempts, now))
            JobLog.Queued(log, unit.Job, unit.Day, unit.Part);
        signal.Wake();
    }
}
