using System.Data.Common;
using Dapper;

namespace LeadScoring.Worker.Store;

/// <summary>Brings a store's schema up to this release, once, whoever opens it first.</summary>
static class Migrator
{
    /// <summary>Applies what is missing in one transaction under the write lock; a store that is up to date is only read.</summary>
    /// <exception cref="WorkerException">The store was made by a newer release, or an applied migration reads otherwise now.</exception>
    public static void Apply(DbConnection connection, IReadOnlyList<Migration> migrations, StoreDialect dialect)
    {
        connection.Execute(dialect.Sql("create_schema_migrations"));
        if (Missing(connection, migrations, dialect, transaction: null).Count == 0)
            return;

        // A second opener waits here, and then finds nothing missing.
        using var transaction = dialect.BeginWriting(connection);
        foreach (var migration in Missing(connection, migrations, dialect, transaction))
        {
            connection.Execute(migration.Text, transaction: transaction);
            connection.Execute(
                dialect.Sql("put_migration"),
                new
                {
                    number = migration.Number,
                    name = migration.Name,
                    checksum = migration.Checksum,
                },
                transaction
            );
        }
        transaction.Commit();
    }

    static List<Migration> Missing(
        DbConnection connection,
        IReadOnlyList<Migration> migrations,
        StoreDialect dialect,
        DbTransaction? transaction
    )
    {
        var applied = connection
            .Query<AppliedMigration>(dialect.Sql("migrations"), transaction: transaction)
            .ToDictionary(m => m.Number);
        if (applied.Values.FirstOrDefault(a => migrations.All(m => m.Number != a.Number)) is { } unknown)
            throw WorkerException.Of(
                dialect.Where,
                $"found the schema step {unknown.Name} of a newer release",
                $"at most {migrations[^1].Name}",
                "use the release that made the store, or a later one"
            );

        foreach (var migration in migrations)
            if (
                applied.TryGetValue(migration.Number, out var was)
                && !string.Equals(was.Checksum, migration.Checksum, StringComparison.Ordinal)
            )
                throw WorkerException.Of(
                    dialect.Where,
                    $"the schema step {was.Name} was applied with checksum {was.Checksum[..12]}",
                    $"{migration.Name} with {migration.Checksum[..12]}",
                    "use the release that made the store; released migrations are not edited, a new one follows them"
                );

        return [.. migrations.Where(m => !applied.ContainsKey(m.Number))];
    }

    sealed class AppliedMigration
    {
        public int Number { get; init; }
        public string Name { get; init; } = "";
        public string Checksum { get; init; } = "";
    }
}
