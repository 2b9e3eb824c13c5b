namespace LeadScoring.Worker.Jobs;

/// <summary>The jobs that a worker does. A further one is a line here and, when it comes round, one in <see cref="JobSchedule.Recurrences"/>.</summary>
static class JobBodies
{
    /// <summary>How long a job waits for another that writes the lake.</summary>
    static readonly TimeSpan Wait = TimeSpan.FromMinutes(30);

    /// <summary>A body that stands here several times is done several times at once, each with a unit of its own.</summary>
    public static IReadOnlyList<IJobBody> Of(
        Home home,
        JobSettings settings,
        IJobEngine engine,
        WakeSignal signal,
        TimeProvider time
    ) =>
        [
            new NightJob(home, Wait, new BucketUnits(home, settings, engine, signal, time), time),
            .. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ScoreJob(home, time)),
            new RetentionJob(home, settings, Wait, time),
            new TrainingJob(home, time),
            new AheadJob(home, settings, signal, time),
            new DispatchJob(home, settings, time),
            new BouncesJob(home, time),
        ];

    /// <summary>The jobs that may be asked for as a whole.</summary>
    public static IReadOnlyList<string> Askable { get; } =
    [NightJob.JobName, RetentionJob.JobName, TrainingJob.JobName];
}
