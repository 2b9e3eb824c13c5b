namespace LeadScoring.Worker.Jobs;

/// <summary>Wakes all who wait for work.</summary>
sealed class WakeSignal
{
    TaskCompletionSource _next = New();

    /// <summary>Ends with the next wake, or after a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await Volatile.Read(ref _next).Task.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException) { }
    }

    public void Wake() => Interlocked.Exchange(ref _next, New()).SetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
