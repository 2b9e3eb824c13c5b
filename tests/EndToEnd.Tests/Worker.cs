using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A <c>leads serve</c> in a process of its own.</summary>
sealed partial class Worker : IDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _lines = new();

    /// <param name="before">Another program, which takes rights or room from it.</param>
    public Worker(string home, params string[] before)
    {
        _process = Leads.Start(before, ["serve", "--home", home]);
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All it has said so far.</summary>
    public string Said => string.Join('\n', _lines);

    public bool HasEnded => _process.HasExited;

    /// <summary>Waits so long at most; whether it has ended by itself.</summary>
    public bool HasEndedWithin(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Where its health endpoints listen, null until it says so.</summary>
    public Uri? Address =>
        _lines.Select(line => Listening().Match(line)).FirstOrDefault(match => match.Success) is { } told
            ? new Uri(told.Groups["at"].Value)
            : null;

    /// <summary>Whether a unit is in the hands of this process.</summary>
    public bool Is(string? worker) =>
        worker is not null
        && string.Equals(
            worker.Split(':')[1],
            _process.Id.ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to end, as an init system would, and says with which code it did.</summary>
    public int Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"listening on: (?<at>http://[\d.:]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
