using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Two workers on one PostgreSQL and one home: whichever dies, the night is done once, and as if nobody had died.</summary>
[TestFixture("quartz")]
#if WITH_HANGFIRE
[TestFixture("hangfire", Category = "Hangfire")]
#endif
public sealed class ServeKillTests(string engine)
{
    [Test, CancelAfter(300_000)]
    public async Task A_night_whose_worker_is_killed_is_finished_once_by_the_other(CancellationToken cancellation)
    {
        using var home = ServeHome.Unread();
        ServeHome.Configure(home, PostgresServer.NewSchema(), engine: engine);
        using Worker first = new(home.Path),
            second = new(home.Path);

        var (killed, survivor) = await KillAtAsync(home, first, second, "score", cancellation);
        var night = await EndAsync(home, survivor, cancellation);
        Assert.That(survivor.Is(night.Worker), Is.True, night.Worker);
        Assert.That(killed.Is(night.Worker), Is.False);
        // On a busy machine a living worker may lose its lease, too; what it has done by then is done again.
        Assert.That(night.Attempts, Is.GreaterThanOrEqualTo(2));
        Assert.That(survivor.Stop(), Is.Zero, survivor.Said);
        AssertAsUndisturbed(home, night);
    }

    [Test, Category("Endurance"), CancelAfter(840_000)]
    public async Task Nights_survive_kills_in_every_step_and_a_crash_of_the_database(CancellationToken cancellation)
    {
        foreach (var step in (string[])["ingest", "read", "score", "funnel", "export"])
        {
            using var home = ServeHome.Unread();
            ServeHome.Configure(home, PostgresServer.NewSchema(), attempts: 9, engine: engine);
            using Worker first = new(home.Path),
                second = new(home.Path);
            var (_, survivor) = await KillAtAsync(home, first, second, step, cancellation);
            PostgresServer.Crash();
            using Worker third = new(home.Path);
            var night = await EndAsync(home, survivor, cancellation);
            Assert.That(night.Attempts, Is.GreaterThanOrEqualTo(2), step);
            Assert.That((survivor.Stop(), third.Stop()), Is.EqualTo((0, 0)), $"{survivor.Said}\n{third.Said}");
            AssertAsUndisturbed(home, night);
        }
    }

    /// <summary>Kills (SIGKILL) the worker that has the night when it has come to a step, or past it.</summary>
    static async Task<(Worker Killed, Worker Survivor)> KillAtAsync(
        SampleHome home,
        Worker first,
        Worker second,
        string step,
        CancellationToken cancellation
    )
    {
        string[] steps = ["", "ingest", "read", "score", "funnel", "export"];
        var night = await ServeHome.UntilAsync(
            () =>
                ServeHome.Unit(home, "night") is { } unit
                && (Array.IndexOf(steps, unit.Step) >= Array.IndexOf(steps, step) || unit.EndedAt is not null)
                    ? unit
                    : null,
            () => $"{first.Said}\n{second.Said}",
            cancellation
        );
        Assert.That(night.State, Is.EqualTo(RunState.Running), "it was over before it could be killed");
        var (killed, survivor) = first.Is(night.Worker) ? (first, second) : (second, first);
        killed.Kill();
        return (killed, survivor);
    }

    static async Task<StoreRun> EndAsync(SampleHome home, Worker survivor, CancellationToken cancellation)
    {
        var night = await ServeHome.UntilAsync(
            () =>
                ServeHome.Unit(home, "night")
                    is { State: not (RunState.Running or RunState.Failed or RunState.Queued) } unit
                    ? unit
                    : null,
            () => survivor.Said,
            cancellation
        );
        Assert.That(night.State, Is.AnyOf(RunState.Done, RunState.Warned), $"{night.Error}\n{survivor.Said}");
        using var store = LeadStore.Open(home.Path);
        Assert.That(store.Runs(50).Count(run => run.Job is "night"), Is.EqualTo(1), "one night, one unit");
        return night;
    }

    /// <summary>Lake, scores, lists and store equal those of one process with the embedded store.</summary>
    static void AssertAsUndisturbed(SampleHome home, StoreRun night)
    {
        using var alone = ServeHome.Unread();
        Leads.Run("run", "--home", alone.Path, "--as-of", StoreText.Day(night.AsOf));
        Assert.That(home.Fingerprint(), Is.EqualTo(alone.Fingerprint()));
    }
}
