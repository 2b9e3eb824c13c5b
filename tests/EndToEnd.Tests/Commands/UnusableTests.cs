using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>What cannot be used is refused with exit code 2, words that name it, and one JSON object when asked for.</summary>
public sealed class UnusableTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [TestCase("run --frobnicate", "--frobnicate")]
    [TestCase("frobnicate", "frobnicate")]
    [TestCase("run --as-of 2026-13-01", "2026-13-01")]
    [TestCase("run --as-of 01/05/2026", "expected yyyy-mm-dd")]
    [TestCase("explain", "CONTACT")]
    [TestCase("explain c999999", "c999999")]
    [TestCase("promote 1999-01-01-a", "1999-01-01-a")]
    [TestCase("evaluate 1999-01-01-a", "1999-01-01-a")]
    [TestCase("rollback", "before the present one")]
    [TestCase("export --municipality Atlantis", "2513 Överkalix")]
    [TestCase("export --as-of 2020-01-01", "2020-01-01")]
    [TestCase("funnel --as-of 2020-01-01", "2020-01-01")]
    [TestCase("train --trainer magic", "expected histogram")]
    [TestCase("train --as-of 2020-01-01", "nothing as of that day")]
    [TestCase("table train nowhere.csv --label won", "nowhere.csv")]
    [TestCase("table score nowhere.csv --model 1999-01-01-a --out scores.csv", "1999-01-01-a")]
    public void A_command_line_that_cannot_be_used_ends_with_2_and_says_why(string line, string word)
    {
        var said = Leads.Here([.. line.Split(' '), "--home", _home.Path, "--json"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2), said.Error);
            Assert.That(said.Error, Does.Contain(word).IgnoreCase);
            Assert.That(said.Error, Does.Not.Contain("   at "), "no stack trace");
            Assert.That(said.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
            Assert.That(said.Json.GetProperty("error").GetString(), Does.Contain(word).IgnoreCase);
        }
    }

    [Test]
    public void A_home_that_is_not_there_is_named()
    {
        var path = Path.Combine(_home.Path, "elsewhere");
        var said = Leads.Here("run", "--home", path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain(path).And.Contain("--home"));
            Assert.That(Directory.Exists(path), Is.False, "nothing is made by looking");
        }
    }

    [TestCase("run")]
    [TestCase("ingest")]
    public void A_folder_that_is_no_home_is_left_as_it_is(string command)
    {
        var empty = Directory.CreateTempSubdirectory("leads-e2e-").FullName;
        try
        {
            var said = Leads.Here(command, "--home", empty);
            Assert.That(said.ExitCode, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain(empty).And.Contain("inbox"));
            Assert.That(Directory.GetFileSystemEntries(empty), Is.Empty);
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }

    [TestCase("score")]
    [TestCase("funnel")]
    [TestCase("export")]
    [TestCase("evaluate")]
    [TestCase("explain c000001")]
    public void Without_a_champion_there_is_nothing_to_work_with(string line)
    {
        var empty = Directory.CreateTempSubdirectory("leads-e2e-").FullName;
        try
        {
            var said = Leads.Here([.. line.Split(' '), "--home", empty]);
            Assert.That(said.ExitCode, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain("champion").And.Contain("leads train"));
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }

    [Test]
    public void A_broken_settings_file_is_told_with_all_its_faults_at_once()
    {
        using var home = FinishedRun.Home.Twin();
        File.WriteAllText(
            Path.Combine(home.Path, "leads.json"),
            """{ "buckets": -4, "timeZone": "Mars/Olympus", "colour": "red", "label": { "horizonDays": 0 } }"""
        );
        var said = Leads.Here("run", "--home", home.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2));
            foreach (var word in (string[])["leads.json", "buckets", "Mars/Olympus", "colour", "horizonDays"])
                Assert.That(said.Error, Does.Contain(word));
        }
    }

    [Test]
    public void Broken_policies_are_told_with_all_their_faults_at_once()
    {
        using var home = FinishedRun.Home.Twin();
        File.WriteAllText(
            Path.Combine(home.Path, "policies", "2582-boden.json"),
            """{ "municipality": 2582, "weeklyCapacity": -3, "dueHour": 99 }"""
        );
        File.WriteAllText(Path.Combine(home.Path, "policies", "2584-kiruna.json"), "{ half a file");
        var said = Leads.Here("run", "--home", home.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2));
            foreach (var word in (string[])["2582-boden.json", "weeklyCapacity", "dueHour", "2584-kiruna.json"])
                Assert.That(said.Error, Does.Contain(word));
        }
    }

    [Test]
    public void Help_names_every_command_and_ends_with_0()
    {
        var said = Leads.Here("--help");
        Assert.That(said.ExitCode, Is.Zero);
        using (Assert.EnterMultipleScope())
        {
            foreach (
                var command in "demo run ingest train evaluate models promote rollback score funnel export explain table status doctor".Split(
                    ' '
                )
            )
                Assert.That(said.Output, Does.Match($@"(?m)^\s+{command}\b"));
        }
    }

    [TestCase("--out")]
    [TestCase("--home")]
    public void A_demo_into_a_folder_that_holds_something_is_refused_and_harms_nothing(string option)
    {
        var before = Directory.GetFileSystemEntries(_home.Path);
        var said = Leads.Here("demo", option, _home.Path, "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain("not empty"));
            Assert.That(said.Json.ValueKind, Is.EqualTo(JsonValueKind.Object));
            Assert.That(Directory.GetFileSystemEntries(_home.Path), Is.EquivalentTo(before));
        }
    }
}
