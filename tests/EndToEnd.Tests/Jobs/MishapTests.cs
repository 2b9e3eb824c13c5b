using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>What goes wrong in production is told in the runs table, loses nothing, and is made good by the next attempt.</summary>
public sealed class MishapTests
{
    [Test, CancelAfter(300_000)]
    public async Task A_database_that_goes_away_in_the_night_is_waited_for(CancellationToken cancellation)
    {
        using var home = ServeHome.Unread();
        ServeHome.Configure(home, PostgresServer.NewSchema(), attempts: 9);
        using var worker = new Worker(home.Path);
        await UnitAsync(home, worker, unit => unit is { State: RunState.Running, Step.Length: > 0 }, cancellation);
        using var http = new HttpClient { BaseAddress = worker.Address };
        PostgresServer.Away(() =>
        {
            using var answer = http.GetAsync("/health/ready", cancellation).GetAwaiter().GetResult();
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            using var live = http.GetAsync("/health/live", cancellation).GetAwaiter().GetResult();
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            using var page = http.GetAsync("/", cancellation).GetAwaiter().GetResult();
            Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            ServeHome
                .UntilAsync(
                    () => worker.Said.Contains("the server does not answer", StringComparison.Ordinal) ? "" : null,
                    () => worker.Said,
                    cancellation
                )
                .GetAwaiter()
                .GetResult();
        });
        var night = await UnitAsync(home, worker, IsOver, cancellation);
        Assert.That((night.State, night.Error), Is.EqualTo((RunState.Done, (string?)null)), worker.Said);
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
        AssertAsUndisturbed(home, night.AsOf);
    }

