using System.Collections.Concurrent;

namespace LeadScoring.Ingestion;

/// <summary>The SQL that stands in <c>.sql</c> files beside the C#, embedded by the build.</summary>
static class EmbeddedSql
{
    static readonly ConcurrentDictionary<string, string> _read = new(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    /// <param name="path">Folder and file with dots between, for example <c>Lake.empty_tables.sql</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(string path) => _read.GetOrAdd(path, ReadOnce);

    static string ReadOnce(string path)
    {
        using var stream =
            typeof(EmbeddedSql).Assembly.GetManifestResourceStream($"LeadScoring.Ingestion.{path}")
            ?? throw new InvalidOperationException($"{path} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The part of a file that stands behind a line <c>-- statement: name</c>, up to the next such line.</summary>
    /// <exception cref="InvalidOperationException">There is no such file, or not one such part in it.</exception>
    public static string Part(string path, string name) =>
        Read(path).Split("-- statement: ").Single(part => part.StartsWith($"{name}\n", StringComparison.Ordinal))[
            (name.Length + 1)..
        ];
}
