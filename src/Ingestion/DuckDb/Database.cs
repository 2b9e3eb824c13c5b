namespace LeadScoring.Ingestion.DuckDb;

/// <summary>An open DuckDB database: in memory or one file.</summary>
/// <remarks>One connection a thread; the database itself may be shared by threads.</remarks>
public sealed class Database : IDisposable
{
    readonly DatabaseHandle _handle;

    Database(DatabaseHandle handle) => _handle = handle;

    /// <summary>The engine's version, for example <c>v1.5.5</c>.</summary>
    public static string Version => NativeMethods.Text(NativeMethods.duckdb_library_version());

    /// <summary>Opens a database.</summary>
    /// <param name="path">A file, or <c>:memory:</c>.</param>
    /// <param name="settings">DuckDB settings by name, for example <c>threads</c>, <c>memory_limit</c>,
    /// <c>temp_directory</c>. Extensions are never fetched or loaded unless a setting says otherwise.</param>
    /// <exception cref="DuckDbException">An unknown setting, or a file that is no database or is locked.</exception>
    public static Database Open(string path = ":memory:", IReadOnlyDictionary<string, string>? settings = null)
    {
        if (NativeMethods.duckdb_create_config(out var config) != NativeMethods.Success)
            throw new DuckDbException("open", "no configuration could be made");
        try
        {
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
                Set(config, name, value);
            if (NativeMethods.duckdb_open_ext(path, out var database, config, out var error) == NativeMethods.Success)
                return new Database(new DatabaseHandle(database));
            throw new DuckDbException($"open {Path.GetFileName(path)}", NativeMethods.TakeText(error));
        }
        finally
        {
            NativeMethods.duckdb_destroy_config(ref config);
        }
    }

    /// <summary>A new connection; dispose it before the database.</summary>
    public Connection Connect()
    {
        if (NativeMethods.duckdb_connect(_handle, out var connection) != NativeMethods.Success)
            throw new DuckDbException("connect", "the database gave no connection");
        return new Connection(new ConnectionHandle(connection));
    }

    public void Dispose() => _handle.Dispose();

    static void Set(nint config, string name, string value)
    {
        if (NativeMethods.duckdb_set_config(config, name, value) != NativeMethods.Success)
            throw new DuckDbException("open", $"setting {name} = {value} is not one DuckDB takes");
    }
}
