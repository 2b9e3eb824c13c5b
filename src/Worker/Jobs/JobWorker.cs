using System.Globalization;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>Claims due units and does them: one at a time of each job, so that a long night keeps no other job waiting.</summary>
sealed class JobWorker(
    Home home,
    JobSettings settings,
    IReadOnlyList<IJobBody> bodies,
    WakeSignal signal,
    TextWriter output,
    TimeProvider time,
    ILogger<JobWorker> log
) : BackgroundService
{
    /// <summary>This process: unique among those that live, on any machine, and after a restart.</summary>
    public string Name { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.MachineName}:{Environment.ProcessId}:{time.GetUtcNow():yyyyMMddHHmmss}"
        );

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(bodies.Select(body => Task.Run(() => WorkAsync(body, stoppingToken), CancellationToken.None)));

    async Task WorkAsync(IJobBody body, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                try
                {
                    while (!stopping.IsCancellationRequested && await DoNextAsync(body, stopping)) { }
                }
                catch (WorkerException problem)
                {
                    JobLog.NoStore(log, problem.Message);
                }
                await signal.WaitAsync(settings.Poll, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    /// <summary>Does the job's next due unit; false when there is none.</summary>
    async Task<bool> DoNextAsync(IJobBody body, CancellationToken stopping)
    {
        using var store = LeadStore.Open(home.Path);
        var queue = new JobUnits(store);
        queue.BuryLost(Now());
        if (queue.LapseOvertaken(Now()) is > 0 and var lapsed)
            JobLog.Lapsed(log, lapsed);
        if (queue.Claim(body.Name, Name, Now(), settings.Lease) is not { } unit)
            return false;
        JobLog.Begun(log, unit.Job, unit.AsOf, unit.Part, unit.Attempts, unit.MaxAttempts, unit.Worker);

        var begun = time.GetTimestamp();
        using var measured = new MeasuredUnit(unit, time);
        await using var held = new HeldUnit(home, unit, settings.Lease, time, log, stopping);
        try
        {
            var screen = new Screen(output, output, json: false, time)
            {
                StepBegun = held.Step,
                Progressed = held.Progress,
            };
            var outcome = body.Run(new(unit.Job, unit.AsOf, unit.Part), screen, held.Cancellation);
            var counts = Json.Line(outcome.Counts);
            if (!await EndedAsync(q => q.Done(unit, outcome.State, counts, Now()), stopping))
                JobLog.Left(log, unit.Job, unit.AsOf, unit.Part, "done, but another worker has taken it over");
            else
            {
                measured.Ended(outcome.State, counts);
                JobLog.Ended(
                    log,
                    unit.Job,
                    unit.AsOf,
                    unit.Part,
                    StoreText.Word(outcome.State),
                    Seconds(begun),
                    counts
                );
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Ended(q => q.Release(unit, Now()));
            JobLog.Left(log, unit.Job, unit.AsOf, unit.Part, "given back, because this worker is being stopped");
        }
        catch (OperationCanceledException) when (held.Cancellation.IsCancellationRequested)
        {
            JobLog.Left(log, unit.Job, unit.AsOf, unit.Part, "stopped, because the lease was lost");
        }
        catch (Exception problem)
        {
            var error = JobFault.Words(problem);
            measured.Failed(problem);
            if (!JobFault.IsTold(problem))
                JobLog.Unexpected(log, problem.GetType().Name, problem.StackTrace?.ReplaceLineEndings(" "));
            JobLog.Failed(log, unit.Job, unit.AsOf, unit.Part, unit.Attempts, error);
            await EndedAsync(q => q.Failed(unit, error, Now() + settings.BackOffAfter(unit.Attempts), Now()), stopping);
        }
        return true;
    }

    /// <summary>Says it until the store takes it: a store without room, or away, is often what the unit failed of.</summary>
    async Task<bool> EndedAsync(Func<JobUnits, bool> end, CancellationToken stopping)
    {
        while (true)
            try
            {
                return Ended(end);
            }
            catch (WorkerException problem)
            {
                JobLog.NoStore(log, problem.Message);
                await Task.Delay(settings.Poll, time, stopping);
            }
    }

    /// <summary>On a connection of its own: the one of the claim may have died during the work.</summary>
    bool Ended(Func<JobUnits, bool> end)
    {
        using var store = LeadStore.Open(home.Path);
        return end(new JobUnits(store));
    }

    double Seconds(long begun) => Math.Round(time.GetElapsedTime(begun).TotalSeconds, 1);

    DateTime Now() => time.GetUtcNow().UtcDateTime;
}
