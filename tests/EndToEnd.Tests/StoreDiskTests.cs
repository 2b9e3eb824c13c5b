using System.Globalization;
using System.Text.Json;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A disk without room for the store: what was begun is told and not kept, and with room all goes on as if nothing had been.</summary>
/// <remarks>Room is taken by a limit on the size of files (<c>ulimit -f</c>, blocks of 512 bytes), which needs no mount.</remarks>
[Platform("Linux")]
public sealed class StoreDiskTests
{
    const string NextWorkday = "2026-05-04";
    const string Told = "leads.db: the disk is full or failing, expected room for the store and its journal; make room";

    // Too few for the tables of a new store; for what a first night writes in one transaction.
    [TestCase(40, false)]
    [TestCase(800, true)]
    public void A_night_without_room_for_the_store_is_told_and_the_next_is_whole(int blocks, bool hasRuns)
    {
        using var home = ServeHome.Trained();

        var said = Leads.Under(Limit(blocks), "run", "--home", home.Path, "--as-of", SampleHome.AsOf);

        Assert.That((said.ExitCode, said.Error), Is.EqualTo((2, Line(home))));
        var failed = Runs(home);
        Assert.That(failed, Has.Length.EqualTo(hasRuns ? 1 : 0));
        if (hasRuns)
        {
            Assert.That(failed[0].GetProperty("state").GetString(), Is.EqualTo("failed"));
            Assert.That(failed[0].GetProperty("step").GetString(), Is.EqualTo("funnel"));
            Assert.That(failed[0].GetProperty("error").GetString(), Does.Contain(Told));
        }
        Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        using var undisturbed = ServeHome.Trained();
        Leads.Done("run", "--home", undisturbed.Path, "--as-of", SampleHome.AsOf);
        Assert.That(home.Fingerprint(), Is.EqualTo(undisturbed.Fingerprint()));
        Leads.Done("doctor", "--home", home.Path);
    }

    [Test]
    public void A_dispatch_that_runs_out_of_room_loses_and_doubles_nothing()
    {
        using var undisturbed = FinishedRun.Home.Twin();
        Leads.Done("dispatch", "--home", undisturbed.Path, "--as-of", NextWorkday);
        using var home = FinishedRun.Home.Twin();
        // The names of messages come out of it.
        SampleHome.Copy(Path.Combine(undisturbed.Path, "mail"), Path.Combine(home.Path, "mail"));
        foreach (var file in Directory.GetFiles(Path.Combine(home.Path, "mail")).Where(file => !IsKey(file)))
            File.Delete(file);

        // Room for some messages, and for some more.
        foreach (var blocks in (int[])[200, 400])
        {
            var said = Leads.Under(Limit(blocks), "dispatch", "--home", home.Path, "--as-of", NextWorkday);
            Assert.That((said.ExitCode, said.Error), Is.EqualTo((2, Line(home))), said.Output);
            Assert.That(Runs(home)[0].GetProperty("error").GetString(), Does.Contain(Told));
        }
        var begun = Messages(home);
        Assert.That(begun, Is.Not.Empty, "it got as far as sending");
        Leads.Done("dispatch", "--home", home.Path, "--as-of", NextWorkday);

        Assert.That(Messages(home), Is.EqualTo(Messages(undisturbed)).And.SupersetOf(begun));
        Assert.That(home.Fingerprint(), Is.EqualTo(undisturbed.Fingerprint()));
    }

    [Test, CancelAfter(300_000)]
    public async Task A_worker_whose_store_has_no_room_says_so_and_one_that_has_makes_the_night_good(
        CancellationToken cancellation
    )
    {
        using var home = ServeHome.Trained();
        ServeHome.Configure(home, postgres: null);
        using (var cramped = new Worker(home.Path, Limit(800)))
        {
            await ServeHome.UntilAsync(
                () => cramped.Said.Contains(Told, StringComparison.Ordinal) ? "" : null,
                () => cramped.Said,
                cancellation
            );
            cramped.Kill();
        }
        using var worker = new Worker(home.Path);
        var night = await ServeHome.UntilAsync(
            () => ServeHome.Unit(home, "night") is { State: RunState.Done } done ? done : null,
            () => worker.Said,
            cancellation
        );
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
        using var alone = ServeHome.Trained();
        Leads.Done("run", "--home", alone.Path, "--as-of", StoreText.Day(night.AsOf));
        Assert.That(home.Fingerprint(), Is.EqualTo(alone.Fingerprint()));
    }

    static string[] Limit(int blocks) =>
        [
            "sh",
            "-c",
            string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""),
            "sh",
        ];

    static string Line(SampleHome home) =>
        $"{home.Path}/{Told}; nothing of the interrupted step was kept, so run it again{Environment.NewLine}";

    static bool IsKey(string file) => Path.GetFileName(file) is "key";

    static string[] Messages(SampleHome home) =>
        [
            .. Directory
                .GetFiles(Path.Combine(home.Path, "outbox"))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    static JsonElement[] Runs(SampleHome home) =>
        [.. Leads.Done("jobs", "--home", home.Path, "--json").Json.GetProperty("runs").EnumerateArray()];
}
