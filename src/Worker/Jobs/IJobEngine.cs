using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>All that is asked of a scheduler: to call at recurring local times, and once at an instant.</summary>
/// <remarks>
/// A call carries no work. What is to be done stands in the runs table, so that an engine may be lost, call twice, or be
/// exchanged: another one is another implementation of this and nothing else.
/// </remarks>
public interface IJobEngine : IAsyncDisposable
{
    /// <summary>Begins to call; of several workers on one database any one hears a call.</summary>
    /// <param name="heard">Is given the job that has come round, or null for a call asked for by <see cref="CallAsync"/>.</param>
    Task StartAsync(
        IReadOnlyList<Recurrence> recurrences,
        Func<string?, CancellationToken, Task> heard,
        CancellationToken cancellation
    );

    /// <summary>Calls once because of a unit that was put, at an instant or at once when it has passed.</summary>
    /// <remarks>Whichever worker hears it looks for work; the unit itself is anybody's.</remarks>
    Task CallAsync(JobUnit unit, DateTimeOffset at, CancellationToken cancellation);
}
