namespace LeadScoring.Worker.Store;

/// <summary>The store's statements, by the name of their embedded file in <c>Store/Sql</c>, and its migrations.</summary>
static class StoreSql
{
    /// <summary>The dialect's own file where it has one, else the shared one.</summary>
    public static string Of(string dialect, string name) =>
        WorkerSql.Find($"Store.Sql.{dialect}.{name}") ?? WorkerSql.Of($"Store.Sql.{name}");

    /// <summary>The migrations of one dialect (a folder under <c>Store/Migrations</c>) in the order of their numbers.</summary>
    public static IReadOnlyList<Migration> Migrations(string dialect) =>
        [.. WorkerSql.InFolder($"Store.Migrations.{dialect}").Select(f => Migration.Of(f.Name, f.Text))];
}
