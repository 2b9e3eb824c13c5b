namespace LeadScoring.Ingestion;

/// <summary>Finds what lies in a lake's folder without being named in its manifest.</summary>
static class Strays
{
    const string Removed = "The next leads ingest removes it.";

    public static IEnumerable<LakeFinding> Find(LakeLayout layout, Manifest manifest)
    {
        if (!Directory.Exists(layout.Lake))
            yield break;
        var named = LeftOvers.Named(layout, manifest);
        var files = Directory
            .EnumerateFiles(layout.Lake, "*", SearchOption.AllDirectories)
            .Where(file => !named.Contains(file));
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(layout.Lake, path).Replace(Path.DirectorySeparatorChar, '/');
            if (Judge(relative) is { } finding)
                yield return finding;
        }
    }

    static LakeFinding? Judge(string relative) =>
        relative switch
        {
            "manifest.json" or "inbox.cache" or ".lock" => null,
            "manifest.json.tmp" or "inbox.cache.tmp" or ".holder.lock" or ".holder.lock.tmp" => LeftOver(relative),
            _ when relative.StartsWith("tmp/", StringComparison.Ordinal) => LeftOver(relative),
            _ when LeftOvers.Folders.Contains(relative.Split('/')[0], StringComparer.Ordinal) => new(
                relative,
                LakeFault.Orphan,
                $"{relative} is named in no manifest: an ingest that was broken off left it behind. {Removed}"
            ),
            _ => new(
                relative,
                LakeFault.Orphan,
                $"{relative} is no part of a lake. Move it elsewhere if somebody needs it, else remove it."
            ),
        };

    static LakeFinding LeftOver(string relative) =>
        new(relative, LakeFault.LeftOver, $"{relative} was left behind by an ingest that was broken off. {Removed}");
}
