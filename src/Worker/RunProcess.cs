using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LeadScoring.Worker;

/// <summary>The name of a process in the runs table, by which the machine it ran on can tell whether it still lives.</summary>
static class RunProcess
{
    /// <summary>When a process began is told by the clock of when it is asked, which may have been set meanwhile.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Of this process: machine, number and start (UTC), <c>host:4711:20260501T003000Z</c>.</summary>
    public static string Name()
    {
        using var own = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.MachineName}:{own.Id}:{own.StartTime.ToUniversalTime():yyyyMMdd'T'HHmmss'Z'}"
        );
    }

    /// <summary>Whether a process is known to have ended; one of another machine, or without such a name, is not.</summary>
    public static bool IsGone(string? name)
    {
        if (
            name?.Split(':') is not [var machine, var number, var begun]
            || !string.Equals(machine, Environment.MachineName, StringComparison.Ordinal)
            || !int.TryParse(number, CultureInfo.InvariantCulture, out var id)
            || !DateTime.TryParseExact(
                begun,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var start
            )
        )
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return (process.StartTime.ToUniversalTime() - start).Duration() > Slack;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            return true; // no such process, or it ended just now
        }
        catch (Win32Exception)
        {
            return false; // another account's, of which nothing is told
        }
    }
}
