namespace LeadScoring.Worker.Store;

/// <summary>The runs table as a queue: units are put once, claimed by one worker at a time, and end done or dead.</summary>
/// <remarks>
/// A worker holds a unit under a lease and renews it; when it dies, the unit is anyone's after the lease. What a worker
/// says of a unit that was taken from it changes nothing and answers false: worker and attempt are part of every write.
/// </remarks>
public sealed class JobUnits(LeadStore store)
{
    /// <summary>Queues a unit; false when it is known already, whatever became of it.</summary>
    public bool Put(JobUnit unit, DateTime due, string startedBy, int maxAttempts, DateTime now) =>
        store.Execute(
            "put_unit",
            new
            {
                job = unit.Job,
                as_of = StoreText.Day(unit.Day),
                part = unit.Part,
                due_at = StoreText.Instant(due),
                started_by = startedBy,
                max_attempts = maxAttempts,
                queued_at = StoreText.Instant(now),
            }
        ) == 1;

    /// <summary>The next due unit of a job, now this worker's; null when there is none.</summary>
    public StoreRun? Claim(string job, string worker, DateTime now, TimeSpan lease) =>
        store
            .Rows<RunRow, StoreRun>(
                "claim_unit",
                r => r.Run(),
                new
                {
                    job,
                    worker,
                    now = StoreText.Instant(now),
                    until = StoreText.Instant(now + lease),
                }
            )
            .FirstOrDefault();

    /// <summary>Keeps a claimed unit; false when it was lost, and the work on it is to be stopped.</summary>
    public bool Renew(StoreRun unit, DateTime until) =>
        store.Execute(
            "renew_lease",
            new
            {
                id = unit.Id,
                worker = unit.Worker,
                attempts = unit.Attempts,
                until = StoreText.Instant(until),
            }
        ) == 1;

    /// <summary>Notes the step that a unit has come to.</summary>
    public bool Step(StoreRun unit, string step) =>
        store.Execute(
            "step_unit",
            new
            {
                id = unit.Id,
                worker = unit.Worker,
                attempts = unit.Attempts,
                step,
            }
        ) == 1;

    /// <summary>Notes how far a unit is within a step; one that is at another step by now stays as it is.</summary>
    public bool Progress(StoreRun unit, string step, double? share, string doing) =>
        store.Execute(
            "progress_unit",
            new
            {
                id = unit.Id,
                worker = unit.Worker,
                attempts = unit.Attempts,
                step,
                share,
                doing,
            }
        ) == 1;

    /// <summary>The unit is done, or done with warnings.</summary>
    /// <param name="counts">JSON object.</param>
    public bool Done(StoreRun unit, RunState state, string counts, DateTime now) =>
        End(unit, state, counts, error: null, nextTry: null, now);

    /// <summary>The attempt failed. The unit is tried again at an instant, or dead when its attempts are used up.</summary>
    public bool Failed(StoreRun unit, string error, DateTime nextTry, DateTime now) =>
        unit.Attempts < unit.MaxAttempts
            ? End(unit, RunState.Failed, unit.Counts, error, nextTry, now)
            : End(unit, RunState.Dead, unit.Counts, error, nextTry: null, now);

    /// <summary>Gives a unit back unfinished, as if it had not been begun.</summary>
    public bool Release(StoreRun unit, DateTime now) =>
        store.Execute(
            "release_unit",
            new
            {
                id = unit.Id,
                worker = unit.Worker,
                attempts = unit.Attempts,
                now = StoreText.Instant(now),
            }
        ) == 1;

    /// <summary>Gives up the units that have taken their worker down at every attempt; says how many.</summary>
    public int BuryLost(DateTime now) => store.Execute("bury_lost_units", new { now = StoreText.Instant(now) });

    /// <summary>Lets lapse what a later day has overtaken; says how many.</summary>
    /// <remarks>
    /// A night of an earlier day than the contacts stand at would go back, which the funnel refuses. Of other jobs, what
    /// was given up is not asked for any more once the same of a later day is done.
    /// </remarks>
    public int LapseOvertaken(DateTime now) =>
        store.Execute("lapse_overtaken_nights", new { now = StoreText.Instant(now) })
        + store.Execute("lapse_overtaken_units", new { now = StoreText.Instant(now) });

    /// <summary>Forgets runs that ended, and alarms that were raised, before an instant; says how many runs.</summary>
    public int Prune(DateTime before)
    {
        var runs = store.Execute("prune_runs", new { before = StoreText.Instant(before) });
        store.Execute("prune_alarms", new { before = StoreText.Instant(before) });
        return runs;
    }

    /// <summary>Queues a dead unit anew; false when there is no dead unit of this number.</summary>
    public bool Restart(long id, DateTime now) =>
        store.Execute("restart_unit", new { id, now = StoreText.Instant(now) }) == 1;

    /// <summary>What waits, runs, will be tried again or was given up, oldest first.</summary>
    public IReadOnlyList<StoreRun> Unfinished() => store.Rows<RunRow, StoreRun>("runs_unfinished", r => r.Run());

    /// <summary>By job, for how long work has been due that nobody has begun.</summary>
    public IReadOnlyList<(string Job, TimeSpan Age)> QueueAges(DateTime now) =>
        store.Rows<QueueAgeRow, (string, TimeSpan)>(
            "queue_ages",
            r => (r.Job, now - StoreText.Instant(r.DueAt)),
            new { now = StoreText.Instant(now) }
        );

    /// <summary>What was given up, oldest first.</summary>
    public IReadOnlyList<StoreRun> Dead() => [.. Unfinished().Where(run => run.State == RunState.Dead)];

    /// <summary>Removes rows of jobs that come round often and ended well before an instant; says how many.</summary>
    public int ForgetDone(IEnumerable<string> jobs, DateTime before) =>
        jobs.Sum(job => store.Execute("forget_units", new { job, before = StoreText.Instant(before) }));

    bool End(StoreRun unit, RunState state, string counts, string? error, DateTime? nextTry, DateTime now) =>
        store.Execute(
            "end_unit",
            new
            {
                id = unit.Id,
                worker = unit.Worker,
                attempts = unit.Attempts,
                state = StoreText.Word(state),
                counts,
                error,
                due_at = nextTry is { } at ? StoreText.Instant(at) : null,
                ended_at = StoreText.Instant(now),
            }
        ) == 1;
}
