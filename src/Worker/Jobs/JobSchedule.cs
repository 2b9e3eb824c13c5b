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

    /// <summary>What comes round for a home: night, retention, training, and every few minutes who has said something, dispatch and returned mail.</summary>
    public static IReadOnlyList<Recurrence> Recurrences(Home home, JobSettings settings, TimeZoneInfo zone) =>
        [
            new(NightJob.JobName, settings.NightAt, DayOfMonth: null, zone, CatchUp: TimeSpan.FromHours(25)),
            new(RetentionJob.JobName, settings.RetainAt, DayOfMonth: null, zone, CatchUp: TimeSpan.FromHours(25)),
            new(TrainingJob.JobName, settings.TrainAt, settings.TrainOn, zone, CatchUp: TimeSpan.FromDays(7)),
            .. settings.DispatchMinutes > 0
                ?
                [
                    Recurrence.Every(
                        settings.DispatchMinutes,
                        AheadJob.JobName,
                        (store, now) => AheadJob.Pieces(home, store, now)
                    ),
                    Recurrence.Every(settings.DispatchMinutes, DispatchJob.JobName, DispatchJob.Pieces),
                ]
                : (Recurrence[])[],
            Recurrence.Every(settings.BounceMinutes, BouncesJob.JobName, (_, _) => BouncesJob.Pieces(home)),
        ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(recurrences, HeardAsync, cancellationToken);
        foreach (var recurrence in recurrences)
            await PutLatestAsync(recurrence, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await engine.DisposeAsync();

    async Task HeardAsync(string? job, CancellationToken cancellation)
    {
        // A schedule that lies in the database may still call for a job that has been switched off.
        if (recurrences.FirstOrDefault(r => string.Equals(r.Job, job, StringComparison.Ordinal)) is { } recurrence)
            await PutLatestAsync(recurrence, cancellation);
        signal.Wake();
    }

    /// <summary>Queues the units of a recurrence's latest beat, unless they are known or it is too long ago.</summary>
    /// <remarks>
    /// Whether a call comes for a beat that nobody heard, and how late, differs from engine to engine; how late a beat is
    /// still made up for does not. Each unit is called for, so that all workers look, not the one alone that heard.
    /// </remarks>
    async Task PutLatestAsync(Recurrence recurrence, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        using var store = LeadStore.Open(home.Path);
        var (units, at) = recurrence.LatestPieces(store, now + Early);
        if (now - at > recurrence.CatchUp)
            return;
        var queue = new JobUnits(store);
        foreach (var unit in units.Where(unit => recurrence.Minutes is null || !IsAtWork(queue, unit)))
            if (queue.Put(unit, at < now ? at : now, "schedule", settings.Attempts, now))
            {
                JobLog.Queued(log, unit.Job, unit.Day, unit.Part);
                await engine.CallAsync(unit, new(at, TimeSpan.Zero), cancellation);
            }
        signal.Wake();
    }

    /// <summary>Whether the same piece of an earlier beat is not through yet: it does what this one would do.</summary>
    static bool IsAtWork(JobUnits queue, JobUnit unit) =>
        queue
            .Unfinished()
            .Any(other =>
                other.State != RunState.Dead
                && string.Equals(other.Job, unit.Job, StringComparison.Ordinal)
                && string.Equals(
                    Recurrence.PieceOf(other.Part),
                    Recurrence.PieceOf(unit.Part),
                    StringComparison.Ordinal
                )
            );
}
