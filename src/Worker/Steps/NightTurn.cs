using LeadScoring.Worker.Mail;

namespace LeadScoring.Worker.Steps;

/// <summary>Keeps nights and looks between nights apart: one of them at a time moves a home's contacts.</summary>
/// <remarks>The turn ends with the process, however it ends. Everybody who shares the home's folder sees it.</remarks>
static class NightTurn
{
    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    /// <summary>A night's turn: it waits for a look, which is over soon, and for another night.</summary>
    /// <exception cref="WorkerException">Another had it for all that time.</exception>
    public static IDisposable Wait(Home home, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (TryTake(home) is { } turn)
                return turn;
            if (time.GetElapsedTime(started) > patience)
                throw new WorkerException(
                    WorkerException.Told(
                        PathOf(home),
                        "another run is moving this home's contacts",
                        "one at a time",
                        "wait for it and run again, or end it if it hangs; the lock ends with the process, the file may stay"
                    )
                );
            cancellation.WaitHandle.WaitOne(BetweenTries);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The turn if nobody has it, else null.</summary>
    public static IDisposable? TryTake(Home home) => FileTurn.TryTake(PathOf(home));

    static string PathOf(Home home) => Path.Combine(home.Path, ".night.lock");
}
