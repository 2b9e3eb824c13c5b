using System.Diagnostics;
using System.Text.Json;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Ingestion;

namespace LeadScoring.Benchmarks.Traces;

/// <summary>What one part of a benchmark took, in a process of its own.</summary>
/// <param name="PeakMiB">Most memory that was resident at once.</param>
sealed record Part(
    double Cpu,
    double Wall,
    double PeakMiB,
    IReadOnlyDictionary<string, double> CpuByStep,
    IReadOnlyDictionary<string, double> PeakMiBByStep
)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs this program again for one part of a benchmark.</summary>
    internal static Part Run(string benchmark, string part, string home)
    {
        var program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) is "dotnet" ? [typeof(Part).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. own, benchmark, "--part", part, "--home", home])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Part>(answer, Json)!
            : throw new InvalidOperationException($"The part {part} ended with {process.ExitCode}: {answer}");
    }
}

/// <summary>CPU seconds and peak memory of each step, by what the step calls itself.</summary>
sealed class Steps : IProgress<IngestProgress>
{
    readonly Dictionary<string, double> _cpu = new(StringComparer.Ordinal);
    readonly Dictionary<string, double> _peaks = new(StringComparer.Ordinal);
    string _step = "start";
    double _since = Meter.Now.Cpu;

    public void Report(IngestProgress value)
    {
        lock (_cpu)
            Begin(value.Step);
    }

    public void Begin(string step)
    {
        if (string.Equals(step, _step, StringComparison.Ordinal))
            return;
        End();
        _step = step;
    }

    public void End()
    {
        var now = Meter.Now.Cpu;
        _cpu[_step] = Math.Round(_cpu.GetValueOrDefault(_step) + now - _since, 2);
        _peaks[_step] = Math.Max(_peaks.GetValueOrDefault(_step), Math.Round(Meter.PeakMegabytes()));
        Meter.ForgetPeak(collect: false);
        _since = now;
    }

    /// <summary>Prints the figures since an earlier moment for the process that waits for them.</summary>
    public void Print(Spent begin)
    {
        End();
        var used = Meter.Now - begin;
        var part = new Part(Math.Round(used.Cpu, 2), Math.Round(used.Wall, 2), _peaks.Values.Max(), _cpu, _peaks);
        Console.WriteLine(JsonSerializer.Serialize(part, Part.Json));
    }
}
