using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker;

/// <summary>The row of the runs table of a job that is run by hand: its step, its counts, and why it failed.</summary>
/// <remarks>Each word is written on a connection of its own, for a night may last longer than a connection.</remarks>
sealed class HandRun
{
    const string Gone =
        "the process ended and could not note why: it was killed, or the store had no room; what it printed last tells, and running it again makes it good";

    readonly Home _home;
    readonly TimeProvider _time;
    readonly long _id;

    public HandRun(Home home, string job, DateOnly asOf, TimeProvider time)
    {
        (_home, _time) = (home, time);
        using var store = LeadStore.Open(home.Path);
        CloseGone(store, Now());
        _id = store.RunStarted(asOf, job, Now(), RunProcess.Name());
    }

    /// <summary>Notes of runs whose process has ended, and could not or did not say so, that they have failed.</summary>
    public static void CloseGone(LeadStore store, DateTime now)
    {
        foreach (var (id, worker) in store.RunsByHand())
            if (RunProcess.IsGone(worker))
                store.RunGone(id, now, Gone);
    }

    public void Step(string step) => Tell(store => store.RunStep(_id, step));

    public void AsOf(DateOnly day) => Tell(store => store.RunAsOf(_id, day));

    public void Done(RunState state, object counts) =>
        Tell(store => store.RunEnded(_id, state, Now(), Json.Line(counts)));

    /// <summary>Notes why the run failed; when the store is what failed, there is nowhere to note it.</summary>
    public void Failed(Exception problem)
    {
        try
        {
            var error = problem is OperationCanceledException ? "stopped" : JobFault.Words(problem);
            Tell(store => store.RunEnded(_id, RunState.Failed, Now(), error: error));
        }
        catch (WorkerException)
        {
            // The first fault is the one to tell; the row says that its process is gone as soon as somebody looks.
        }
    }

    void Tell(Action<LeadStore> word)
    {
        using var store = LeadStore.Open(_home.Path);
        word(store);
    }

    DateTime Now() => _time.GetUtcNow().UtcDateTime;
}
