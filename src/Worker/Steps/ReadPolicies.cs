using LeadScoring.Funnel.Policies;

namespace LeadScoring.Worker.Steps;

/// <summary>Reads a home's policies; a home without any has the built-in ones.</summary>
public static class ReadPolicies
{
    /// <exception cref="Funnel.FunnelException">All faults of all files.</exception>
    public static PolicySet Run(Home home) => Run(home.Policies);

    /// <summary>The files of a folder of policies, in the order of their names.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];

    internal static PolicySet Run(string folder)
    {
        var files = Files(folder);
        return files.Count == 0
            ? PolicySet.BuiltIn
            : PolicyFile.Load([.. files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)))]);
    }
}
