using System.Runtime.Versioning;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A disk without room or without rights leaves the lake as it was; mended, the next ingest makes it whole.</summary>
/// <remarks>
/// Room is taken by a limit on the size of files (<c>ulimit -f</c>), which needs no mount. Rights are taken by their
/// bits, and from root, whom bits do not stop, by leaving its process without the capabilities that ignore them.
/// </remarks>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class DiskTests
{
    const UnixFileMode ReadOnly =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    static readonly string[] WithoutPrivileges = Environment.IsPrivilegedProcess
        ?
        [
            "setpriv",
            "--inh-caps=-dac_override,-dac_read_search",
            "--bounding-set=-dac_override,-dac_read_search",
            "--",
        ]
        : [];

    SampleHome _home = null!;
    IReadOnlyDictionary<string, string> _before = null!;
    IReadOnlyDictionary<string, string> _undisturbed = null!;

    /// <summary>All but the traces of the web are in the lake; they are new in the inbox.</summary>
    [OneTimeSetUp]
    public void Make_a_home()
    {
        _home = SampleHome.Make();
        var (inbox, aside) = (Path.Combine(_home.Path, "inbox", "web_analytics"), Path.Combine(_home.Path, "aside"));
        Directory.Move(inbox, aside);
        Leads.Done("ingest", "--home", _home.Path);
        Directory.Move(aside, inbox);
        _before = _home.Fingerprint();
        using var twin = _home.Twin();
        Leads.Done("ingest", "--home", twin.Path);
        _undisturbed = twin.Fingerprint();
        Assert.That(_undisturbed, Is.Not.EqualTo(_before));
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    // Blocks of 512 bytes: too few for a bucket's traces, for an unpacked file, for the identities of a source's rows.
    [TestCase(8)]
    [TestCase(200)]
    [TestCase(2_000)]
    public void Without_room_the_lake_is_as_it_was(int blocks)
    {
        using var home = _home.Twin();

        var said = FullDisk.Limit(blocks, "ingest", "--home", home.Path, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2), said.Error);
            Assert.That(
                said.Error,
                Does.StartWith("The ingest was broken off and the lake is as it was: ")
                    .And.Contain("Free space on the disk of")
            );
            Assert.That(said.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
            Assert.That(home.Fingerprint(), Is.EqualTo(_before));
        }
        AssertMadeGood(home);
    }

    [Test]
    public void Without_the_right_to_write_the_lake_is_as_it_was()
    {
        using var home = _home.Twin();
        var lake = Path.Combine(home.Path, "lake");
        var mode = File.GetUnixFileMode(lake);
        File.SetUnixFileMode(lake, ReadOnly);

        var said = Leads.Under(WithoutPrivileges, "ingest", "--home", home.Path, "--json");

        File.SetUnixFileMode(lake, mode);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2), said.Error);
            Assert.That(said.Error, Does.Contain("the lake is as it was").And.Contain($"to write in {lake}"));
            Assert.That(home.Fingerprint(), Is.EqualTo(_before));
        }
        AssertMadeGood(home);
    }

    [Test]
    public void A_file_of_the_inbox_that_may_not_be_read_is_refused_by_name_until_it_may()
    {
        using var home = _home.Twin();
        var closed = Directory
            .EnumerateFiles(Path.Combine(home.Path, "inbox", "web_analytics"))
            .Order(StringComparer.Ordinal)
            .First();
        var name = $"inbox/web_analytics/{Path.GetFileName(closed)}";
        var mode = File.GetUnixFileMode(closed);
        File.SetUnixFileMode(closed, UnixFileMode.None);

        var said = Leads.Under(WithoutPrivileges, "ingest", "--home", home.Path);

        File.SetUnixFileMode(closed, mode);
        Assert.That(said.ExitCode, Is.EqualTo(3), said.Error);
        Assert.That(
            said.Output,
            Does.Contain($"{name}: it may not be read. Give the account that runs leads the right")
        );
        Leads.Done("ingest", "--home", home.Path);
        AssertSound(home);
    }

    void AssertMadeGood(SampleHome home)
    {
        Leads.Done("ingest", "--home", home.Path);
        Assert.That(home.Fingerprint(), Is.EqualTo(_undisturbed));
        AssertSound(home);
    }

    static void AssertSound(SampleHome home) => Leads.Done("doctor", "--home", home.Path);
}