    [Test, CancelAfter(300_000), Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public async Task A_full_disk_ends_the_night_with_words_and_room_makes_it_good(CancellationToken cancellation)
    {
        using var home = ServeHome.Unread();
        ServeHome.Configure(home, postgres: null, attempts: 2);
        StoreRun dead;
        // No file may grow beyond 2,000 blocks of 512 bytes: too few for a source, enough for the runs table.
        using (var worker = new Worker(home.Path, FullDisk.LimitedTo(2_000)))
        {
            dead = await UnitAsync(home, worker, IsOver, cancellation);
            Assert.That(worker.Stop(), Is.Zero, worker.Said);
        }
        Assert.That((dead.State, dead.Attempts), Is.EqualTo((RunState.Dead, 2)), dead.Error);
        Assert.That(dead.Error, Does.Contain("the lake is as it was").And.Contain("Free space on the disk of"));
        Assert.That(
            Jobs(home).Single(run => Id(run) == dead.Id).GetProperty("error").GetString(),
            Is.EqualTo(dead.Error)
        );
        await MadeGoodAsync(home, dead, cancellation);
    }

    [Test, CancelAfter(300_000), Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public async Task A_worker_whose_store_has_no_room_says_so_and_one_that_has_makes_the_night_good(
        CancellationToken cancellation
    )
    {
        using var home = ServeHome.Trained();
        ServeHome.Configure(home, postgres: null, attempts: 9);
        // Enough for the runs table and the scores of buckets, too little for the commit of stages.
        using (var cramped = new Worker(home.Path, FullDisk.LimitedTo(1_000)))
        {
            await ServeHome.UntilAsync(
                () => cramped.Said.Contains("leads.db: the disk is full", StringComparison.Ordinal) ? "" : null,
                () => cramped.Said,
                cancellation
            );
            cramped.Kill();
        }
        using var worker = new Worker(home.Path);
        var night = await UnitAsync(home, worker, IsOver, cancellation);
        Assert.That((night.State, night.Error), Is.EqualTo((RunState.Done, (string?)null)), worker.Said);
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
        AssertAsUndisturbed(home, night.AsOf);
    }

    [Test, CancelAfter(300_000)]
    public async Task An_end_that_the_store_has_no_room_for_is_written_when_it_has_and_the_night_is_not_repeated(
        CancellationToken cancellation
    )
    {
        using var home = ServeHome.Trained();
        ServeHome.Configure(home, PostgresServer.NewSchema(), attempts: 9);
        LeadStore.Open(home.Path).Dispose();
        Mail.DueHome.Ask(
            home,
            """
            create function full_disk() returns trigger language plpgsql as $$
            begin raise exception 'could not extend file' using errcode = '53100'; end $$;
            create trigger full_disk before update on runs for each row
            when (new.job = 'night' and new.state in ('done', 'warned', 'failed', 'dead'))
            execute function full_disk();
            select 1
            """
        );
        using var worker = new Worker(home.Path);
        await ServeHome.UntilAsync(
            () => worker.Said.Contains("the server's disk is full", StringComparison.Ordinal) ? "" : null,
            () => worker.Said,
            cancellation
        );
        Assert.That(ServeHome.Unit(home, "night")!.State, Is.EqualTo(RunState.Running));
        Mail.DueHome.Ask(home, "drop trigger full_disk on runs; select 1");
        var night = await UnitAsync(home, worker, IsOver, cancellation);
        Assert.That(
            (night.State, night.Attempts, night.Error),
            Is.EqualTo((RunState.Done, 1, (string?)null)),
            worker.Said
        );
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
        AssertAsUndisturbed(home, night.AsOf);
    }

    [TestCase("models", "model.txt", "model.txt")]
    [TestCase("lake/traces", "*.parquet", "leads doctor")]
    [CancelAfter(300_000)]
    public async Task A_damaged_file_ends_the_night_with_words_and_its_copy_makes_it_good(
        string folder,
        string files,
        string word,
        CancellationToken cancellation
    )
    {
        using var home = ServeHome.Trained();
        var damaged = Directory
            .GetFiles(Path.Combine(home.Path, folder), files, SearchOption.AllDirectories)
            .OrderByDescending(file => new FileInfo(file).Length)
            .First();
        var whole = await File.ReadAllBytesAsync(damaged, cancellation);
        await File.WriteAllBytesAsync(damaged, whole[..(whole.Length / 2)], cancellation);
        ServeHome.Configure(home, postgres: null, attempts: 2);
        StoreRun dead;
        using (var worker = new Worker(home.Path))
        {
            dead = await UnitAsync(home, worker, IsOver, cancellation);
            Assert.That(worker.Stop(), Is.Zero, worker.Said);
        }
        Assert.That((dead.State, dead.Attempts), Is.EqualTo((RunState.Dead, 2)), dead.Error);
        Assert.That(dead.Error, Does.Contain(word).And.Not.Contain("Exception;"));
        TestContext.Out.WriteLine(dead.Error);
        await File.WriteAllBytesAsync(damaged, whole, cancellation);
        await MadeGoodAsync(home, dead, cancellation);
    }

    [Test]
    public void A_policy_that_breaks_between_two_runs_by_hand_fails_the_second_with_words_and_mended_the_third_is_whole()
    {
        using var home = FinishedRun.Home.Twin();
        using var undisturbed = FinishedRun.Home.Twin();
        var before = home.Fingerprint();
        var policy = Path.Combine(home.Path, "policies", "2582-boden.json");
        var whole = File.ReadAllBytes(policy);
        File.WriteAllText(policy, """{ "municipality": 2582, "weeklyCapacity": -3 }""");
        Assert.That(Leads.Run("run", "--home", home.Path, "--as-of", "2026-05-02").ExitCode, Is.EqualTo(2));

        var failed = Jobs(home)[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed.GetProperty("job").GetString(), Is.EqualTo("run"));
            Assert.That(failed.GetProperty("asOf").GetString(), Is.EqualTo("2026-05-02"));
            Assert.That(failed.GetProperty("state").GetString(), Is.EqualTo("failed"));
            Assert.That(
                failed.GetProperty("error").GetString(),
                Does.Contain("2582-boden.json").And.Contain("weeklyCapacity")
            );
            Assert.That(home.Fingerprint(), Is.EqualTo(before));
        }

        File.WriteAllBytes(policy, whole);
        Leads.Done("run", "--home", home.Path, "--as-of", "2026-05-02");
        Leads.Done("run", "--home", undisturbed.Path, "--as-of", "2026-05-02");
        Assert.That(home.Fingerprint(), Is.EqualTo(undisturbed.Fingerprint()));
        var done = Jobs(home)[0];
        Assert.That(done.GetProperty("state").GetString(), Is.EqualTo("done"));
        Assert.That(done.GetProperty("step").GetString(), Is.EqualTo("export"));
        Assert.That(done.GetProperty("counts").GetString(), Does.Contain("\"scored\":"));
    }

    [Test]
    public void A_run_of_a_past_day_says_in_the_runs_table_why_it_was_refused()
    {
        using var home = FinishedRun.Home.Twin();
        Leads.Run("run", "--home", home.Path, "--as-of", "2026-04-01");
        Assert.That(Jobs(home)[0].GetProperty("error").GetString(), Does.Contain("it only goes forward"));
    }

    /// <summary>A worker that has what the first one lacked does what was given up, as if nothing had happened.</summary>
    static async Task MadeGoodAsync(SampleHome home, StoreRun dead, CancellationToken cancellation)
    {
        Leads.Done("jobs", "restart", $"{dead.Id}", "--home", home.Path);
        using var worker = new Worker(home.Path);
        var night = await UnitAsync(home, worker, IsOver, cancellation);
        Assert.That(
            (night.Id, night.State, night.Error),
            Is.EqualTo((dead.Id, RunState.Done, (string?)null)),
            worker.Said
        );
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
        AssertAsUndisturbed(home, night.AsOf);
    }

    static void AssertAsUndisturbed(SampleHome home, DateOnly day)
    {
        using var alone = ServeHome.Unread();
        Leads.Done("run", "--home", alone.Path, "--as-of", StoreText.Day(day));
        Assert.That(home.Fingerprint(), Is.EqualTo(alone.Fingerprint()));
    }

    static bool IsOver(StoreRun unit) =>
        unit.State is RunState.Done or RunState.Warned or RunState.Dead or RunState.Lapsed;

    static Task<StoreRun> UnitAsync(
        SampleHome home,
        Worker worker,
        Func<StoreRun, bool> isSo,
        CancellationToken cancellation
    ) =>
        ServeHome.UntilAsync(
            () => worker.Address is not null && ServeHome.Unit(home, "night") is { } unit && isSo(unit) ? unit : null,
            () => worker.Said,
            cancellation
        );

    static long Id(JsonElement run) => run.GetProperty("id").GetInt64();

    static JsonElement[] Jobs(SampleHome home) =>
        [.. Leads.Done("jobs", "--home", home.Path, "--json").Json.GetProperty("runs").EnumerateArray()];
}
