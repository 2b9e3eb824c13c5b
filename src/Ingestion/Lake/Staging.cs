using System.Globalization;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Ingestion;

/// <summary>The database in which an ingest gathers and sorts what is new; its folder goes away with it.</summary>
/// <remarks>It lives in memory up to the limit of the options, and beyond that in files of the folder.</remarks>
sealed class Staging : IDisposable
{
    readonly Database _database;

    Staging(string folder, Database database, Connection connection, Suppressions suppressions, IngestOptions options)
    {
        Suppressions = suppressions;
        (Folder, _database, Connection) = (folder, database, connection);
        Traces = new StagedTraces(connection);
        (SliceRows, GroupBytes) = (options.SliceRows, options.GroupBytes);
    }

    /// <inheritdoc cref="IngestOptions"/>
    public int SliceRows { get; }

    /// <inheritdoc cref="IngestOptions"/>
    public long GroupBytes { get; }

    /// <summary>Whom the home has erased.</summary>
    public Suppressions Suppressions { get; }

    /// <summary>Where unpacked and half-written files may lie.</summary>
    public string Folder { get; }

    public Connection Connection { get; }

    /// <summary>The traces of all sources.</summary>
    public StagedTraces Traces { get; }

    public static Staging Open(LakeLayout layout, string salt, IngestOptions options)
    {
        var folder = Path.Combine(layout.Lake, "tmp");
        Directory.CreateDirectory(folder);
        var database = Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // One thread writes the same bytes every time; buckets are written by several connections at once.
                ["threads"] = "1",
                ["memory_limit"] = options.MemoryLimitMiB.ToString(CultureInfo.InvariantCulture) + "MiB",
                ["temp_directory"] = Path.Combine(folder, "spill"),
            }
        );
        var connection = database.Connect();
        var staging = new Staging(folder, database, connection, Suppressions.Read(layout), options);
        Prepare(connection);
        connection.Execute("salt", "set variable salt = $1", salt);
        connection.Execute("addresses", "set variable keeps_addresses = $1", options.Addresses is not null);
        connection.Execute("municipalities", "create table municipalities (code usmallint, name varchar)");
        using (var municipalities = connection.Appender("municipalities"))
        {
            foreach (var municipality in Municipality.All)
                municipalities.Append(municipality.Code).Append(municipality.Name).EndRow();
        }
        connection.Execute("Vocabulary.sql", EmbeddedSql.Read("Lake.Vocabulary.sql"));
        connection.Execute("Staging.sql", EmbeddedSql.Read("Lake.Staging.sql"));
        Erased.Load(connection, staging.Suppressions);
        return staging;
    }

    /// <summary>Numbers sources by their place.</summary>
    public void Number(IEnumerable<string> names)
    {
        using var sources = Connection.Appender("numbered_sources");
        foreach (var (number, name) in names.Index())
            sources.Append(number).Append(name).EndRow();
    }

    /// <summary>A further connection, for another thread.</summary>
    public Connection Connect()
    {
        var connection = _database.Connect();
        Prepare(connection);
        return connection;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    static void Prepare(Connection connection) => connection.Execute("time zone", "set TimeZone = 'UTC'");
}
