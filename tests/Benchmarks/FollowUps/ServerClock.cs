using System.Globalization;
using Npgsql;

namespace LeadScoring.Benchmarks.FollowUps;

/// <summary>CPU seconds that a PostgreSQL on this machine has spent, all its processes together (Linux).</summary>
static class ServerClock
{
    /// <summary>Ticks of the kernel's clock a second, as Linux tells them to programs.</summary>
    const double Ticks = 100;

    /// <summary>The process that all others of the server descend from.</summary>
    internal static int Root(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        return int.Parse(Fields((int)command.ExecuteScalar()!)![1], CultureInfo.InvariantCulture);
    }

    /// <summary>What the server has used so far: its root, those that have ended and been waited for, and those that run.</summary>
    internal static double Cpu(int root)
    {
        var ticks = Sum(Fields(root)!, 11, 4);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && Fields(process) is { } fields
                && int.Parse(fields[1], CultureInfo.InvariantCulture) == root
            )
                ticks += Sum(fields, 11, 2);
        }
        return ticks / Ticks;
    }

    static long Sum(string[] fields, int from, int count) =>
        fields.Skip(from).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));

    /// <summary>The fields of a process's stat behind its name: state, parent, …; null when it is gone.</summary>
    static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
