using LeadScoring.Funnel.Policies;

namespace LeadScoring.Worker.Steps;

/// <summary>Reads a home's policies; a home without any has the built-in ones.</summary>
public static class ReadPolicies
{
    /// <exception cref="Funnel.FunnelException">All faults of all files.</exception>
    public static PolicySet Run(Home home) =>
        !Directory.Exists(home.Policies)
            ? PolicySet.BuiltIn
            : PolicyFile.Load([
                .. Directory
                    .EnumerateFiles(home.Policies, "*.json")
                    .Order(StringComparer.Ordinal)
                    .Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
            ]);
}
