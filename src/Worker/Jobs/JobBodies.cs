namespace LeadScoring.Worker.Jobs;

/// <summary>The jobs that a worker does. A further one is a line here and, when it comes round, one in <see cref="JobSchedule.Recurrences"/>.</summary>
static class JobBodies
{
    /// <summary>How long a job waits for another that writes the lake.</summary>
    static readonly TimeSpan Wait = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<IJobBody> Of(Home home, TimeProvider time) =>
        [new NightJob(home, Wait, time), new RetentionJob(home, Wait, time), new TrainingJob(home, time)];
}
