using System.Diagnostics;
using System.Globalization;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Two ingests of one home at once, in two processes: one works, the other waits or says who works.</summary>
/// <remarks>
/// The first is stopped by a signal as soon as it has the lock, and goes on by another.
/// </remarks>
[Platform("Unix")]
public sealed class LockTests
{
    static readonly Lazy<IReadOnlyDictionary<string, string>> Undisturbed = new(() =>
    {
        using var home = SampleHome.Make();
        Leads.Done("ingest", "--home", home.Path);
        return home.Fingerprint();
    });

    SampleHome _home = null!;
    Process? _first;

    [SetUp]
    public void Start_an_ingest_that_is_held_up()
    {
        _home = SampleHome.Make();
        _first = Leads.Start("ingest", "--home", _home.Path);
        var name = Path.Combine(_home.Path, "lake", ".holder.lock");
        Assert.That(() => File.Exists(name), Is.True.After(60_000, 10), "the first ingest has the lock");
        Signal("STOP");
    }

    [TearDown]
    public void End_it()
    {
        if (_first is { HasExited: false })
            _first.Kill(entireProcessTree: true);
        _first?.WaitForExit();
        _first?.Dispose();
        _home.Dispose();
    }

    [TestCase("ingest")]
    [TestCase("run")]
    public void The_second_says_at_once_who_holds_the_lake(string command)
    {
        var said = Leads.Run(command, "--home", _home.Path, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2));
            Assert.That(
                said.Error,
                Does.Contain($"process {_first!.Id} on {Environment.MachineName}, since 2")
                    .And.Contain("--wait SECONDS")
            );
            Assert.That(said.Json.GetProperty("error").GetString(), Does.Contain("Another ingest is writing"));
            Assert.That(_first.HasExited, Is.False, "the first goes on");
        }
        Signal("CONT");
        _first!.WaitForExit();
        AssertUndisturbed();
    }

    [Test]
    public void The_second_waits_when_it_was_told_to_and_finds_everything_done()
    {
        using var second = Leads.Start("ingest", "--home", _home.Path, "--wait", "300", "--json");
        Assert.That(second.WaitForExit(TimeSpan.FromSeconds(3)), Is.False, "it waits");

        Signal("CONT");
        _first!.WaitForExit();
        var output = second.StandardOutput.ReadToEnd();
        second.WaitForExit();

        Assert.That(second.ExitCode, Is.Zero);
        Assert.That(new Said(0, output, "").Json.GetProperty("changed").GetBoolean(), Is.False);
        AssertUndisturbed();
    }

    [Test]
    public void A_holder_that_was_killed_blocks_nobody()
    {
        _first!.Kill(entireProcessTree: true);
        _first.WaitForExit();
        Assert.That(File.Exists(Path.Combine(_home.Path, "lake", ".holder.lock")), Is.True, "its name is left behind");

        Leads.Done("ingest", "--home", _home.Path);

        AssertUndisturbed();
    }

    void AssertUndisturbed() => Assert.That(_home.Fingerprint(), Is.EqualTo(Undisturbed.Value));

    void Signal(string name) => Shell(string.Create(CultureInfo.InvariantCulture, $"kill -{name} {_first!.Id}"));

    static void Shell(string line)
    {
        using var shell = Process.Start("sh", ["-c", line]);
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero, line);
    }
}
