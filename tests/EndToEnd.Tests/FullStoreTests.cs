using System.Runtime.Versioning;
using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Wherever in a night the disk under store, scores and lists is full: it is told, and with room the night is whole.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class FullStoreTests
{
    // Too few blocks for the store's migrations; for a commit of stages.
    [TestCase(100)]
    [TestCase(1_000)]
    public void A_store_that_may_not_grow(int blocks)
    {
        using var home = ServeHome.Trained();
        var said = FullDisk.Limit(blocks, "run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        Assert.That(said.Error, Does.StartWith($"{Path.Combine(home.Path, "leads.db")}: the disk is full"));
        AssertMadeGood(home, said);
    }

    // Full when the first steps are to be noted; while scores are written; when all is written and the end is to be noted.
    [TestCase(300)]
    [TestCase(400)]
    [TestCase(1_950)]
    public void A_disk_on_which_nothing_may_grow(int freeKilobytes)
    {
        using var home = ServeHome.Trained();
        var said = FullDisk.Disk(home, freeKilobytes, "run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        TestContext.Out.WriteLine($"{said.Output}\n{said.Error}");
        // A limit on each file by itself is not always reached.
        if (FullDisk.IsOfFilesAlone && said.ExitCode == 0)
            Assert.That(home.Fingerprint(), Is.EqualTo(FinishedRun.Home.Fingerprint()));
        else
            AssertMadeGood(home, said);
    }

    [Test]
    public void A_list_that_is_half_written_is_none()
    {
        using var home = FinishedRun.Home.Twin();
        var lists = Path.Combine(home.Path, "exports", $"as_of={SampleHome.AsOf}");
        var whole = Lists();
        // Beside what SQLite's readers need, room for some of the lists, in what is written anew and in what is asked for.
        foreach (var (format, freeKilobytes) in new[] { ("csv", 56), ("xlsx", 120), ("parquet", 120) })
        {
            var said = FullDisk.Disk(
                home,
                freeKilobytes,
                "export",
                "--home",
                home.Path,
                "--as-of",
                SampleHome.AsOf,
                "--format",
                format
            );
            TestContext.Out.WriteLine(said.Error);
            if (said.ExitCode == 0)
                Assert.That(
                    FullDisk.IsOfFilesAlone,
                    Is.True,
                    "a list is smaller than any limit under which SQLite opens"
                );
            else
            {
                FullDisk.AssertTold(said);
                Assert.That(Lists(), Is.EqualTo(whole));
            }
        }
        Leads.Done("export", "--home", home.Path, "--as-of", SampleHome.AsOf, "--format", "parquet");
        Assert.That(Directory.GetFiles(lists, "*.parquet"), Has.Length.EqualTo(14));
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(lists)!), Is.EqualTo(new[] { lists }));

        Dictionary<string, string> Lists() =>
            Directory
                .GetFiles(Path.GetDirectoryName(lists)!, "*", SearchOption.AllDirectories)
                .ToDictionary(file => file, File.ReadAllText);
    }

    [Test]
    public void Addresses_without_room_keep_the_rows_they_come_with_out_of_the_lake()
    {
        using var undisturbed = SampleHome.Make();
        foreach (var source in Directory.GetDirectories(Path.Combine(undisturbed.Path, "inbox")))
            if (Path.GetFileName(source) is not ("crm_contacts" or "consents"))
                Directory.Delete(source, recursive: true);
        using var home = undisturbed.Twin();
        Leads.Done("ingest", "--home", undisturbed.Path);

        var said = FullDisk.Limit(400, "ingest", "--home", home.Path);

        Assert.That(said.Error, Does.StartWith(Path.Combine(home.Path, "leads.db")));
        FullDisk.AssertTold(said);
        Assert.That(File.Exists(Path.Combine(home.Path, "lake", "manifest.json")), Is.False);
        Assert.That(Addresses(home), Is.Zero);
        Leads.Done("ingest", "--home", home.Path);
        Assert.That(home.Fingerprint(), Is.EqualTo(undisturbed.Fingerprint()));
        Assert.That(Addresses(home), Is.EqualTo(Addresses(undisturbed)).And.GreaterThan(100));
        Leads.Done("doctor", "--home", home.Path);
    }

    /// <summary>The night is told as failed and with why, or has left no run; the next makes what an undisturbed one makes.</summary>
    static void AssertMadeGood(SampleHome home, Said said)
    {
        FullDisk.AssertTold(said);
        var failed = Runs(home);
        Assert.That(failed, Has.Length.LessThanOrEqualTo(1));
        foreach (var run in failed)
        {
            Assert.That(run.GetProperty("state").GetString(), Is.EqualTo("failed"));
            Assert.That(
                run.GetProperty("error").GetString(),
                Is.EqualTo(said.Error.TrimEnd('\n')).Or.StartsWith("the process ended and could not note why")
            );
        }
        Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        Assert.That(home.Fingerprint(), Is.EqualTo(FinishedRun.Home.Fingerprint()));
        Assert.That(Runs(home)[0].GetProperty("state").GetString(), Is.EqualTo("done"));
    }

    static JsonElement[] Runs(SampleHome home) =>
        [.. Leads.Here("jobs", "--home", home.Path, "--json").Json.GetProperty("runs").EnumerateArray()];

    static long Addresses(SampleHome home)
    {
        using var store = LeadScoring.Worker.Store.LeadStore.Open(home.Path);
        return Mail.DueHome.Ask(home, "select count(*) from contact_addresses");
    }
}
