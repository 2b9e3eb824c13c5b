using System.Collections.Concurrent;

namespace LeadScoring.Worker;

/// <summary>The SQL embedded beside the C# of this project.</summary>
static class WorkerSql
{
    static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The text of one file, by its path with dots between: <c>Scores.read_scores</c>.</summary>
    public static string Of(string name) => Texts.GetOrAdd(name, n => Read($"{Prefix}{n}.sql"));

    /// <summary>The same, null when there is no such file.</summary>
    public static string? Find(string name) =>
        Texts.ContainsKey(name) || typeof(WorkerSql).Assembly.GetManifestResourceInfo($"{Prefix}{name}.sql") is not null
            ? Of(name)
            : null;

    /// <summary>Name (without <c>.sql</c>) and text of the files of one folder, in the order of their names.</summary>
    public static IEnumerable<(string Name, string Text)> InFolder(string folder)
    {
        var prefix = $"{Prefix}{folder}.";
        return typeof(WorkerSql)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => (n[prefix.Length..^".sql".Length], Read(n)));
    }

    const string Prefix = "LeadScoring.Worker.";

    static string Read(string resource)
    {
        using var stream =
            typeof(WorkerSql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"no embedded file {resource}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
