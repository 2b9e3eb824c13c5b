using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>A PostgreSQL of the machine's own, in a temporary folder on a free loopback port, one for all tests of an assembly.</summary>
sealed class PostgresServer : IDisposable
{
    static readonly Lazy<PostgresServer> Shared = new(() => new PostgresServer());

    /// <summary>Unprivileged: the server refuses to run as root.</summary>
    const int Nobody = 65534;

    readonly string _folder = Directory.CreateTempSubdirectory("leads-postgres-").FullName;
    readonly string _bin = FindBinaries();
    readonly int _port = FreePort();
    int _schemas;

    PostgresServer()
    {
        if (Environment.IsPrivilegedProcess)
            Run("chown", $"{Nobody}:{Nobody}", _folder);
        AsServer("initdb", "-D", Path.Combine(_folder, "db"), "-U", "leads", "-A", "trust", "-E", "UTF8", "--no-sync");
        Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>A connection to an empty schema that nothing else uses.</summary>
    public static string NewSchema() => Shared.Value.MakeSchema();

    /// <summary>Ends the server as a crash would, and starts it again.</summary>
    public static void Crash() => Away(static () => { });

    /// <summary>Ends the server as a crash would, and starts it again after the work.</summary>
    public static void Away(Action work)
    {
        Shared.Value.Control("stop", "-m", "immediate");
        try
        {
            work();
        }
        finally
        {
            Shared.Value.Start();
        }
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Control("stop", "-m", "immediate");
        Directory.Delete(_folder, recursive: true);
    }

    void Start() =>
        Control(
            "start",
            "-l",
            Path.Combine(_folder, "log"),
            "-o",
            string.Create(
                CultureInfo.InvariantCulture,
                $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=60"
            )
        );

    void Control(string verb, params string[] more) =>
        AsServer("pg_ctl", ["-D", Path.Combine(_folder, "db"), "-w", "-t", "60", verb, .. more]);

    string MakeSchema()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _schemas)}");
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = "leads",
            Database = "postgres",
            SearchPath = name,
            Pooling = false,
        };
        using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"create schema {name}";
        command.ExecuteNonQuery();
        return settings.ConnectionString;
    }

    void AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        if (Environment.IsPrivilegedProcess)
            Run("setpriv", [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", path, .. arguments]);
        else
            Run(path, arguments);
    }

    /// <summary>Output goes to a file: a server that inherits a pipe would keep its reader waiting.</summary>
    static void Run(string program, params string[] arguments)
    {
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, program, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var said = File.ReadAllText(log);
        File.Delete(log);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {said}");
    }

    static string FindBinaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d =>
                    double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0
                )
                .Select(d => Path.Combine(d, "bin"))
            : [];
        string?[] folders =
        [
            Environment.GetEnvironmentVariable("PG_BIN"),
            .. debian,
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return folders.FirstOrDefault(f => f is not null && File.Exists(Path.Combine(f, "initdb")))
            ?? throw new InvalidOperationException(
                "no initdb in PG_BIN, /usr/lib/postgresql/*/bin or PATH; install postgresql (apt-get install postgresql)"
            );
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
