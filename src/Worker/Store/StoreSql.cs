using System.Collections.Concurrent;

namespace LeadScoring.Worker.Store;

/// <summary>The store's statements, by the name of their embedded file in <c>Store/Sql</c>.</summary>
static class StoreSql
{
    static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    public static string Of(string name) =>
        Texts.GetOrAdd(name, n => Read($"{typeof(StoreSql).Namespace}.Sql.{n}.sql"));

    /// <summary>The migrations of one dialect (a folder under <c>Store/Migrations</c>) in the order of their numbers.</summary>
    public static IReadOnlyList<Migration> Migrations(string dialect)
    {
        var prefix = $"{typeof(StoreSql).Namespace}.Migrations.{dialect}.";
        return
        [
            .. typeof(StoreSql)
                .Assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => Migration.Of(n[prefix.Length..^".sql".Length], Read(n))),
        ];
    }

    static string Read(string resource)
    {
        using var stream =
            typeof(StoreSql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"no embedded file {resource}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
