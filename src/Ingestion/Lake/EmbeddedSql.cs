using System.Reflection;

namespace LeadScoring.Ingestion;

/// <summary>The SQL that stands in <c>.sql</c> files beside the C#, embedded by the build.</summary>
public static class EmbeddedSql
{
    /// <summary>The text of a file of this assembly.</summary>
    /// <param name="path">Folder and file with dots between, for example <c>Lake.empty_tables.sql</c>.</param>
    public static string Read(string path) => Read(typeof(EmbeddedSql).Assembly, "LeadScoring.Ingestion", path);

    /// <summary>The text of a file of another assembly.</summary>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(Assembly assembly, string rootNamespace, string path)
    {
        using var stream =
            assembly.GetManifestResourceStream($"{rootNamespace}.{path}")
            ?? throw new InvalidOperationException($"{path} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
