using LeadScoring.Funnel.Policies;

namespace LeadScoring.Worker.Steps;

/// <summary>
/// Keeps a copy of the policy files that a run of the funnel used, below <c>policies/in-force</c>, so that a later change
/// can be held against them.
/// </summary>
public static class KeepPolicies
{
    /// <summary>Copies the files as they stand; call it after the run that used them is committed.</summary>
    public static void Run(Home home)
    {
        if (!Directory.Exists(home.Policies))
            return;
        FolderSwap.Replace(
            InForce(home),
            folder =>
            {
                foreach (var file in ReadPolicies.Files(home.Policies))
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        );
    }

    /// <summary>
    /// The policies of the last run, null when they are not known: nothing was kept, or what was kept is not what the
    /// store remembers (it was made by another release, or files changed while the run went on).
    /// </summary>
    /// <param name="hash">Of the policies of that run, from the store's watermark.</param>
    public static PolicySet? Read(Home home, string hash)
    {
        if (hash.Equals(PolicySet.BuiltIn.Hash, StringComparison.Ordinal))
            return PolicySet.BuiltIn;
        FolderSwap.Settle(InForce(home));
        if (!Directory.Exists(InForce(home)))
            return null;
        var kept = ReadPolicies.Run(InForce(home));
        return kept.Hash.Equals(hash, StringComparison.Ordinal) ? kept : null;
    }

    static string InForce(Home home) => Path.Combine(home.Policies, "in-force");
}
