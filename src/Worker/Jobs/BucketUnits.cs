using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Divides a night's scoring among the workers, a unit a bucket, and waits for all of them.</summary>
/// <remarks>
/// The night goes on when no unit is left that anybody may still do. What was given up or was scored from another lake
/// or model is then missing among the parts, and the night scores it itself: a fault of the home ends the night as its
/// own fault, and one that only a worker had ends nothing.
/// </remarks>
sealed class BucketUnits(Home home, JobSettings settings, IJobEngine engine, WakeSignal signal, TimeProvider time)
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public void Score(Night night)
    {
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        var now = time.GetUtcNow().UtcDateTime;
        for (var bucket = 0; bucket < night.Lake.Buckets; bucket++)
        {
            var unit = ScoreJob.Unit(night.AsOf.Day, bucket);
            if (queue.Put(unit, now, NightJob.JobName, settings.Attempts, now))
                engine.CallAsync(unit, time.GetUtcNow(), night.Cancellation).GetAwaiter().GetResult();
        }
        signal.Wake();
        while (IsAnyLeft(queue, night.AsOf.Day))
        {
            night.Cancellation.WaitHandle.WaitOne(BetweenLooks);
            night.Cancellation.ThrowIfCancellationRequested();
        }
    }

    static bool IsAnyLeft(JobUnits queue, DateOnly day) =>
        queue.Unfinished().Any(unit => unit is { Job: ScoreJob.JobName, State: not RunState.Dead } && unit.AsOf == day);
}
