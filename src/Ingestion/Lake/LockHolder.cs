using System.Globalization;
using System.Text.Json;

namespace LeadScoring.Ingestion;

/// <summary>The process that writes a lake.</summary>
/// <param name="Process">Its id on <paramref name="Machine"/>.</param>
/// <param name="Since">When it took the lock (UTC).</param>
public sealed record LockHolder(int Process, string Machine, DateTime Since)
{
    /// <summary>Who holds a lake's lock, or null when nobody does or the holder has not said yet.</summary>
    /// <remarks>A killed process leaves its name behind, so ask only while the lock is known to be held.</remarks>
    internal static LockHolder? Read(LakeLayout layout)
    {
        try
        {
            var holder = JsonSerializer.Deserialize<LockHolder>(File.ReadAllBytes(layout.LockHolderFile));
            return holder is { Machine: not null } && holder.MayBeAlive() ? holder : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    internal static void Write(LakeLayout layout, TimeProvider time)
    {
        var holder = new LockHolder(Environment.ProcessId, Environment.MachineName, time.GetUtcNow().UtcDateTime);
        AtomicFile.Write(layout.LockHolderFile, JsonSerializer.SerializeToUtf8Bytes(holder));
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"process {Process} on {Machine}, since {Since:yyyy-MM-dd HH:mm:ss}Z"
        );

    /// <summary>False when it is certain that the name was left behind by a process that is gone.</summary>
    bool MayBeAlive()
    {
        if (!string.Equals(Machine, Environment.MachineName, StringComparison.Ordinal))
            return true;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Process);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
