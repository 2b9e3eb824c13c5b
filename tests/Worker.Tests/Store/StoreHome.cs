using System.Data.Common;
using System.Text.Json;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>Where a test's store lies. Every test of the store runs on both.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>An empty home whose store is of one kind; on PostgreSQL its <c>serve.json</c> names a schema of its own.</summary>
sealed class StoreHome : IDisposable
{
    readonly TemporaryHome _home = new();

    public StoreHome(StoreKind kind)
    {
        if (kind is StoreKind.Postgres)
            System.IO.File.WriteAllText(
                _home.File("serve.json"),
                JsonSerializer.Serialize(new { ConnectionStrings = new { Leads = PostgresServer.NewSchema() } })
            );
    }

    public string Path => _home.Path;

    public string File(params string[] parts) => _home.File(parts);

    /// <summary>The first value of a statement on a connection of its own.</summary>
    public object? Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public DbConnection Connect() => StoreDialect.Of(Path, patienceSeconds: 30).Connect();

    public void Dispose() => _home.Dispose();
}
