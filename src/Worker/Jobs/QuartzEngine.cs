using System.Globalization;
using LeadScoring.Worker.Store;
using Quartz;

namespace LeadScoring.Worker.Jobs;

/// <summary>Quartz behind the seam: in memory, or clustered over the store's PostgreSQL.</summary>
/// <param name="postgres">The connection of the cluster; null keeps the schedule in memory.</param>
sealed class QuartzEngine(string? postgres, TimeProvider time) : IJobEngine
{
    const string Group = "leads";
    const string Heard = "heard";
    const string Job = "job";

    static readonly JobKey Calls = new("call", Group);

    IScheduler? _scheduler;

    public async Task StartAsync(
        IReadOnlyList<Recurrence> recurrences,
        Func<string?, CancellationToken, Task> heard,
        CancellationToken cancellation
    )
    {
        _scheduler = await QuartzSchedulerBuilder.Create(Configure).BuildScheduler(cancellation);
        _scheduler.Context[Heard] = heard;
        await _scheduler.AddJob(
            JobBuilder.Create<Call>().WithIdentity(Calls).StoreDurably().RequestRecovery().Build(),
            new AddJobOptions { Replace = true },
            cancellation
        );
        foreach (var recurrence in recurrences)
            await _scheduler.ScheduleJob(
                JobBuilder
                    .Create<Call>()
                    .WithIdentity(recurrence.Job, Group)
                    .UsingJobData(Job, recurrence.Job)
                    .RequestRecovery()
                    .Build(),
                TriggerBuilder
                    .Create(time)
                    .WithIdentity(recurrence.Job, Group)
                    .WithSchedule(CronScheduleBuilder.Create(Cron(recurrence)).InTimeZone(recurrence.Zone))
                    .Build(),
                ScheduleJobOptions.Replacing,
                cancellation
            );
        await _scheduler.Start(cancellation);
    }

    public async Task CallAsync(JobUnit unit, DateTimeOffset at, CancellationToken cancellation)
    {
        var scheduler = _scheduler ?? throw new InvalidOperationException("the engine has not been started");
        // One call of a unit is enough at an instant, however many ask for it.
        var name = string.Create(CultureInfo.InvariantCulture, $"{unit.Words} {at.UtcTicks}");
        await scheduler.ScheduleTrigger(
            TriggerBuilder.Create(time).WithIdentity(name, Group).ForJob(Calls).StartAt(at).Build(),
            TriggerConflict.Keep,
            cancellation
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is not null)
            await _scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
    }

    /// <summary>Seconds, minutes, hours, day of month, month, day of week.</summary>
    internal static string Cron(Recurrence recurrence) =>
        recurrence.Minutes is { } minutes
            ? string.Create(CultureInfo.InvariantCulture, $"0 {(minutes == 60 ? "0" : $"0/{minutes}")} * * * ?")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"0 {recurrence.At.Minute} {recurrence.At.Hour} {recurrence.DayOfMonth?.ToString(CultureInfo.InvariantCulture) ?? "*"} * ?"
            );

    void Configure(IQuartzBuilder quartz)
    {
        quartz.ConfigureScheduler(options => options.InstanceName = Group);
        quartz.UseTimeProvider(time);
        quartz.UseDefaultThreadPool(2);
        if (postgres is null)
            quartz.UseInMemoryStore();
        else
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(postgres);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
                store.UseClustering();
            });
    }

    /// <summary>Passes a call on to whoever the engine was started for.</summary>
    sealed class Call : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var heard = (Func<string?, CancellationToken, Task>)context.Scheduler.Context[Heard]!;
            var job = context.MergedJobDataMap.TryGetValue(Job, out var name) ? (string?)name : null;
            await heard(job, cancellationToken);
        }
    }
}
