using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Store;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>Renews a unit's lease while its body works, shows how far it is, and stops the body when the lease is lost.</summary>
sealed class HeldUnit : IAsyncDisposable
{
    /// <summary>Between two looks at how far the body is: a body may say so a thousand times a second.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    readonly Home _home;
    readonly StoreRun _unit;
    readonly TimeSpan _lease;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly CancellationTokenSource _lost;
    readonly CancellationTokenSource _over = new();
    readonly Task _renewing;
    readonly Task _showing;
    Far? _far;

    public HeldUnit(
        Home home,
        StoreRun unit,
        TimeSpan lease,
        TimeProvider time,
        ILogger log,
        CancellationToken stopping
    )
    {
        (_home, _unit, _lease, _time, _log) = (home, unit, lease, time, log);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Cancellation = _lost.Token;
        _renewing = Task.Run(RenewAsync, CancellationToken.None);
        _showing = Task.Run(ShowAsync, CancellationToken.None);
    }

    /// <summary>The worker is being stopped, or the unit is another's.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Notes the step that the body has come to.</summary>
    public void Step(string step)
    {
        using var store = LeadStore.Open(_home.Path);
        new JobUnits(store).Step(_unit, step);
    }

    /// <summary>How far the body is within a step; written down now and then, and never waited for.</summary>
    public void Progress(string step, StepProgress progress) => Volatile.Write(ref _far, new(step, progress));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_renewing, _showing);
        _over.Dispose();
        _lost.Dispose();
    }

    /// <summary>Three times a lease, so that two renewals may fail.</summary>
    async Task RenewAsync()
    {
        var until = Now() + _lease;
        try
        {
            while (true)
            {
                await Task.Delay(_lease / 3, _time, _over.Token);
                try
                {
                    using var store = LeadStore.Open(
                        _home.Path,
                        patienceSeconds: (int)Math.Max(1, _lease.TotalSeconds / 3)
                    );
                    var next = Now() + _lease;
                    if (!new JobUnits(store).Renew(_unit, next))
                        break;
                    until = next;
                }
                catch (WorkerException problem)
                {
                    JobLog.NoStore(_log, problem.Message);
                    if (Now() >= until)
                        break;
                }
            }
            await _lost.CancelAsync();
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested) { }
    }

    async Task ShowAsync()
    {
        try
        {
            for (Far? shown = null; ; )
            {
                await Task.Delay(Glance, _time, _over.Token);
                if (Volatile.Read(ref _far) is not { } far || ReferenceEquals(far, shown))
                    continue;
                try
                {
                    // Whoever writes for longer than this second is the work itself: the next glance tells more.
                    using var store = LeadStore.Open(_home.Path, patienceSeconds: 1);
                    new JobUnits(store).Progress(_unit, far.Step, far.Progress.Share, far.Progress.Words);
                    shown = far;
                }
                catch (WorkerException problem)
                {
                    JobLog.NoProgress(_log, problem.Message);
                }
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested) { }
    }

    sealed record Far(string Step, StepProgress Progress);

    DateTime Now() => _time.GetUtcNow().UtcDateTime;
}
