using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace LeadScoring.Worker.Store;

/// <summary>What differs between the two databases that a store may lie in: how to connect, to lock and to tell a fault.</summary>
/// <remarks>SQL is shared; a file of the same name in the dialect's folder takes its place.</remarks>
abstract class StoreDialect
{
    /// <summary>The name in a home's settings and in the environment: <c>ConnectionStrings__Leads</c>.</summary>
    const string ConnectionName = "Leads";

    /// <summary>The file in a home that says where the store lies and how <c>leads serve</c> works.</summary>
    public const string SettingsFile = "serve.json";

    /// <summary>The folder of its migrations and of the statements it words differently.</summary>
    public abstract string Name { get; }

    /// <summary>What an operator calls the store: a path, or host and database, never a password.</summary>
    public abstract string Where { get; }

    /// <summary>An open connection with its settings made.</summary>
    public abstract DbConnection Connect();

    /// <summary>A transaction that no other writer of the store overlaps.</summary>
    public abstract DbTransaction BeginWriting(DbConnection connection);

    /// <summary>A transaction that decides on one message; what it counts against is locked as it goes.</summary>
    public virtual DbTransaction BeginSending(DbConnection connection) => BeginWriting(connection);

    /// <summary>Keeps others from counting against the same household and the same week of a municipality.</summary>
    /// <param name="week">Municipality and kind.</param>
    public virtual void LockLimits(
        DbConnection connection,
        DbTransaction transaction,
        string? household,
        string week
    ) { }

    /// <summary>What an operator can mend, in an operator's words; null for anything else, which is a bug.</summary>
    public abstract string? Explain(DbException fault);

    /// <summary>Removes what was deleted from where it may still be read.</summary>
    public virtual void Forget(DbConnection connection) { }

    public string Sql(string name) => StoreSql.Of(Name, name);

    /// <summary>PostgreSQL when a connection is configured, by environment or in the home's file; else the home's own SQLite file.</summary>
    public static StoreDialect Of(string home, int patienceSeconds) =>
        Configuration(home).GetConnectionString(ConnectionName) is { Length: > 0 } connection
            ? new PostgresDialect(connection, patienceSeconds)
            : new SqliteDialect(home, patienceSeconds);

    /// <summary>The home's settings file, overruled by the environment.</summary>
    /// <exception cref="WorkerException">The file is no JSON.</exception>
    public static IConfigurationRoot Configuration(string home)
    {
        var path = Path.Combine(Path.GetFullPath(home), SettingsFile);
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: true).AddEnvironmentVariables().Build();
        }
        catch (InvalidDataException fault)
        {
            throw new WorkerException(
                WorkerException.Told(path, "the file cannot be read as JSON", "one JSON object", "mend or remove it"),
                fault
            );
        }
    }

    /// <summary>Runs the work; a fault that an operator can mend becomes a <see cref="WorkerException"/>.</summary>
    public T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DbException fault)
        {
            if (Explain(fault) is not { } told)
                throw;
            throw new WorkerException(told, fault);
        }
    }
}
