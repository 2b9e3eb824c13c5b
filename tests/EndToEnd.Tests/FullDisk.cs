using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Runs the program where room runs out: under a limit on the size of files, or with its home on a small disk.</summary>
/// <remarks>
/// The limit (<c>ulimit -f</c>) works everywhere and fails with EFBIG. A small disk, which is full for all files together
/// and fails with ENOSPC, is a file system in memory; where the machine lets nobody mount one, a limit takes its place.
/// </remarks>
[SupportedOSPlatform("linux")]
static class FullDisk
{
    /// <summary>Copies the home to a disk that is so much larger, runs, makes room, and copies the home back.</summary>
    const string Mount = """
        home=$0; free=$1; shift
        mkdir "$home.under" && mount --bind "$home" "$home.under" && mount -t tmpfs -o size=500m none "$home" || exit 99
        cp -a "$home.under/." "$home/"
        used=$(df -k --output=used "$home" | tail -n 1)
        mount -o "remount,size=$((used + free))k" "$home" || exit 99
        "$@"
        code=$?
        find "$home.under" -mindepth 1 -delete
        cp -a "$home/." "$home.under/"
        exit $code
        """;

    static readonly string[] Apart = ["unshare", "--user", "--map-root-user", "--mount"];

    static readonly Lazy<bool> CanMount = new(() =>
    {
        using var process = Process.Start(Apart[0], [.. Apart[1..], "sh", "-c", "mount -t tmpfs none /mnt"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    });

    /// <summary>Whether no small disk can be had here.</summary>
    public static bool IsOfFilesAlone => !CanMount.Value;

    /// <summary>No file may become larger.</summary>
    /// <param name="blocks">Of 512 bytes. SQLite needs 64 for what its connections share.</param>
    public static Said Limit(int blocks, params string[] arguments) => Leads.Under(LimitedTo(blocks), arguments);

    /// <summary>The program before the program that limits it.</summary>
    public static string[] LimitedTo(int blocks) =>
        [
            "sh",
            "-c",
            string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""),
            "sh",
        ];

    /// <summary>All files together may grow by so much.</summary>
    public static Said Disk(SampleHome home, int freeKilobytes, params string[] arguments)
    {
        if (!CanMount.Value)
            return Limit(Math.Max(80, 2 * freeKilobytes), arguments);
        var free = freeKilobytes.ToString(CultureInfo.InvariantCulture);
        var said = Leads.Under([.. Apart, "sh", "-c", Mount, home.Path, free], arguments);
        Directory.Delete($"{home.Path}.under");
        return said;
    }

    /// <summary>One line that says what to do, and the exit code of what an operator can mend.</summary>
    public static void AssertTold(Said said)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2), said.Error);
            Assert.That(said.Error.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1), said.Error);
            Assert.That(
                said.Error,
                Does.Contain("the disk is full").And.Contain("expected room").And.Contain("make room")
            );
        }
    }
}
