using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LeadScoring.Worker.Store;

/// <summary>A store in the home's own file, for one process that writes and others that read.</summary>
sealed class SqliteDialect(string home, int patienceSeconds) : StoreDialect
{
    public override string Name => "sqlite";

    public override string Where { get; } = Path.Combine(home, LeadStore.FileName);

    public override DbConnection Connect()
    {
        Directory.CreateDirectory(home);
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = Where,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = patienceSeconds,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute(Sql("open"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>BEGIN IMMEDIATE: a second writer waits here, before it has read anything.</summary>
    public override DbTransaction BeginWriting(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);

    /// <summary>What was deleted may still stand in the write-ahead log.</summary>
    public override void Forget(DbConnection connection) => connection.Execute(Sql("truncate_log"));

    public override string? Explain(DbException fault) =>
        fault is SqliteException known ? StoreFaults.Explain(Where, known) : null;
}
