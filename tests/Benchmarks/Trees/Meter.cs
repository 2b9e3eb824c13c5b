using System.Diagnostics;
using System.Globalization;

namespace LeadScoring.Benchmarks.Trees;

/// <summary>CPU seconds (user and system, all threads) and wall seconds of a stretch of work.</summary>
readonly record struct Spent(double Cpu, double Wall)
{
    public static Spent operator -(Spent later, Spent earlier) =>
        new(later.Cpu - earlier.Cpu, later.Wall - earlier.Wall);
}

/// <summary>Reads what the process has spent so far, and its peak memory.</summary>
static class Meter
{
    static readonly long Begin = Stopwatch.GetTimestamp();

    public static Spent Now =>
        new(Environment.CpuUsage.TotalTime.TotalSeconds, Stopwatch.GetElapsedTime(Begin).TotalSeconds);

    /// <summary>Forgets the peak so far: the kernel sets VmHWM back to what is resident now.</summary>
    /// <param name="collect">Lets go of what is not needed any more before.</param>
    public static void ForgetPeak(bool collect = true)
    {
        if (collect)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>Most memory that was resident at once since <see cref="ForgetPeak"/>, in MB of 2^20 bytes.</summary>
    public static double PeakMegabytes()
    {
        if (!OperatingSystem.IsLinux())
            return Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
        var line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
