namespace LeadScoring.Worker.Store;

/// <summary>The store's statements, by the name of their embedded file in <c>Store/Sql</c>, and its migrations.</summary>
static class StoreSql
{
    public static string Of(string name) => WorkerSql.Of($"Store.Sql.{name}");

    /// <summary>The migrations of one dialect (a folder under <c>Store/Migrations</c>) in the order of their numbers.</summary>
    public static IReadOnlyList<Migration> Migrations(string dialect) =>
        [.. WorkerSql.InFolder($"Store.Migrations.{dialect}").Select(f => Migration.Of(f.Name, f.Text))];
}
