using System.Text.Json;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Policies;

/// <summary>Policy files: <c>default.json</c> is shared, every other one is a municipality's own.</summary>
public static class PolicyFile
{
    const string DefaultName = "default.json";

    /// <summary>
    /// Policies from files. A municipality's file overrides what it names, over the home's <c>default.json</c>, over the
    /// built-in default; a list (of a stage's steps, of languages) is replaced whole.
    /// </summary>
    /// <param name="files">File name (for errors) and text, in any order; empty gives the built-in default for all.</param>
    /// <exception cref="FunnelException">All faults of all files.</exception>
    public static PolicySet Load(IReadOnlyList<(string File, string Text)> files)
    {
        List<PolicyFault> faults = [];
        var shared = PolicyReader.Read(
            $"built-in {DefaultName}",
            JsonPart.Parse(EmbeddedText.Of(DefaultName)),
            null,
            true,
            faults
        );
        var ordered = files.OrderBy(f => f.File, StringComparer.Ordinal).ToList();
        foreach (var (file, text) in ordered.Where(IsDefault))
            if (Parse(file, text, faults) is { } root)
                shared = PolicyReader.Read(file, root, shared, true, faults);

        Dictionary<int, (Policy Policy, string File)> own = [];
        foreach (var (file, text) in ordered.Where(f => !IsDefault(f)))
        {
            if (Parse(file, text, faults) is not { } root)
                continue;
            var policy = PolicyReader.Read(file, root, shared, false, faults);
            if (policy.Municipality == 0 || own.TryAdd(policy.Municipality, (policy, file)))
                continue;
            var at = root.Members.First(m => m.Name.Equals("municipality", StringComparison.Ordinal)).Part;
            var name = Municipality.Find(policy.Municipality)!.Name;
            faults.Add(
                new(
                    file,
                    at.Line,
                    at.Path,
                    $"found {policy.Municipality} {name}, which {own[policy.Municipality].File} is about already, "
                        + "expected one file a municipality; merge the two"
                )
            );
        }
        return faults.Count == 0 ? new(shared, own.Values.Select(o => o.Policy)) : throw new FunnelException(faults);
    }

    static bool IsDefault((string File, string Text) file) =>
        Path.GetFileName(file.File).Equals(DefaultName, StringComparison.OrdinalIgnoreCase);

    static JsonPart? Parse(string file, string text, List<PolicyFault> faults)
    {
        try
        {
            return JsonPart.Parse(text);
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            faults.Add(new(file, line, e.Path ?? "$", $"found no valid JSON ({e.Message}); correct it"));
            return null;
        }
    }
}
